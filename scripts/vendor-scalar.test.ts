import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checksumText, VENDOR_FOLDER, verified } from './vendor-scalar.ts';

test('the vendored file is the one that was reviewed', () => {
  const bytes = readFileSync(join(VENDOR_FOLDER, 'scalar.js'));
  expect(verified(bytes)).toBe(bytes);
  expect(readFileSync(join(VENDOR_FOLDER, 'scalar.js.sha256'), 'utf8')).toBe(checksumText());
  expect(readFileSync(join(VENDOR_FOLDER, 'NOTICE'), 'utf8')).toContain('MIT License');
});

test('another one is refused', () => {
  expect(() => verified(Buffer.from('x'))).toThrow(/review it/);
});
