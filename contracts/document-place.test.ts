import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDocument } from '../operations/index.ts';
import { createDocumentPlaces } from './document-place.ts';
import type { DocumentPlaces } from './document-place.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-places-'));
let places: DocumentPlaces;
beforeAll(async () => {
  mkdirSync(join(folder, 'a'));
  mkdirSync(join(folder, 'b'));
  const shared = (type: string): string => `# ${type}\nThing:\n  type: ${type}\n`;
  const root = (title: string): string =>
    `openapi: 3.1.0\ninfo: { title: ${title}, version: '1' }\npaths:\n  /things:\n    get:\n      operationId: get${title}\n      summary: 查询 · List\n      responses:\n        '200':\n          description: ok\n          content:\n            application/json:\n              schema: { $ref: 'shared.yaml#/Thing' }\n`;
  for (const [name, type] of [
    ['a', 'object'],
    ['b', 'array'],
  ] as const) {
    writeFileSync(join(folder, name, 'shared.yaml'), shared(type));
    writeFileSync(join(folder, name, `${name}.yaml`), root(name));
  }
  writeFileSync(
    join(folder, 'line.json'),
    JSON.stringify({ openapi: '3.0.0', info: { title: 'x'.repeat(300), version: '1' }, paths: {}, 'x-end': 1 }),
  );
  const documents = await Promise.all(['a/a.yaml', 'b/b.yaml', 'line.json'].map((name) => loadDocument(join(folder, name))));
  places = createDocumentPlaces(documents, folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  { address: 'a.yaml#/paths/~1things/get', document: 'a', want: { file: 'a/a.yaml', line: 5, column: 5 } },
  { address: 'shared.yaml#/Thing/type', document: 'a', want: { file: 'a/shared.yaml', line: 3, column: 3 } },
  { address: 'shared.yaml#/Thing/type', document: 'b', want: { file: 'b/shared.yaml', line: 3, column: 3 } },
  { address: 'b.yaml#/paths/~1things/get/nowhere', document: undefined, want: { file: 'b/b.yaml', line: 5, column: 5 } },
  { address: 'other.yaml#/x', document: 'a', want: undefined },
  { address: 'no address', document: 'a', want: undefined },
])('$address of $document', ({ address, document, want }) => expect(places.placeOf(address, document)).toEqual(want));

test('the lines around a place: what leads to it and what is below it', () => {
  expect(places.excerptOf('a.yaml#/paths/~1things/get/summary', 'a')).toMatchObject({
    line: 7,
    first: 1,
    lines: [
      'openapi: 3.1.0',
      "info: { title: a, version: '1' }",
      'paths:',
      '  /things:',
      '    get:',
      '      operationId: geta',
      '      summary: 查询 · List',
    ],
  });
  expect(places.excerptOf('a.yaml#/paths/~1things/get/responses', 'a')?.lines).toHaveLength(12);
});

test('a document in one line is cut around the place', () => {
  const excerpt = places.excerptOf('line.json#/x-end');
  expect(excerpt?.lines).toHaveLength(1);
  expect(excerpt?.lines[0]).toMatch(/^….{1,200}…$/);
  expect(excerpt?.lines[0]).toContain('"x-end":1');
});

test('what an operation is called', () => {
  expect(places.summaryOf({ document: 'a', id: 'geta', method: 'GET', path: '/things' })).toBe('查询 · List');
  expect(places.summaryOf({ document: 'a', id: 'x', method: 'PUT', path: '/things' })).toBeUndefined();
});
