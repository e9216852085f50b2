import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lintDocument } from './lint.ts';
import { loadDocument } from './load.ts';
import { filesNotInUtf8 } from './not-utf8.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hufu-encoding-'));
});
afterAll(() => rm(folder, { recursive: true }));

const TEXT = 'openapi: 3.1.0\ninfo:\n  title: ';
/** "商店" in GBK. */
const GBK = Buffer.from([0xc9, 0xcc, 0xb5, 0xea]);

test.each([
  { name: 'UTF-8', bytes: Buffer.from(`${TEXT}商店\n`), want: [] },
  { name: 'GBK', bytes: Buffer.concat([Buffer.from(TEXT), GBK]), want: [3] },
  { name: 'Latin-1', bytes: Buffer.from(`${TEXT}Größe\n`, 'latin1'), want: [3] },
  { name: 'UTF-16 with its mark', bytes: Buffer.from(`\ufeff${TEXT}商店\n`, 'utf16le'), want: [] },
  { name: 'U+FFFD, written on purpose', bytes: Buffer.from(`${TEXT}\ufffd\n`), want: [] },
])('$name', async ({ bytes, want }) => {
  const file = join(folder, 'shop.yaml');
  await writeFile(file, bytes);
  const document = await loadDocument(file);
  expect(filesNotInUtf8(document).map(({ line }) => line)).toEqual(want);
  const told = lintDocument(document).filter(({ message }) => message.includes('UTF-8'));
  expect(told.map(({ severity, address, line }) => [severity, address, line])).toEqual(want.map((line) => ['error', 'shop.yaml#', line]));
});

test('a file that is referred to', async () => {
  const file = join(folder, 'whole.yaml');
  await writeFile(file, `openapi: 3.1.0\npaths: { $ref: 'parts.yaml' }\n`);
  await writeFile(join(folder, 'parts.yaml'), Buffer.concat([Buffer.from('x-title: '), GBK]));
  expect(filesNotInUtf8(await loadDocument(file))).toMatchObject([{ file: 'parts.yaml', line: 1 }]);
});
