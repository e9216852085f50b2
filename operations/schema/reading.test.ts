import { afterEach, describe, expect, test, vi } from 'vitest';
import { schemaDocument, validatorOf } from '../document.fixture.ts';
import { createEngine } from './engine.ts';
import { createValidators } from './validator.ts';
import type { SchemaValidator } from './validator.ts';

vi.mock('./engine.ts', { spy: true });

afterEach(() => vi.mocked(createEngine).mockClear());

/** The validators of so many schemas that differ. */
function validatorsOf(count: number): SchemaValidator[] {
  const names = Array.from({ length: count }, (_, index) => `Thing${index}`);
  const schemas = Object.fromEntries(
    names.map((name) => [name, { type: 'object', required: [name], properties: { [name]: { type: 'string' } } }]),
  );
  const document = schemaDocument('3.1', true, schemas);
  const validators = createValidators(document);
  return names.map((name) =>
    validators.at({ value: schemas[name], source: document.root, pointer: `/components/schemas/${name}` }, 'request'),
  );
}

function valid(index: number): unknown {
  return { [`Thing${index}`]: 'a' };
}

describe('a schema is compiled', () => {
  test('once it is asked often', () => {
    const [validator] = validatorsOf(1);
    for (let turn = 0; turn < 32; turn += 1) validator?.validate(valid(0), true);
    expect(createEngine).not.toHaveBeenCalled();
    validator?.validate(valid(0), true);
    expect(createEngine).toHaveBeenCalledTimes(1);
  });

  test('never, while it is one of hundreds in turn', () => {
    const validators = validatorsOf(200);
    for (let turn = 0; turn < 100; turn += 1) for (const [index, validator] of validators.entries()) validator.validate(valid(index), true);
    expect(createEngine).not.toHaveBeenCalled();
  });

  test('when others fall silent and it goes on', () => {
    const validators = validatorsOf(200);
    for (let turn = 0; turn < 10; turn += 1) for (const [index, validator] of validators.entries()) validator.validate(valid(index), true);
    for (let turn = 0; turn < 100; turn += 1) validators[7]?.validate(valid(7), true);
    expect(createEngine).toHaveBeenCalledTimes(1);
  });

  test('never to say what is wrong', () => {
    const [validator] = validatorsOf(1);
    expect(validator?.validate({ Thing0: 1 }, true)).toMatchObject([{ pointer: '/Thing0', code: 'type' }]);
    expect(createEngine).not.toHaveBeenCalled();
  });

  test('for a keyword that no plan knows', () => {
    expect(validatorOf(schemaDocument('3.1', { not: { type: 'string' } })).validate('a')).toMatchObject([{ pointer: '', code: 'not' }]);
    expect(createEngine).toHaveBeenCalled();
  });
});
