import { expect, test } from 'vitest';
import { acceptedCases } from './accepted.ts';

test('the first column of a table names the cases', () => {
  const markdown =
    '# Parity\n\nSee `other/case.txt`.\n\n| case | why |\n|---|---|\n| `routing/a.oas3.txt` | 405 instead of 404, see `b.txt` |\n| `c d.txt`   | x |\n';
  expect([...acceptedCases(markdown)]).toEqual(['routing/a.oas3.txt', 'c d.txt']);
});
