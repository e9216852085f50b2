import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCases, parseCase } from './case.ts';
import { flagsOfMock } from './flags.ts';

const TEXT = `====test====
It works
====spec====
openapi: 3.0.0
paths: {}
====server====
mock -d -p 4010 \${document} --errors
====command====
curl -i http://localhost:4010/pets
====expect-loose====
HTTP/1.1 200 OK

{}
`;

test('a case is read', () => {
  expect(parseCase('a.txt', TEXT)).toEqual({
    file: 'a.txt',
    title: 'It works',
    document: 'openapi: 3.0.0\npaths: {}\n',
    flags: ['-d', '--errors'],
    command: 'curl -i http://localhost:4010/pets',
    grade: 'loose',
    expected: 'HTTP/1.1 200 OK\n\n{}\n',
  });
});

const others: readonly [name: string, text: string][] = [
  ['a proxy case', TEXT.replace('mock -d', 'proxy')],
  ['a Postman collection', TEXT.replace('openapi: 3.0.0', '{"item": []}')],
  ['a text without an expected answer', TEXT.replace('====expect-loose====', '')],
];
test.each(others)('%s is none of ours', (_name, text) => {
  expect(parseCase('a.txt', text)).toBeUndefined();
});

test('the vendored cases are all there', async () => {
  const cases = await loadCases(join(import.meta.dirname, 'cases'));
  expect(cases).toHaveLength(239);
  expect(cases.filter((given) => !given.command.startsWith('curl '))).toEqual([]);
  expect(await readFile(join(import.meta.dirname, 'NOTICE'), 'utf8')).toContain('Apache License');
});

test('flags are spelt our way', () => {
  expect(flagsOfMock(['-d', '--errors', '--cors=false', '--json-schema-faker-fillProperties=false'])).toBe('--dynamic --errors --no-cors');
});
