import { describe, expect, test } from 'vitest';
import { pseudonymOf } from '../redact/pseudonym.ts';
import { createBindings } from './bindings.ts';
import { compareAnswers } from './compare.ts';
import type { Comparison } from './compare.ts';
import { createContractMarks } from './contract-marks.ts';
import { exchangesOf, judge, tableOf } from './replay.fixture.ts';
import type { Said } from './replay.fixture.ts';
import { saidBy } from './replay.ts';

const moment = { type: 'string', format: 'date-time' };
const order = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    title: { type: 'string' },
    madeAt: moment,
    serial: { type: 'string', readOnly: true },
    phone: { type: 'string', 'x-sensitive': true },
  },
};
const json = (schema: unknown): Record<string, unknown> => ({ content: { 'application/json': { schema } } });
const table = tableOf({
  components: {
    schemas: {
      Done: { type: 'object', required: ['success'], properties: { success: { const: true } } },
      Card: { type: 'object', required: ['card'], properties: { card: { type: 'string' } } },
      Cash: { type: 'object', required: ['cash'], properties: { cash: { type: 'string' } } },
    },
  },
  paths: {
    '/orders': {
      get: { operationId: 'listOrders', responses: { 200: { description: 'ok', ...json({}) }, 400: { description: 'no', ...json({}) } } },
      post: {
        operationId: 'createOrder',
        requestBody: json({}),
        responses: { '2XX': { description: 'ok', content: { 'application/json': { schema: order }, 'text/plain': {} } } },
      },
    },
    '/orders/{id}': {
      get: {
        operationId: 'getOrder',
        parameters: [{ name: 'id', in: 'path', required: true, schema: {} }],
        responses: { 200: { description: 'ok', ...json(order) } },
      },
    },
    '/pay': {
      post: {
        operationId: 'pay',
        responses: {
          200: { description: 'ok', ...json({ oneOf: [{ $ref: '#/components/schemas/Card' }, { $ref: '#/components/schemas/Cash' }] }) },
        },
      },
    },
  },
});
const state = {
  collections: { order: { key: { field: 'id', strategy: 'sequence' }, stamps: { create: { on: '$now.local' } } } },
  operations: {
    listOrders: { do: 'list', in: 'order', page: { out: { rows: '$rows', found: '$total' } } },
    createOrder: { do: 'create', in: 'order', show: '$row' },
    getOrder: { do: 'get', in: 'order', key: '$request.path.id' },
    pay: { do: 'update', in: 'order' },
  },
};
const marks = createContractMarks(table, new Map([['api', state]]));
const LONG = '3f2b8c1a-9d4e-4f6a-8b7c-2e1d0f9a8b7c';
const OTHER = 'b7c2e1d0-8b7c-4f6a-9d4e-3f2b8c1af9a8';

/** The differences as `rule pointer: code`; row 7 is the recording's own and has become row 70. */
async function differences(line: string, said: Said, left: Said, right: Said, more: Partial<Comparison> = {}): Promise<string[]> {
  const [one, other] = await judge(table, exchangesOf([line, { ...said, ...left }], [line, { ...said, ...right }]));
  if (one === undefined || other === undefined) throw new Error('no exchanges');
  const bindings = createBindings();
  bindings.bind('7', '70');
  const comparison: Comparison = {
    names: ['recorded', 'answered'],
    marks,
    bindings,
    own: new Set(['7']),
    subject: 'own',
    unsteady: new Set(),
    said: saidBy(one),
    isFromClient: () => false,
    isTimeBound: false,
    isMasked: false,
    ignoresWording: false,
    ...more,
  };
  return compareAnswers(one, other, comparison).map(
    ({ rule, pointer = '', property, code }) => `${rule} ${[pointer, property].filter((part) => part !== undefined).join('/')}: ${code}`,
  );
}

const get = 'GET /orders/7';
const answer = (value: unknown): Said => ({ answer: value });

