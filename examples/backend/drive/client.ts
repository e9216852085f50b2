import { Buffer } from 'node:buffer';
import { membersOf, parseJson, writeJson } from '../json.ts';

/** One step of a drive: what was asked and what came back. */
export interface Step {
  /** What the step is about, such as `auth: wrong secret`. */
  readonly name: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly status: number;
  /** Those that say something of the answer; no dates, no connections. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text; bytes that are no text as Base64. */
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  /** The body read as JSON, long ids with all their digits; undefined where it is no JSON. */
  readonly value: unknown;
}

export interface Sending {
  /** An access token. */
  readonly token?: string | undefined;
  /** The whole header, where it is not a bearer token. */
  readonly authorization?: string;
  /** A body of JSON. */
  readonly json?: unknown;
  /** A body as it is, with its media type. */
  readonly text?: string;
  readonly contentType?: string;
  readonly form?: FormData;
}

export type Send = (name: string, method: string, path: string, sending?: Sending) => Promise<Answer>;

const HEADERS = [
  'allow',
  'cache-control',
  'content-disposition',
  'content-length',
  'content-type',
  'last-modified',
  'transfer-encoding',
  'www-authenticate',
];
/** No answer takes longer; a server that hangs fails the step with an error. */
const PATIENCE = 20_000;

/**
 * Sends requests to one base URL.
 * @param url with or without a slash at the end; a path in it (of a proxy) is kept.
 * @param log is told every step.
 */
export function createSend(url: string, log: (step: Step) => void): Send {
  const base = url.replace(/\/+$/, '');
  return async (name, method, path, sending = {}) => {
    const headers = new Headers();
    if (sending.authorization !== undefined) headers.set('authorization', sending.authorization);
    if (sending.token !== undefined) headers.set('authorization', `Bearer ${sending.token}`);
    const text = sending.json === undefined ? sending.text : writeJson(sending.json);
    if (text !== undefined) headers.set('content-type', sending.contentType ?? 'application/json');
    const body = sending.form ?? text ?? null;

    const request: RequestInit = { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) };
    const response = await fetch(`${base}${path}`, request);
    const bytes = Buffer.from(await response.arrayBuffer());
    const shown = Object.fromEntries(
      HEADERS.flatMap((header) => (response.headers.has(header) ? [[header, response.headers.get(header) ?? '']] : [])),
    );
    log({ name, method, path, status: response.status, headers: shown, body: textOf(bytes) });
    return { status: response.status, headers: response.headers, bytes, value: jsonOf(bytes) };
  };
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : bytes.toString('base64');
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return parseJson(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A value inside of a body; undefined where the way there ends. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const step of path) {
    found = typeof step === 'number' ? (Array.isArray(found) ? (found[step] as unknown) : undefined) : membersOf(found)?.[step];
  }
  return found;
}

/** An id as it stands in a body; 1 where there is none, so that a drive goes on after a broken answer. */
export function idAt(answer: Answer, ...path: readonly (string | number)[]): number | bigint {
  const found = at(answer.value, ...path);
  if (typeof found === 'number' || typeof found === 'bigint') return found;
  return typeof found === 'string' && /^\d+$/.test(found) ? BigInt(found) : 1;
}

export function textAt(answer: Answer, ...path: readonly (string | number)[]): string {
  const found = at(answer.value, ...path);
  return typeof found === 'string' ? found : '';
}

export function listAt(answer: Answer, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(answer.value, ...path);
  return Array.isArray(found) ? found : [];
}
