import { expect, test } from 'vitest';
import { documentOf } from './document.fixture.ts';
import { mentions } from './mentions.ts';

test('whether a document, or a file that it refers to, holds a keyword', () => {
  const document = documentOf(
    { openapi: '3.1.0', components: { schemas: { A: { writeOnly: true } } } },
    { '/api/other.json': { discriminator: {} } },
  );
  expect(['writeOnly', 'discriminator', 'readOnly'].map((keyword) => mentions(document, keyword))).toEqual([true, true, false]);
});
