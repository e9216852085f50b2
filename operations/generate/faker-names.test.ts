import { expect, test } from 'vitest';
import { callFaker } from './faker.ts';

test.each<{ annotation: unknown; want: RegExp }>([
  { annotation: 'name.firstName', want: /./ },
  { annotation: 'name.findName', want: /./ },
  { annotation: 'address.city', want: /./ },
  { annotation: 'address.streetName', want: /./ },
  { annotation: 'company.companyName', want: /./ },
  { annotation: 'internet.userName', want: /./ },
  { annotation: 'internet.color', want: /^#[\da-f]{6}$/ },
  { annotation: 'image.imageUrl', want: /^https:/ },
  { annotation: 'phone.phoneNumber', want: /\d/ },
  { annotation: 'datatype.uuid', want: /^[\da-f-]{36}$/ },
  { annotation: { 'datatype.number': { min: 10, max: 11 } }, want: /^1[01]$/ },
  { annotation: { 'random.alphaNumeric': 4 }, want: /^[\da-z]{4}$/i },
  { annotation: { 'helpers.slugify': ['two words'] }, want: /^two-words$/ },
  { annotation: { 'helpers.arrayElement': [['a', 'b']] }, want: /^[ab]$/ },
])('$annotation', ({ annotation, want }) => expect(String(callFaker(annotation, 1))).toMatch(want));

test('every name leads to a method', async () => {
  const text = await import('node:fs').then(({ readFileSync }) => readFileSync(new URL('./faker-names.ts', import.meta.url), 'utf8'));
  const names = [...text.matchAll(/^ {2}'(\w+\.\w+)':/gm)].map((match) => match[1] ?? '');
  expect(names.length).toBeGreaterThan(25);
  expect(names.filter((name) => callFaker(name, 1) === undefined)).toEqual([]);
});

test.each(['helpers.fromRegExp', 'helpers.multiple', 'name.constructor', 'name', 'nope.nope', '__proto__.x'])('%s is nothing', (name) =>
  expect(callFaker(name, 1)).toBeUndefined(),
);
