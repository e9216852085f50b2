import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generateTypes, TYPES_FOLDER } from './generate-types.ts';

const files = await generateTypes();

test('there is one file per document and no other', () => {
  expect(files.length).toBeGreaterThan(0);
  expect(readdirSync(TYPES_FOLDER).sort()).toEqual(files.map(({ name }) => name).sort());
});

test.each(files)('$name is what its document gives; if not: npm run types', ({ name, text }) => {
  expect(readFileSync(join(TYPES_FOLDER, name), 'utf8').replaceAll('\r\n', '\n')).toBe(text);
});
