import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Summary } from './exchange.ts';
import { readFilter } from './filter.ts';

const entry = (given: Partial<Summary>): Summary => ({
  id: 1,
  at: '2026-01-31T00:00:00.000Z',
  milliseconds: 1,
  session: 'default',
  step: 'answer',
  method: 'POST',
  path: '/tie/list.json',
  query: '',
  status: 200,
  errors: 0,
  warnings: 0,
  document: 'tie',
  operationId: 'listTies',
  answeredBy: 'state',
  ...given,
});

test.each<[filter: string, given: Partial<Summary>, want: boolean]>([
  ['', {}, true],
  ['status:4xx', { status: 404 }, true],
  ['status:4XX', { status: 404 }, true],
  ['status:4', { status: 404 }, true],
  ['status:404', { status: 400 }, false],
  ['status:4xx', { status: 200 }, false],
  ['status:0', { status: 0 }, true],
  ['status:0', { status: 200 }, false],
  ['module:tie', {}, true],
  ['module:member', {}, false],
  ['method:post op:list session:default by:state', {}, true],
  ['method:get', {}, false],
  ['bad', { errors: 2 }, true],
  ['bad', { warnings: 2 }, false],
  ['-bad', {}, true],
  ['fault', { fault: 'slow' }, true],
  ['forced', { forced: true }, true],
  ['LIST.json', {}, true],
  ['步', { query: 'q=%E6%AD%A5' }, true],
  ['"two words"', { query: 'q=two words' }, true],
  ['"two words"', { query: 'q=two' }, false],
  ['path:/tie', {}, false],
  ['http://x', { query: 'u=http://x' }, true],
  ['-module:tie', {}, false],
  ['enum', { first: { message: 'must be one of the enum' } }, true],
  ['%', { query: 'broken=%E6%' }, true],
])('%j on %j: %j', (filter, given, want) => {
  expect(readFilter(filter)(entry(given))).toBe(want);
});

test('unmatched: no operation, where one was wanted', () => {
  const { document: _document, operationId: _operationId, ...lost } = entry({ step: 'match', status: 404 });
  expect(readFilter('unmatched')(lost)).toBe(true);
  expect(readFilter('unmatched')({ ...lost, step: 'preflight' })).toBe(false);
  expect(readFilter('module:tie')(lost)).toBe(false);
});

test('whatever is typed is a filter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(typeof readFilter(text)(entry({}))).toBe('boolean');
    }),
  );
});
