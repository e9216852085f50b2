import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOperationTable, isError, loadDocument, validateRequest, validateResponse } from './index.ts';
import type { Violation } from './index.ts';

/** Requests and responses from the test data of other validators, each with the verdict that the specification asks for; see conformance/NOTICE.md. */
interface Case {
  readonly id: string;
  readonly oas: string;
  readonly openapi: Readonly<Record<string, unknown>>;
  readonly request: { readonly method: string; readonly url: string; readonly headers: Record<string, string>; readonly body?: string };
  readonly response?: { readonly status: number; readonly headers: Record<string, string>; readonly body?: string };
  readonly expect: { readonly valid: boolean; readonly where?: string; readonly note?: string };
}

const cases = readFileSync(new URL('./conformance/cases.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Case);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hufu-cases-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

interface Verdict {
  readonly valid: boolean;
  readonly where: readonly string[];
  readonly messages: readonly string[];
}

async function judge(given: Case): Promise<Verdict> {
  const file = join(folder, `${given.id.replace(/[^\w-]/g, '_')}.json`);
  await writeFile(file, JSON.stringify(given.openapi));
  const table = createOperationTable([await loadDocument(file)]);
  const { pathname, search } = splitUrl(given.request.url);
  const found = table.find(given.request.method, pathname);
  if (found.kind !== 'operation') return { valid: false, where: ['path'], messages: [`no ${found.kind}`] };
  const { operation } = found;
  const lower = (headers: Record<string, string>) =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  if (given.response !== undefined) {
    const { status, headers, body } = given.response;
    const violations = await validateResponse(operation, { status, headers: lower(headers), body: bytes(body) }, given.request.method);
    return verdict(violations, 'response');
  }
  const request = {
    method: given.request.method,
    path: pathname,
    query: search,
    headers: lower(given.request.headers),
    body: bytes(given.request.body),
  };
  const judged = await validateRequest(operation, request, found.values);
  const values = verdict(judged.violations);
  if (judged.unauthorized === undefined) return values;
  return { valid: false, where: ['security', ...values.where], messages: [judged.unauthorized.message, ...values.messages] };
}

function verdict(violations: readonly Violation[], where?: string): Verdict {
  const errors = violations.filter(isError);
  const part = (violation: Violation): string => where ?? (violation.part === 'media-type' ? 'body' : violation.part);
  return {
    valid: errors.length === 0,
    where: errors.map(part),
    messages: violations.map((violation) => `${violation.part} ${violation.name ?? ''} ${violation.pointer} ${violation.message}`),
  };
}

function bytes(body: unknown): Buffer | undefined {
  if (body === undefined || body === null) return undefined;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Without URL's own normalising: the path has to stay as it is on the wire. */
function splitUrl(url: string): { pathname: string; search: string } {
  const rest = url.replace(/^https?:\/\/[^/?#]+/, '');
  const mark = rest.indexOf('?');
  return mark < 0
    ? { pathname: rest || '/', search: '' }
    : { pathname: rest.slice(0, mark) || '/', search: rest.slice(mark + 1).replace(/#.*$/s, '') };
}

describe('verdicts that the specification asks for', () => {
  test.each(cases)('$id: $expect.note', async (given) => {
    const found = await judge(given);
    expect(found.valid, found.messages.join('\n')).toBe(given.expect.valid);
    if (!given.expect.valid && given.expect.where !== undefined) expect(found.where).toContain(given.expect.where);
  });

  test('there are cases, valid and invalid ones', () => {
    expect(cases.length).toBeGreaterThanOrEqual(270);
    expect(cases.some((given) => given.expect.valid)).toBe(true);
    expect(cases.some((given) => !given.expect.valid)).toBe(true);
  });
});