describe('what differs', () => {
  test.each<readonly [name: string, line: string, left: Said, right: Said, want: readonly string[]]>([
    ['nothing', get, answer({ id: 7, title: 'a' }), answer({ id: 70, title: 'a' }), []],
    ['the status', get, answer({ id: 7 }), { ...answer({ id: 7 }), status: 404 }, ['replay-status : status']],
    ['the outcome by the envelope', 'GET /orders', answer({ success: true }), answer({ success: false }), ['replay-branch : outcome']],
    ['the branch of the schema', 'POST /pay', answer({ card: 'a' }), answer({ cash: 'a' }), ['replay-branch : branch']],
    [
      'the media type',
      'POST /orders',
      answer({ id: 7 }),
      { answerHeaders: { 'content-type': 'text/plain' }, answer: 'x' },
      ['replay-shape : media-type'],
    ],
    [
      'a parameter of the media type does not',
      get,
      { answerHeaders: { 'content-type': 'application/json; charset=utf-8' }, answer: { id: 7 } },
      answer({ id: 70 }),
      [],
    ],
    ['a member is missing', get, answer({ id: 7, title: 'a' }), answer({ id: 70 }), ['replay-shape /title: property']],
    ['a member is new', get, answer({ id: 7 }), answer({ id: 70, title: 'a' }), ['replay-shape /title: property']],
    ['a type', get, answer({ id: 7, title: 'a' }), answer({ id: 70, title: 5 }), ['replay-shape /title: type']],
    ['null for a value', get, answer({ id: 7, title: 'a' }), answer({ id: 70, title: null }), ['replay-shape /title: type']],
    ['a value', get, answer({ id: 7, title: 'a' }), answer({ id: 70, title: 'b' }), ['replay-value /title: value']],
    [
      'a value in an array',
      get,
      answer({ id: 7, tags: ['a', 'b'] }),
      answer({ id: 70, tags: ['a', 'c'] }),
      ['replay-value /tags/1: value'],
    ],
    ['the length of an array', get, answer({ id: 7, tags: ['a', 'b'] }), answer({ id: 70, tags: ['a'] }), ['replay-value /tags: length']],
    ['an array that is empty', get, answer({ id: 7, tags: ['a'] }), answer({ id: 70, tags: [] }), ['replay-shape /tags: empty']],
    ['the key of a row that is bound to another', get, answer({ id: 7 }), answer({ id: 71 }), []],
    [
      'text that is no JSON',
      'POST /orders',
      { answerHeaders: { 'content-type': 'text/plain' }, answer: 'order 7 made' },
      { answerHeaders: { 'content-type': 'text/plain' }, answer: 'order 8 made' },
      ['replay-value : bytes'],
    ],
    [
      'text with a key in it does not',
      'POST /orders',
      { answerHeaders: { 'content-type': 'text/plain' }, answer: 'order 7 made' },
      { answerHeaders: { 'content-type': 'text/plain' }, answer: 'order 70 made' },
      [],
    ],
  ])('%s', async (_name, line, left, right, want) => {
    expect(await differences(line, {}, left, right)).toEqual(want);
  });
});

