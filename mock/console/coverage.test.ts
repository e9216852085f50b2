import { expect, test } from 'vitest';
import { coverageOf } from './coverage.ts';
import type { ServedOperation, Summary } from './exchange.ts';

const operation = (document: string, operationId: string, statuses: readonly string[]): ServedOperation => ({
  document,
  operationId,
  method: 'GET',
  path: `/${operationId}`,
  statuses,
});
const call = (document: string, operationId: string, status: number, errors = 0): Summary => ({
  id: 1,
  at: '',
  milliseconds: 1,
  session: 'default',
  step: 'answer',
  method: 'GET',
  path: '/',
  query: '',
  status,
  errors,
  warnings: 0,
  document,
  operationId,
});

test('a status counts for itself, then its class, then the default; what is in no document is told', () => {
  const modules = coverageOf(
    [operation('shop', 'list', ['200', '4XX', 'default']), operation('shop', 'get', ['200']), operation('auth', 'get', ['200'])],
    [
      call('shop', 'list', 200),
      call('shop', 'list', 404),
      call('shop', 'list', 418, 1),
      call('shop', 'list', 500),
      call('auth', 'get', 503),
    ],
  );
  expect(modules.map(({ document, called }) => [document, called])).toEqual([
    ['shop', 1],
    ['auth', 1],
  ]);
  const seen = modules.flatMap((module) =>
    module.operations.map(({ calls, bad, statuses }) => [
      calls,
      bad,
      statuses.map(({ status, count, documented }) => [status, count, documented]),
    ]),
  );
  expect(seen).toEqual([
    [
      4,
      1,
      [
        ['200', 1, true],
        ['4XX', 2, true],
        ['default', 1, true],
      ],
    ],
    [0, 0, [['200', 0, true]]],
    [
      1,
      0,
      [
        ['200', 0, true],
        ['503', 1, false],
      ],
    ],
  ]);
});
