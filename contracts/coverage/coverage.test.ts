import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { createOperationTable } from '../../operations/index.ts';
import { documentOf } from '../../operations/document.fixture.ts';
import { createCoverage } from './coverage.ts';
import { answering, asking, countsIn, countsOf, judge, named, namesOf, snapshotOf, tableOf } from './judged.fixture.ts';
import type { Wire } from './judged.fixture.ts';
import type { CoverageSnapshot } from './snapshot.ts';

const STATUS = { type: 'string', enum: ['OPEN', 'DONE'] };

describe('cells', () => {
  test('statuses, classes of them and default are cells of their own, and the one that describes the response is hit', () => {
    const table = tableOf({ responses: { 200: { description: '' }, '4XX': { description: '' }, default: { description: '' } } });
    expect(countsOf(table, [{ status: 200 }, { status: 404 }, { status: 422 }, { status: 500 }])).toEqual({
      200: '1/0',
      '4XX': '2/0',
      default: '1/0',
    });
  });

  test('an undocumented status is no cell; the exchange counts for its operation', () => {
    const coverage = createCoverage(tableOf({ responses: { 200: { description: '' } } }));
    const table = tableOf({ responses: { 200: { description: '' } } });
    const fresh = createCoverage(table);
    fresh.add(judge(table, { status: 418 }));
    expect(coverage.result().operations[0]).toMatchObject({ exchanges: 0, failing: 0, cells: 1, covered: 0 });
    expect(fresh.result().operations[0]).toMatchObject({ exchanges: 1, failing: 1, cells: 1, covered: 0 });
  });

  test('media types of requests and, by status, of responses', () => {
    const body = { 'application/json': {}, 'image/*': {} };
    const table = tableOf({ requestBody: { content: body }, responses: { 200: { description: '', content: body } } });
    expect(
      countsOf(table, [
        { body: '{}', answer: 'x', type: 'image/png' },
        { body: 'x', headers: { 'content-type': 'image/gif' } },
        { answer: '<a/>', type: 'text/html' },
      ]),
    ).toEqual({
      200: '2/1',
      '200 application/json': '0/0',
      '200 image/*': '1/0',
      'request application/json': '1/0',
      'request image/*': '1/0',
    });
  });

  test('parameters of all places count when they are sent, even when their text can not be read', () => {
    const table = createOperationTable([
      documentOf({
        openapi: '3.1.0',
        paths: {
          '/it/{id}': {
            get: {
              parameters: [
                { name: 'id', in: 'path', schema: { type: 'integer' } },
                { name: 'q', in: 'query', schema: { type: 'string' } },
                { name: 'deep', in: 'query', content: { 'application/json': {} } },
                { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
                { name: 'sid', in: 'cookie', schema: { type: 'string' } },
              ],
              responses: {},
            },
          },
        },
      }),
    ]);
    const get = { method: 'GET', path: '/it/1' };
    expect(countsOf(table, [get, { ...get, path: '/it/1?deep={', headers: { 'x-trace': 'a', cookie: 'sid=1' } }])).toEqual({
      'path id': '1/1',
      'query q': '0/0',
      'query deep': '0/1',
      'header X-Trace': '0/1',
      'cookie sid': '0/1',
    });
  });

  test('values of parameters and of both bodies', () => {
    const table = tableOf({
      parameters: [
        { name: 'status', in: 'query', schema: STATUS },
        { name: 'tags', in: 'query', schema: { type: 'array', items: { enum: [1, 2] } } },
      ],
      ...asking({ type: 'object', properties: { urgent: { type: 'boolean' } } }),
      ...answering({ type: 'array', items: { type: 'object', properties: { status: STATUS } } }),
    });
    const wires = [
      { path: '/it?status=OPEN&tags=2&tags=2', body: { urgent: true }, answer: [{ status: 'DONE' }, { status: 'DONE' }] },
      { body: { urgent: true }, answer: [{ status: 'LOST' }, { status: 'OPEN' }] },
    ];
    expect(countsOf(table, wires, 'enum')).toEqual({
      'query status=OPEN': '1/0',
      'query status=DONE': '0/0',
      'query tags /*=1': '0/0',
      'query tags /*=2': '1/0',
      'body /urgent=true': '1/1',
      'body /urgent=false': '0/0',
      '200 /*/status=OPEN': '0/1',
      '200 /*/status=DONE': '1/0',
    });
  });

  test('exchanges that mean no operation or were left aside count nothing', () => {
    const table = tableOf(answering({}));
    const coverage = createCoverage(table);
    coverage.add(judge(table, { path: '/other' }));
    coverage.add({ ...judge(table, {}), skipped: 'preflight' });
    expect(coverage.snapshot()).toEqual({ operations: [] });
  });

  test('what only failing exchanges show is told apart', () => {
    const table = tableOf({ ...answering({ type: 'object' }), parameters: [{ name: 'a', in: 'query', schema: { type: 'integer' } }] });
    const coverage = createCoverage(table);
    for (const path of ['/it?a=x', '/it']) coverage.add(judge(table, { path, answer: {} }));
    expect(coverage.result()).toEqual({
      cells: 3,
      covered: 2,
      failing: 1,
      operations: [
        {
          document: 'api',
          id: 'it',
          method: 'POST',
          path: '/it',
          exchanges: 2,
          failing: 1,
          cells: 3,
          covered: 2,
          list: [
            { kind: 'status', name: '200', ok: 1, failing: 1 },
            { kind: 'media-type', name: '200 application/json', ok: 1, failing: 1 },
            { kind: 'parameter', name: 'query a', ok: 0, failing: 1 },
          ],
        },
      ],
    });
  });

  test('Swagger 2.0: forms and responses', () => {
    const table = createOperationTable([
      documentOf({
        swagger: '2.0',
        consumes: ['application/x-www-form-urlencoded'],
        produces: ['application/json'],
        paths: {
          '/it': {
            post: {
              parameters: [{ name: 'kind', in: 'formData', type: 'string', enum: ['a', 'b'] }],
              responses: { 200: { description: '', schema: { type: 'boolean' } } },
            },
          },
        },
      }),
    ]);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(countsOf(table, [{ body: 'kind=b', headers, answer: 'true' }])).toEqual({
      200: '1/0',
      '200 application/json': '1/0',
      'request application/x-www-form-urlencoded': '1/0',
      'body /kind=a': '0/0',
      'body /kind=b': '1/0',
      '200=true': '1/0',
      '200=false': '0/0',
    });
  });
});

describe('merge', () => {
  const table = tableOf({
    parameters: [{ name: 'status', in: 'query', schema: STATUS }],
    ...answering({ type: 'object', properties: { status: STATUS } }),
  });
  const wires: fc.Arbitrary<Wire[]> = fc.array(
    fc.record({
      path: fc.constantFrom('/it', '/it?status=OPEN', '/it?status=DONE', '/it?status=LOST', '/other'),
      status: fc.constantFrom(200, 404),
      answer: fc.constantFrom({}, { status: 'OPEN' }, { status: 'LOST' }, '{'),
    }),
    { maxLength: 5 },
  );
  const merged = (...parts: readonly CoverageSnapshot[]): CoverageSnapshot => {
    const coverage = createCoverage(table);
    for (const part of parts) coverage.merge(part);
    return coverage.snapshot();
  };

  test('is as if all exchanges had been counted at one place; order and grouping do not matter', () => {
    fc.assert(
      fc.property(wires, wires, wires, (a, b, c) => {
        const [x, y, z] = [snapshotOf(table, a), snapshotOf(table, b), snapshotOf(table, c)];
        const whole = snapshotOf(table, [...a, ...b, ...c]);
        expect(merged(x, y, z)).toEqual(whole);
        expect(merged(z, x, y)).toEqual(whole);
        expect(merged(merged(x, y), z)).toEqual(whole);
        expect(merged(x, merged(y, z))).toEqual(whole);
      }),
    );
  });

  test('a snapshot goes through JSON, structured clone and a report as it is', () => {
    const snapshot = snapshotOf(table, [{ path: '/it?status=OPEN', answer: { status: 'DONE' } }]);
    const coverage = createCoverage(table);
    coverage.merge(snapshot);
    expect(merged(JSON.parse(JSON.stringify(snapshot)) as CoverageSnapshot)).toEqual(snapshot);
    expect(merged(structuredClone(snapshot))).toEqual(snapshot);
    expect(merged(coverage.result())).toEqual(snapshot);
  });

  test('goes on counting after it', () => {
    const coverage = createCoverage(table);
    coverage.merge(snapshotOf(table, [{ path: '/it?status=OPEN', answer: {} }]));
    coverage.add(judge(table, { path: '/it?status=OPEN', answer: {} }));
    expect(countsIn(coverage, 'parameter')).toEqual({ 'query status': '2/0' });
  });

  test('documents, operations and cells that there are not any more are dropped', () => {
    const [operation] = snapshotOf(table, [{ answer: {} }]).operations;
    const gone = { kind: 'status', name: '599', ok: 1, failing: 0 } as const;
    const operations =
      operation === undefined
        ? []
        : [
            { ...operation, document: 'gone' },
            { ...operation, id: 'gone' },
            { ...operation, list: [gone] },
          ];
    expect(operations).toHaveLength(3);
    expect(merged({ operations })).toEqual({ operations: [{ ...operation, list: [] }] });
  });

  test('operations of one id are told apart by document, else by method and path', () => {
    const item = { operationId: 'same', responses: { 200: { description: '' } } };
    const document = documentOf({ openapi: '3.1.0', paths: { '/a': { get: item, post: item }, '/b': { post: item } } });
    const both = createOperationTable([
      named(document, 'one'),
      named(documentOf({ openapi: '3.1.0', paths: { '/c': { post: item } } }), 'two'),
    ]);
    const snapshot = snapshotOf(both, [{ path: '/a' }, { path: '/b' }, { path: '/b' }, { path: '/c' }]);
    const coverage = createCoverage(both);
    coverage.merge(snapshot);
    expect(
      coverage.result().operations.map(({ document, method, path, exchanges }) => `${document} ${method} ${path} ${exchanges}`),
    ).toEqual(['one GET /a 0', 'one POST /a 1', 'one POST /b 2', 'two POST /c 1']);
  });

  test('counts stop where whole numbers end', () => {
    const [operation] = snapshotOf(table, [{}]).operations;
    const most = { kind: 'status', name: '200', ok: Number.MAX_SAFE_INTEGER, failing: 1 } as const;
    const operations = operation === undefined ? [] : [{ ...operation, list: [most] }];
    expect(merged({ operations }, { operations }).operations[0]?.list).toEqual([{ ...most, failing: 2 }]);
  });
});

test('any document gives cells, or none, and no error', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.jsonValue(), (schema, value) => {
      const table = tableOf({ ...asking(schema), ...answering(schema), parameters: [{ name: 'a', in: 'query', schema }] });
      expect(() => countsOf(table, [{ path: '/it?a=1', body: value, answer: value }])).not.toThrow();
      expect(namesOf(table).length).toBeGreaterThan(0);
    }),
    { numRuns: 50 },
  );
});
