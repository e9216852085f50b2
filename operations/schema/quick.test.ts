import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEngine } from './engine.ts';

const text = fc.array(fc.constantFrom('a', '中', '🎉', '\ud83c', '\udf89'), { maxLength: 12 }).map((parts) => parts.join(''));

test('a text is as long for the code that tells no reasons as for the code that tells them', () => {
  const [quick, all] = [createEngine('quickest'), createEngine('all')];
  for (const keyword of ['minLength', 'maxLength'])
    for (let limit = 0; limit < 8; limit += 1) {
      const [one, other] = [quick.compile({ [keyword]: limit }), all.compile({ [keyword]: limit })];
      fc.assert(
        fc.property(text, (given) => {
          expect(one(given)).toBe(other(given));
        }),
      );
    }
});

test('references, in circles too, are followed without a word about places', () => {
  const quick = createEngine('quickest');
  quick.addSchema(
    { type: 'object', required: ['name'], properties: { name: { $ref: 'name' }, below: { type: 'array', items: { $ref: 'tree' } } } },
    'tree',
  );
  quick.addSchema({ type: 'string', minLength: 2 }, 'name');
  const validate = quick.getSchema('tree');
  expect(validate?.({ name: 'ab', below: [{ name: 'cd' }, { name: 'ef', below: [] }] })).toBe(true);
  expect(validate?.({ name: 'ab', below: [{ name: 'cd', below: [{ name: 'e' }] }] })).toBe(false);
  expect(String(validate)).not.toContain('instancePath+');
});
