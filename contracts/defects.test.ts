import { describe, expect, it } from 'vitest';
import { operationOf } from '../operations/document.fixture.ts';
import type { Operation, Problem } from '../operations/index.ts';
import { createDefects } from './defects.ts';

const problem = (address: string, message = 'broken'): Problem => ({ address, message });
const withProblems = (own: readonly Problem[], shared: readonly Problem[]): Operation => {
  const operation = operationOf({ responses: {} });
  return { ...operation, problems: own, validators: { ...operation.validators, problems: shared } };
};

describe('defects', () => {
  it('are told once, whichever list they come from', () => {
    const defects = createDefects();
    const operation = withProblems([problem('a')], [problem('b'), problem('a')]);
    expect(defects.fresh(operation)).toEqual([problem('a'), problem('b')]);
    expect(defects.fresh(operation)).toEqual([]);
    expect(defects.isNew(problem('a'))).toBe(false);
  });

  it('are told when they come to light later', () => {
    const defects = createDefects();
    const shared = [problem('a')];
    const operation = withProblems([], shared);
    expect(defects.fresh(operation)).toEqual([problem('a')]);
    shared.push(problem('b'));
    expect(defects.fresh(operation)).toEqual([problem('b')]);
  });

  it('are told again for another thing wrong at the same place, and in another run', () => {
    const defects = createDefects();
    expect(defects.isNew(problem('a', 'one'))).toBe(true);
    expect(defects.isNew(problem('a', 'two'))).toBe(true);
    expect(createDefects().isNew(problem('a', 'one'))).toBe(true);
  });
});
