import { signal } from '@preact/signals';
import { parseJson, writeJson } from './json.ts';

/** What every request carries where the mock asks for it: kept as long as the tab is open, never longer. */
const token = signal(sessionStorage.getItem('hufu-token') ?? '');

/** `missing`: the mock wants a token; `wrong`: it does not take this one. */
export const tokenWanted = signal<'no' | 'missing' | 'wrong'>('no');

export function giveToken(given: string): void {
  sessionStorage.setItem('hufu-token', given);
  token.value = given;
  tokenWanted.value = 'no';
}

/** What the control API refused, in its own words. */
export class ControlError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.name = 'ControlError';
    this.status = status;
    this.code = code;
  }
}

export interface Ask {
  readonly method?: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Sends a control request. The path is relative to the page, wherever that is served.
 * @throws ControlError for a refusal, TypeError when the mock can't be reached.
 */
export async function send(path: string, { method = 'GET', body, headers = {}, signal }: Ask = {}): Promise<Response> {
  const response = await fetch(path, {
    method,
    headers: {
      ...(token.value === '' ? {} : { 'x-hufu-token': token.value }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: writeJson(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (response.status === 401) tokenWanted.value = token.value === '' ? 'missing' : 'wrong';
  throw problem;
}

/** The answer's JSON as the control document describes it. */
export async function ask<T>(path: string, options?: Ask): Promise<T> {
  const response = await send(path, options);
  const text = await response.text();
  return (text === '' ? undefined : parseJson(text)) as T;
}

async function problemOf(response: Response): Promise<ControlError> {
  try {
    const { type, detail } = (await response.json()) as { type: string; detail: string };
    return new ControlError(response.status, type.slice(type.lastIndexOf(':') + 1), detail);
  } catch {
    return new ControlError(response.status, 'UNKNOWN', `${response.status} ${response.statusText}`);
  }
}

/** A path of the control API below a session. */
export function sessionPath(session: string, rest: string): string {
  return `sessions/${encodeURIComponent(session)}/${rest}`;
}
