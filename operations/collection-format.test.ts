import { describe, expect, test } from 'vitest';
import { documentOf, firstOperation } from './document.fixture.ts';
import type { Operation } from './operation.ts';
import { validateRequest } from './validate-request.ts';
import { judgeResponse } from './validate-response.ts';

type Members = Readonly<Record<string, unknown>>;

const LIST = { type: 'array', items: { type: 'integer' } };

function operationOf(parameters: readonly Members[], responses: Members = {}, path = '/it', consumes?: string): Operation {
  const post = { parameters, responses, ...(consumes === undefined ? {} : { consumes: [consumes] }) };
  return firstOperation(documentOf({ swagger: '2.0', paths: { [path]: { post } } }));
}

/** What is wrong with a request to `/it`. */
async function told(
  operation: Operation,
  given: { path?: string; query?: string; header?: string; body?: string; type?: string },
): Promise<string[]> {
  const { path, query = '', header, body, type = 'application/x-www-form-urlencoded' } = given;
  const { violations } = await validateRequest(
    operation,
    {
      method: 'POST',
      path: '/it',
      query,
      headers: { ...(header === undefined ? {} : { 'x-l': header }), ...(body === undefined ? {} : { 'content-type': type }) },
      body: body === undefined ? undefined : Buffer.from(body),
    },
    new Map(path === undefined ? [] : [['l', path]]),
  );
  return violations.map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('collectionFormat (Swagger 2.0, Parameter Object)', () => {
  const cases: readonly [format: string, right: string, wrong: string, encoded: string][] = [
    ['csv', '1,2', '1,x', '1%2C2'],
    ['pipes', '1|2', '1|x', '1%7C2'],
    ['ssv', '1 2', '1 x', '1%202'],
    ['tsv', '1\t2', '1\tx', '1%092'],
  ];
  test.each(cases)('%s', async (collectionFormat, right, wrong, encoded) => {
    const encode = (text: string): string => encodeURIComponent(text).replaceAll('%2C', ',');
    const path = operationOf([{ name: 'l', in: 'path', required: true, ...LIST, collectionFormat }], {}, '/it/{l}');
    expect(await told(path, { path: right })).toEqual([]);
    expect(await told(path, { path: encoded })).toEqual([]);
    expect(await told(path, { path: wrong })).toEqual(['/1 type']);
    const header = operationOf([{ name: 'X-L', in: 'header', ...LIST, collectionFormat }]);
    expect(await told(header, { header: right })).toEqual([]);
    expect(await told(header, { header: wrong })).toEqual(['/1 type']);
    const query = operationOf([{ name: 'l', in: 'query', ...LIST, collectionFormat }]);
    expect(await told(query, { query: `l=${encode(right)}` })).toEqual([]);
    expect(await told(query, { query: `l=${encode(wrong)}` })).toEqual(['/1 type']);
    const form = operationOf([{ name: 'l', in: 'formData', ...LIST, collectionFormat }]);
    expect(await told(form, { body: `l=${encode(right)}` })).toEqual([]);
    expect(await told(form, { body: `l=${encode(wrong)}` })).toEqual(['/l/1 type']);
    const part = (text: string) => ({
      type: 'multipart/form-data; boundary=X',
      body: `--X\r\nContent-Disposition: form-data; name=l\r\n\r\n${text}\r\n--X--\r\n`,
    });
    const multipart = operationOf([{ name: 'l', in: 'formData', ...LIST, collectionFormat }], {}, '/it', 'multipart/form-data');
    expect(await told(multipart, part(right))).toEqual([]);
    expect(await told(multipart, part(wrong))).toEqual(['/l/1 type']);
    const response = operationOf([], { 200: { headers: { 'X-L': { ...LIST, collectionFormat } } } });
    const answered = async (text: string) =>
      (await judgeResponse(response, { status: 200, headers: { 'x-l': text }, body: undefined }, 'POST')).violations;
    expect(await answered(right)).toEqual([]);
    expect(await answered(wrong)).toMatchObject([{ name: 'X-L', pointer: '/1', code: 'type' }]);
  });

  test('a plus sign is a space in a query only', async () => {
    const list = { type: 'array', items: { type: 'string', pattern: '^a[+]b$' }, collectionFormat: 'ssv' };
    const path = operationOf([{ name: 'l', in: 'path', required: true, ...list }], {}, '/it/{l}');
    expect(await told(path, { path: 'a+b%20a+b' })).toEqual([]);
  });
});

describe('collectionFormat of items (Swagger 2.0, Items Object)', () => {
  const nested = (inner: Members, outer: Members = {}) => ({ type: 'array', ...outer, items: { ...LIST, ...inner } });
  test.each<{ name: string; list: Members; right: string; wrong: string }>([
    { name: 'csv in pipes', list: nested({ collectionFormat: 'csv' }, { collectionFormat: 'pipes' }), right: '1,2|3', wrong: '1|2,x' },
    { name: 'csv by default', list: nested({}, { collectionFormat: 'pipes' }), right: '1,2|3', wrong: '1|2,x' },
    { name: 'pipes in csv', list: nested({ collectionFormat: 'pipes' }), right: '1|2,3', wrong: '1,2|x' },
    { name: 'ssv in csv', list: nested({ collectionFormat: 'ssv' }), right: '1 2,3', wrong: '1,2 x' },
    { name: 'csv in single parameters', list: nested({}, { collectionFormat: 'multi' }), right: '1,2', wrong: '1,2&l=2,x' },
  ])('$name', async ({ list, right, wrong }) => {
    const encode = (text: string): string => encodeURIComponent(text).replaceAll('%26l%3D', '&l=').replaceAll('%2C', ',');
    const query = operationOf([{ name: 'l', in: 'query', ...list }]);
    expect(await told(query, { query: `l=${encode(right)}` })).toEqual([]);
    expect(await told(query, { query: `l=${encode(wrong)}` })).toEqual(['/1/1 type']);
    const form = operationOf([{ name: 'l', in: 'formData', ...list }]);
    expect(await told(form, { body: `l=${encode(right)}` })).toEqual([]);
    expect(await told(form, { body: `l=${encode(wrong)}` })).toEqual(['/l/1/1 type']);
  });

  test('three deep, and empty', async () => {
    const query = operationOf([
      { name: 'l', in: 'query', type: 'array', items: nested({ collectionFormat: 'ssv' }, { collectionFormat: 'pipes' }) },
    ]);
    expect(await told(query, { query: 'l=1%202%7C3,4' })).toEqual([]);
    expect(await told(query, { query: 'l=1%202%7C3,4%7C5%20x' })).toEqual(['/1/1/1 type']);
    expect(await told(query, { query: 'l=1%7C,2' })).toEqual([]);
  });
});

describe('allowEmptyValue (Swagger 2.0, Parameter Object)', () => {
  const field = (more: Members): Operation => operationOf([{ in: 'formData', name: 'n', type: 'integer', ...more }]);
  const lettered = { type: 'string', enum: ['a'], allowEmptyValue: true };
  test.each([
    { name: 'an empty number', operation: field({ allowEmptyValue: true }), body: 'n=', want: [] },
    { name: 'an empty number, where it may not be', operation: field({}), body: 'n=', want: ['/n type'] },
    { name: 'a number', operation: field({ allowEmptyValue: true }), body: 'n=1', want: [] },
    { name: 'an empty one of a list of values', operation: field(lettered), body: 'n=', want: [] },
    { name: 'another one than those of the list', operation: field(lettered), body: 'n=b', want: ['/n anyOf'] },
    { name: 'none, though required', operation: field({ allowEmptyValue: true, required: true }), body: 'm=1', want: [' required'] },
  ])('$name', async ({ operation, body, want }) => expect(await told(operation, { body })).toEqual(want));
});
