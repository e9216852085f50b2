import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentOf } from '../operations/document.fixture.ts';
import { createChecker } from './checker.ts';
import type { Exchange } from './exchange.ts';
import type { Finding } from './finding.ts';

/** The cases of ../operations/conformance (see NOTICE.md there), each as an exchange: the checker must come to the verdict that the specification asks for. */
interface Case {
  readonly id: string;
  readonly openapi: Readonly<Record<string, unknown>>;
  readonly request: { readonly method: string; readonly url: string; readonly headers: Record<string, string>; readonly body?: unknown };
  readonly response?: { readonly status: number; readonly headers: Record<string, string>; readonly body?: unknown };
  readonly expect: { readonly valid: boolean; readonly note?: string };
}

const cases = readFileSync(new URL('../operations/conformance/cases.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Case);

function exchangeOf({ request, response }: Case, isResponse: boolean): Exchange {
  const target = request.url.replace(/^https?:\/\/[^/?#]+/, '').replace(/#.*$/s, '');
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  return {
    place: { file: 'cases', index: 0 },
    origin: undefined,
    request: {
      method: request.method,
      path: path === '' ? '/' : path,
      query: mark < 0 ? '' : target.slice(mark + 1),
      headers: lower(request.headers),
      body: bytes(request.body),
    },
    // A case about a request: the server took it.
    response:
      isResponse && response !== undefined
        ? { ...response, headers: lower(response.headers), body: bytes(response.body) }
        : { status: 200, headers: {}, body: undefined },
    startedAt: undefined,
    milliseconds: undefined,
    gaps: [],
  };
}

function lower(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function bytes(body: unknown): Buffer | undefined {
  return body === undefined || body === null ? undefined : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** What accuses somebody, of the message that the case is about. */
async function accusations(given: Case): Promise<Finding[]> {
  const isResponse = given.response !== undefined;
  const { findings } = await createChecker([documentOf(given.openapi)]).check(exchangeOf(given, isResponse));
  return findings.filter(
    ({ severity, in: side, side: who }) =>
      severity !== 'notice' && who !== 'document' && (side === undefined || (side === 'response') === isResponse),
  );
}

describe('verdicts that the specification asks for', () => {
  it.each(cases.filter((given) => given.expect.valid))('accuses nobody: $id $expect.note', async (given) => {
    expect((await accusations(given)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each(cases.filter((given) => !given.expect.valid))('accuses somebody: $id $expect.note', async (given) => {
    expect(await accusations(given)).not.toEqual([]);
  });

  it('warnings about a valid message are rare, and of names that no document has', async () => {
    const told = await Promise.all(cases.filter((given) => given.expect.valid).map(accusations));
    expect([...new Set(told.flat().map(({ rule }) => rule))]).toEqual(['undocumented-query-parameter']);
  });
});
