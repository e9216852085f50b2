import { expect, it } from 'vitest';
import { coreNumbers } from './cores.ts';

it.each([
  { given: '0-1', want: [0, 1] },
  { given: '0-2,5', want: [0, 1, 2, 5] },
  { given: '3', want: [3] },
  { given: '', want: [] },
  { given: 'all', want: [] },
])('cores of "$given"', ({ given, want }) => {
  expect(coreNumbers(given)).toEqual(want);
});