describe('what the contract lets differ', () => {
  test.each<readonly [name: string, left: unknown, right: unknown]>([
    ['stamps', { id: 7, on: 'x' }, { id: 70, on: 'y' }],
    ['a date-time', { id: 7, madeAt: '2026-01-01T00:00:00Z' }, { id: 70, madeAt: '2027-01-01T00:00:00Z' }],
    ['a moment that the document calls a text', { id: 7, title: '2026-01-01 08:00:00' }, { id: 70, title: '2026-03-01 08:00:00' }],
    ['readOnly', { id: 7, serial: 'a1' }, { id: 70, serial: 'b2' }],
    ['x-sensitive', { id: 7, phone: 'a' }, { id: 70, phone: 'b' }],
    ['masked', { id: 7, title: pseudonymOf(Buffer.from('k'), 'a') }, { id: 70, title: 'b' }],
    ['long and made by the server', { id: 7, trace: LONG }, { id: 70, trace: OTHER }],
    ['a sentence with a key in it', { id: 7, title: '第 7 单' }, { id: 70, title: '第 70 单' }],
  ])('%s', async (_name, left, right) => {
    expect(await differences(get, {}, answer(left), answer(right))).toEqual([]);
  });

  test('not where the client said it', async () => {
    const body = { title: '2026-01-01 08:00:00', trace: LONG };
    expect(
      await differences(
        'POST /orders',
        { body },
        answer({ id: 7, ...body }),
        answer({ id: 70, title: '2026-03-01 08:00:00', trace: OTHER }),
      ),
    ).toEqual(['replay-value /title: value', 'replay-value /trace: value']);
  });

  test('not the last digit of a number that a client had sent', async () => {
    const [left, right] = [{ answer: '{"id":7,"n":9007199254740993}' }, { answer: '{"id":70,"n":9007199254740992}' }];
    expect(await differences(get, {}, left, right, { isFromClient: () => true })).toEqual(['replay-value /n: value']);
  });

  test('what differed in two recorded answers to the same request', async () => {
    expect(await differences(get, {}, answer({ id: 7, load: 1 }), answer({ id: 70, load: 2 }), { unsteady: new Set(['/load']) })).toEqual(
      [],
    );
  });
});

describe('rows of others', () => {
  test('a row that was there before may be anything', async () => {
    expect(
      await differences('GET /orders/5', {}, answer({ id: 5, title: 'a' }), answer({ id: 9, note: 1 }), { subject: 'foreign' }),
    ).toEqual([]);
  });

  test('of a list the own rows are compared, wherever they stand now', async () => {
    const left = {
      rows: [
        { id: 5, title: 'old' },
        { id: 7, title: 'a' },
      ],
      found: 2,
    };
    const right = {
      rows: [
        { id: 70, title: 'b' },
        { id: 8, title: 'x' },
        { id: 9, title: 'y' },
      ],
      found: 3,
    };
    expect(await differences('GET /orders', {}, answer(left), answer(right), { subject: 'none' })).toEqual([
      'replay-value /rows/0/title: value',
    ]);
  });

  test('an empty list where there were rows is told', async () => {
    expect(
      await differences('GET /orders', {}, answer({ rows: [{ id: 5 }], found: 1 }), answer({ rows: [], found: 0 }), { subject: 'none' }),
    ).toEqual(['replay-shape /rows: empty']);
  });

  test('rows where there were none are of others', async () => {
    expect(
      await differences('GET /orders', {}, answer({ rows: [], found: 0 }), answer({ rows: [{ id: 5 }], found: 1 }), { subject: 'none' }),
    ).toEqual([]);
  });
});

test('masked data, passed time and the wording of refusals', async () => {
  const [taken, refused] = [answer({ success: true }), answer({ success: false, message: 'no' })];
  expect(await differences('GET /orders', {}, taken, refused, { isMasked: true })).toEqual([]);
  expect(await differences('GET /orders', {}, taken, { ...refused, status: 500 }, { isMasked: true })).toEqual(['replay-status : status']);
  expect(await differences('GET /orders', {}, taken, refused, { isTimeBound: true })).toEqual([]);
  const reworded = answer({ success: false, message: 'not so' });
  expect(await differences('GET /orders', {}, refused, reworded)).toEqual(['replay-value /message: value']);
  expect(await differences('GET /orders', {}, refused, reworded, { ignoresWording: true })).toEqual([]);
});

test('deep and long answers end nothing', async () => {
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
  expect(await differences('GET /orders', {}, { answer: deep }, { answer: deep })).toEqual([]);
  const long = answer(Array.from({ length: 3_000 }, (_, index) => `a ${index}`));
  const other = answer(Array.from({ length: 3_000 }, (_, index) => `b ${index}`));
  expect(await differences('GET /orders', {}, long, other)).toHaveLength(20);
});
