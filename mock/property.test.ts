import { globSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createOperationTable, generate, writeJson } from '../operations/index.ts';
import type { Operation } from '../operations/index.ts';
import { createMock, loadDocuments } from './index.ts';
import { exchange, framed, mockOf, PLAIN, serve } from './mock.fixture.ts';
import { parameterStyles } from './parameter-styles.fixture.ts';

/** An answer comes within a second; the guard leaves room for a busy machine. */
const LIMIT_MS = 6_000;

const files = globSync('openapi/*.yaml', { cwd: join(import.meta.dirname, '..') }).filter((file) => !file.endsWith('.state.yaml'));
const documents = await loadDocuments(
  files.map((file) => join(import.meta.dirname, '..', file)),
  {},
);
const workspace = createOperationTable(documents);
const styles = (await mockOf([parameterStyles])).table;

const hosts = await Promise.all(
  [
    { name: 'the workspace, static', table: workspace, dynamic: false },
    { name: 'the workspace, dynamic', table: workspace, dynamic: true },
    { name: 'every parameter style, static', table: styles, dynamic: false },
    { name: 'every parameter style, dynamic', table: styles, dynamic: true },
  ].map(async ({ name, table, dynamic }) => ({
    name,
    table,
    server: await serve(createMock(table, { ...PLAIN, cors: true, dynamic }), { bodyLimit: 100_000 }),
  })),
);

/** Bytes as latin1 text without those that would end the line they stand in. */
const bytes = (forbidden: RegExp, maxLength = 60) =>
  fc.oneof(
    fc.uint8Array({ maxLength }).map((array) => Buffer.from(array).toString('latin1').replace(forbidden, '')),
    fc.string({ unit: 'grapheme', maxLength }).map((text) => Buffer.from(text).toString('latin1').replace(forbidden, '')),
    fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => encodeURIComponent(text.toWellFormed())),
    fc.constantFrom(
      '%',
      '%zz',
      '%00',
      '%ff%fe',
      '..',
      '%2F',
      ';a=1',
      '.x',
      '[a]',
      'a[b][c]=1',
      '1,2',
      '1|2',
      '1%202',
      '{}',
      '"',
      '\\',
      '__proto__',
      '__code',
      '=',
    ),
  );
const LINE = /[^\x21-\x7e\x80-\xff]/g;
const VALUE = /[^\t\x20-\x7e\x80-\xff]/g;
const fields = [
  'accept',
  'prefer',
  'cookie',
  'authorization',
  'content-type',
  'origin',
  'x-forwarded-for',
  'value',
  'content-encoding',
  'access-control-request-method',
];
const headers = fc.array(
  fc.tuple(fc.constantFrom(...fields), bytes(VALUE)).map(([name, value]) => `${name}: ${value}`),
  { maxLength: 6 },
);
const methods = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND');
const requests = (operations: readonly { method: string; path: string }[]) =>
  fc.record({
    place: fc.oneof(
      {
        weight: 4,
        arbitrary: fc
          .tuple(fc.constantFrom(...operations), fc.array(bytes(LINE, 20), { minLength: 3, maxLength: 3 }))
          .map(([{ method, path }, values]) => ({ method, path: path.replace(/\{[^}]*\}/g, () => values.pop() ?? 'x') })),
      },
      { weight: 1, arbitrary: fc.record({ method: methods, path: bytes(LINE).map((text) => `/${text}`) }) },
    ),
    query: fc
      .array(
        fc.tuple(bytes(LINE, 20), bytes(LINE, 20)).map((pair) => pair.join('=')),
        { maxLength: 4 },
      )
      .map((pairs) => pairs.join('&')),
    headers,
    type: fc.constantFrom(
      'application/json',
      'application/xml',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=b',
      'text/plain',
      'image/png',
    ),
    body: fc.oneof(
      fc.constant(''),
      bytes(/(?!)/g, 200),
      fc.json(),
      fc.constantFrom('--b\r\n', '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nx\r\n--b--', '<a><b/></a>', '<a', '{"a":', '[[[['),
    ),
  });

/** `answered`, or what is wrong with the answer. */
async function verdict(port: number, sent: Buffer): Promise<string> {
  const { text, hung } = await exchange(port, sent, { quietMs: 3_000, limitMs: LIMIT_MS });
  if (hung) return `no answer within ${LIMIT_MS} ms`;
  const isProblem = text.toLowerCase().includes('content-type: application/problem+json');
  const isFine = /^HTTP\/1\.1 (?:[2-4]\d\d|5\d\d) /.test(text) && (isProblem || !text.startsWith('HTTP/1.1 5'));
  return isFine && !text.includes('urn:hufu:error:UNKNOWN') ? 'answered' : text;
}

describe.each(hosts)('$name', ({ table, server }) => {
  test('whatever is asked in valid HTTP is answered', async () => {
    await fc.assert(
      fc.asyncProperty(requests(table.routes), async ({ place, query, headers, type, body }) => {
        const target = query === '' ? place.path : `${place.path}?${query}`;
        const line = `${place.method} ${Buffer.from(target, 'latin1').toString('latin1')}`;
        expect(
          await verdict(server.port, framed(line, ['Connection: close', `Content-Type: ${type}`, ...headers], Buffer.from(body, 'latin1'))),
        ).toBe('answered');
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  test('bytes that are no HTTP are refused or ignored, and the next request is answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (garbage) => {
        await exchange(server.port, [Buffer.from(garbage), '\r\n\r\n\r\n'], { quietMs: 100, limitMs: 1_000 });
        expect((await fetch(`${server.url}/no/such/path`)).status).toBeLessThan(500);
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  test('bodies near what the schemas ask for are answered', async () => {
    const operations = table.routes.map((route) => table.operation(route)).filter((operation) => operation.requestBody !== undefined);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations), fc.nat(1_000), fc.jsonValue(), fc.nat(20), async (operation, seed, other, place) => {
        const body = writeJson(replaced(valid(operation, String(seed)), other, place));
        const path = operation.path.replace(/\{[^}]*\}/g, '1');
        const credentials = ['Authorization: Bearer x', 'Connection: close', 'Content-Type: application/json'];
        expect(await verdict(server.port, framed(`${operation.method} ${path}`, credentials, body))).toBe('answered');
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

function valid(operation: Operation, seed: string): unknown {
  const validator = operation.requestBody?.contents[0]?.validator;
  if (validator === undefined) return {};
  const { lookup } = operation.validators;
  return generate(validator.schema, { mode: 'fake', seed, lookup, validate: validator.isValid, omit: 'readOnly' }).value;
}

/** The value with one of its members, counted from the outside in, exchanged; itself where there are not so many. */
function replaced(value: unknown, other: unknown, place: number): unknown {
  let left = place;
  const walk = (node: unknown): unknown => {
    if (left-- === 0) return other;
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, walk(item)]));
  };
  return walk(value);
}
