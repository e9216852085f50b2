import { expect, test } from 'vitest';
import { documentOf, firstOperation } from './document.fixture.ts';

const files = { '/api/pet.json': { id: 7 }, '/api/examples.yaml': 'examples:\n  cat:\n    value: {id: 8}\n' };
const components = { examples: { Pet: { value: { id: 1 } }, Far: { externalValue: './pet.json' } } };

test.each<{ name: string; content: Record<string, unknown>; want: unknown[] }>([
  { name: 'an Example Object by reference', content: { examples: { a: { $ref: '#/components/examples/Pet' } } }, want: [{ id: 1 }] },
  { name: 'a value by reference', content: { example: { $ref: '#/components/examples/Pet/value' } }, want: [{ id: 1 }] },
  { name: 'an Example Object in the place of a value', content: { example: { $ref: '#/components/examples/Pet' } }, want: [{ id: 1 }] },
  { name: 'a value in a file', content: { example: { $ref: './pet.json' } }, want: [{ id: 7 }] },
  { name: 'a named value in a file', content: { examples: { a: { value: { $ref: 'pet.json' } } } }, want: [{ id: 7 }] },
  { name: 'an Example Object in a file', content: { examples: { a: { $ref: 'examples.yaml#/examples/cat' } } }, want: [{ id: 8 }] },
  { name: 'an external value', content: { examples: { a: { externalValue: 'pet.json' } } }, want: [{ id: 7 }] },
  { name: 'an external value behind a reference', content: { examples: { a: { $ref: '#/components/examples/Far' } } }, want: [{ id: 7 }] },
  { name: 'an external value that is not there', content: { examples: { a: { externalValue: 'https://a.example/x' } } }, want: [] },
  {
    name: 'a list of values, as schemas have them',
    content: { examples: [{ id: 1 }, { value: { id: 2 } }] },
    want: [{ id: 1 }, { id: 2 }],
  },
  { name: 'a reference that leads nowhere is a value like any other', content: { example: { $ref: '#/no' } }, want: [{ $ref: '#/no' }] },
  { name: 'so is a reference in a circle', content: { example: { $ref: '#/x-circle' } }, want: [{ $ref: '#/x-circle' }] },
  { name: 'and a reference inside a value', content: { example: { pet: { $ref: 'pet.json' } } }, want: [{ pet: { $ref: 'pet.json' } }] },
])('$name', ({ content, want }) => {
  const responses = { 200: { description: '', content: { 'application/json': content } } };
  const root = { openapi: '3.0.3', paths: { '/it': { get: { responses } } }, components, 'x-circle': { $ref: '#/x-circle' } };
  const operation = firstOperation(documentOf(root, files));
  expect(operation.responses[0]?.contents[0]?.examples.map(({ value }) => value)).toEqual(want);
  expect(operation.problems).toEqual([]);
});

test('a value in a file, in Swagger 2.0', () => {
  const responses = { 200: { description: '', schema: {}, examples: { 'application/json': { $ref: 'pet.json' } } } };
  const operation = firstOperation(documentOf({ swagger: '2.0', paths: { '/it': { get: { responses } } } }, files));
  expect(operation.responses[0]?.contents[0]?.examples).toEqual([{ name: 'default', value: { id: 7 }, address: 'pet.json#' }]);
});
