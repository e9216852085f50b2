import type { Request } from '../conformance/build-request.ts';
import { send } from '../conformance/send.ts';
import type { Dice } from './dice.ts';
import { speak } from './socket.ts';
import type { Spoken } from './socket.ts';

/** What came of one attempt: the statuses of its answers, and why it must not have come to that. */
export interface Outcome {
  readonly statuses: readonly number[];
  readonly failure?: string;
}

export interface Target {
  readonly port: number;
  readonly dice: Dice;
  /** A valid request of some operation of the documents. */
  readonly valid: () => Request;
  /** A valid request that carries JSON. */
  readonly validJson: () => Request;
}

/** One way of being a nuisance. */
export interface Kind {
  readonly name: string;
  /** How often, beside the others. */
  readonly weight: number;
  readonly run: (target: Target) => Promise<Outcome>;
}

const HANG_MS = 15_000;
const SESSIONS = 100;

/** No mock may answer 5xx to what was not asked to be one. */
export const noFault = (status: number): boolean => status < 500;
export const only =
  (...allowed: readonly number[]) =>
  (status: number): boolean =>
    allowed.includes(status);

/** Sends an HTTP request and holds the status to what may come of it. */
export async function ask({ port }: Target, request: Request, may: (status: number) => boolean = noFault): Promise<Outcome> {
  const sent = await send(port, request, HANG_MS);
  const what = `${request.method} ${request.path.slice(0, 120)}`;
  if (sent.kind !== 'answer') return { statuses: [], failure: `${what}: ${sent.reason}` };
  const { status, body } = sent.answer;
  return may(status)
    ? { statuses: [status] }
    : { statuses: [status], failure: `${what}: ${status} ${body.toString().replace(/\s+/g, ' ').slice(0, 300)}` };
}

/** Writes bytes; each answer to them, if there is any, is one that may be. */
export async function write(
  { port }: Target,
  spoken: Omit<Spoken, 'port' | 'limitMs'>,
  may: (status: number) => boolean,
): Promise<Outcome> {
  const { statuses, done } = await speak({ ...spoken, port, limitMs: HANG_MS });
  const told = String(spoken.pieces[0]).slice(0, 80);
  if (!done) return { statuses, failure: `neither answered nor closed: ${told}` };
  const wrong = statuses.find((status) => !may(status));
  return wrong === undefined ? { statuses } : { statuses, failure: `${wrong}: ${told}` };
}

export function inSession(request: Request, { dice }: Target): Request {
  return { ...request, headers: { ...request.headers, 'x-hufu-session': `soak-${dice.below(SESSIONS)}` } };
}

export function withBody(target: Target, body: Buffer | string, headers: Readonly<Record<string, string>> = {}): Request {
  const request = inSession(target.validJson(), target);
  return { ...request, headers: { ...request.headers, ...headers }, body: Buffer.from(body) };
}

export function withQuery(request: Request, pair: string): Request {
  return { ...request, path: `${request.path}${request.path.includes('?') ? '&' : '?'}${pair}` };
}

export function headOf({ method, path, headers }: Request, more: readonly string[] = []): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, 'Host: a', ...lines, ...more, '', ''].join('\r\n');
}
