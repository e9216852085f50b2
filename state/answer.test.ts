import { describe, expect, test } from 'vitest';
import { answer, isDeadToken, refuseRequest } from './answer.ts';
import { compileText, NO_REQUEST, start } from './state.fixture.ts';
import { createBase, createWorld } from './world-memory.ts';

describe('envelopes', () => {
  const file = (operation: string): string => `
envelope: wrapped
envelopes:
  wrapped: { ok: { success: true, data: $data }, okNoData: { success: true }, error: { code: $error.code, message: $error.message, name: $error.name }, errorStatus: 200 }
  bare: { ok: $data, error: { status: $error.status } }
errors: { GONE: { status: 410, code: '4100', message: 没有了 · Gone } }
collections: { t: { seed: [{ id: 1, a: 1 }] } }
operations: { act: ${operation} }`;
  test.each([
    { name: 'a row', operation: '{ do: get, in: t, key: 1 }', want: { status: undefined, body: { success: true, data: { id: 1, a: 1 } } } },
    { name: 'a list', operation: '{ do: list, in: t }', want: { body: { success: true, data: [{ id: 1, a: 1 }] } } },
    { name: 'data', operation: '{ do: get, in: t, key: 1, data: { x: $row#/a } }', want: { body: { success: true, data: { x: 1 } } } },
    {
      name: 'data of what is shown',
      operation: '{ do: get, in: t, key: 1, show: { y: $row#/a }, data: { x: $data } }',
      want: { body: { success: true, data: { x: { y: 1 } } } },
    },
    {
      name: 'a change has no data unless it says so',
      operation: '{ do: update, in: t, key: 1, set: {} }',
      want: { body: { success: true } },
    },
    {
      name: 'a change that shows its row',
      operation: '{ do: update, in: t, key: 1, set: {}, show: $row#/a }',
      want: { body: { success: true, data: 1 } },
    },
    { name: 'no data', operation: '{ do: get, in: t, key: 1, data: null }', want: { body: { success: true } } },
    { name: 'no verb', operation: '{ data: { fixed: 1 } }', want: { body: { success: true, data: { fixed: 1 } } } },
    { name: 'its own status', operation: '{ do: get, in: t, key: 1, status: 203 }', want: { status: 203 } },
    { name: 'another envelope', operation: '{ do: get, in: t, key: 1, envelope: bare }', want: { body: { id: 1, a: 1 } } },
    {
      name: 'an error',
      operation: '{ do: get, in: t, key: 2, otherwise: GONE }',
      want: { status: 200, body: { code: '4100', message: '没有了 · Gone', name: 'GONE' }, error: 'GONE' },
    },
    {
      name: 'an error in another envelope',
      operation: '{ do: get, in: t, key: 2, otherwise: GONE, envelope: bare }',
      want: { status: 410, body: { status: 410 }, error: 'GONE' },
    },
    {
      name: 'a built-in error',
      operation: '{ do: get, in: t, key: 2 }',
      want: { status: 200, body: { code: 'NOT_FOUND', message: 'There is no such resource', name: 'NOT_FOUND' } },
    },
  ])('$name', ({ operation, want }) => {
    expect(start(file(operation)).act('act')).toMatchObject(want);
  });

  test('a file without envelopes answers with the bare data and plain errors', () => {
    const { act } = start(
      'collections: { t: { seed: [{ id: 1 }] } }\noperations: { act: { do: get, in: t, key: $request.body } }\nerrors: { NOT_FOUND: { code: 404 } }',
    );
    expect(act('act', { body: 1 })).toEqual({ status: undefined, body: { id: 1 } });
    expect(act('act', { body: 2 })).toEqual({
      status: 404,
      body: { error: '404', message: 'There is no such resource' },
      error: 'NOT_FOUND',
    });
  });

  test('headers of the answer', () => {
    const [model] = compileText(
      'collections: { t: {} }\noperations: { act: { do: create, in: t, headers: { Location: "/t/{$row#/id}", X-None: $absent } } }',
    );
    const operation = model?.operations.get('act');
    if (model === undefined || operation === undefined) throw new Error('there is an operation');
    expect(answer(model, operation, { ...NO_REQUEST, body: {} }, createWorld(createBase([]))).headers).toEqual({ Location: '/t/1' });
  });
});

describe('a request that is refused before its operation', () => {
  const [model] = compileText(
    'collections: { t: {} }\noperations: { act: { do: get, in: t, key: $request.path.id, otherwise: GONE } }\nerrors: { GONE: { status: 410 } }',
  );
  if (model === undefined) throw new Error('there is a model');
  const world = createWorld(createBase([['test/t', [['1', { id: 1 }]]]]));
  const refusal = (id: number, name: 'INVALID' | 'UNAUTHORIZED', pathIsValid: boolean) =>
    refuseRequest(model, 'act', { ...NO_REQUEST, path: { id } }, world, name, 'too long', pathIsValid).error;
  test.each([
    { name: 'the row is there', id: 1, refused: 'INVALID' as const, pathIsValid: true, want: 'INVALID' },
    { name: 'there is no such row: that comes first', id: 2, refused: 'INVALID' as const, pathIsValid: true, want: 'GONE' },
    { name: 'the path itself is not valid', id: 2, refused: 'INVALID' as const, pathIsValid: false, want: 'INVALID' },
    { name: 'who may not ask is not told what there is', id: 2, refused: 'UNAUTHORIZED' as const, pathIsValid: true, want: 'UNAUTHORIZED' },
  ])('$name', ({ id, refused, pathIsValid, want }) => {
    expect(refusal(id, refused, pathIsValid)).toBe(want);
  });
});

describe('dead tokens', () => {
  const [model] = compileText(`
timezone: '+08:00'
bearer: { in: token, expires: ends }
collections: { token: { key: { field: value, strategy: given }, fields: [ends], softDelete: { gone: 1 } } }`);
  if (model === undefined) throw new Error('there is a model');
  test.each([
    { name: 'unknown', row: undefined, want: false },
    { name: 'live', row: { ends: 1001 }, want: false },
    { name: 'ended now', row: { ends: 1000 }, want: true },
    { name: 'ended, as text', row: { ends: '1970-01-01 08:00:01' }, want: true },
    { name: 'live, as text', row: { ends: '1970-01-01T00:00:02Z' }, want: false },
    { name: 'without an end', row: {}, want: false },
    { name: 'withdrawn', row: { ends: 1001, gone: 1 }, want: true },
  ])('$name', ({ row, want }) => {
    const world = createWorld(createBase([['test/token', row === undefined ? [] : [['abc', { value: 'abc', ...row }]]]]), () => 1000);
    expect(isDeadToken(model, 'abc', world, model.collections)).toBe(want);
  });
});
