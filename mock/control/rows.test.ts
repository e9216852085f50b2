import { expect, test } from 'vitest';
import { control, startShop } from './control.fixture.ts';

const shop = await startShop();
const state = (session: string): string => `/__hufu/sessions/${session}/state`;
const rowsOf = async (session: string) => (await control(shop.url, `GET ${state(session)}`)).body;

test('a session that nobody used begins with its scenario, empty collections included', async () => {
  expect(await rowsOf('fresh')).toEqual({ 'shop/pet': [{ no: 1, name: '小白' }] });
  expect((await control(shop.url, `GET ${state('fresh')}?collection=shop/owner`)).body).toEqual({ 'shop/owner': [] });
});

test('replaced rows are what the operations answer, and every digit counts', async () => {
  const rows = [{ no: 9_007_199_254_740_993n, name: '大' }, { no: 2 }];
  expect((await control(shop.url, `PUT ${state('put')}`, { body: { 'shop/pet': rows } })).status).toBe(204);
  expect((await control(shop.url, `GET ${state('put')}?collection=shop/pet`)).text).toBe(
    '{"shop/pet":[{"no":9007199254740993,"name":"大"},{"no":2}]}',
  );
  const listed = await shop.session({ name: 'put' }).fetch('/pets');
  expect(listed.body).toEqual({ total: 2, list: rows });
  expect((await control(shop.url, `PUT ${state('put')}`, { body: {} })).status).toBe(204);
  expect((await shop.session({ name: 'put' }).fetch('/pets')).body).toEqual({ total: 0, list: [] });
});

test('patched rows keep the fields that are not named; others are added or go', async () => {
  const put = { 'shop/pet': [{ no: 1, age: 3 }, { no: 18_014_398_509_481_985n }], 'shop/owner': [{ id: '小王' }] };
  const first = await control(shop.url, `PATCH ${state('patch')}`, { body: { put } });
  expect(first.body).toEqual({ put: 3, removed: 0 });
  const second = await control(shop.url, `PATCH ${state('patch')}`, {
    body: { remove: { 'shop/pet': [18_014_398_509_481_985n, 99], 'shop/owner': ['小王'] } },
  });
  expect(second.body).toEqual({ put: 0, removed: 2 });
  expect(await rowsOf('patch')).toMatchObject({ 'shop/pet': [{ no: 1, name: '小白', age: 3 }] });
});

test('a row that is set is exactly that, and stays where it was', async () => {
  await control(shop.url, `PATCH ${state('set')}`, { body: { put: { 'shop/pet': [{ no: 2 }] } } });
  expect((await control(shop.url, `PATCH ${state('set')}`, { body: { set: { 'shop/pet': [{ no: 1, age: 3 }] } } })).body).toEqual({
    put: 1,
    removed: 0,
  });
  expect(await rowsOf('set')).toEqual({ 'shop/pet': [{ no: 1, age: 3 }, { no: 2 }] });
});

test.each<[name: string, line: string, body: unknown, code: string, detail: RegExp]>([
  ['a collection that is not there', 'PUT', { 'shop/pt': [] }, 'UNKNOWN_COLLECTION', /"shop\/pt"; there are: shop\/pet, shop\/owner/],
  ['a name that is everybody’s', 'PUT', JSON.parse('{"__proto__":[{"no":1}]}'), 'UNKNOWN_COLLECTION', /__proto__/],
  [
    'a row without a key',
    'PUT',
    { 'shop/pet': [{ no: 1 }, { name: 'x' }] },
    'INVALID_ROWS',
    /Row 1 of "shop\/pet" has no key: it has no "no"/,
  ],
  ['a key that is none', 'PATCH', { put: { 'shop/pet': [{ no: [1] }] } }, 'INVALID_ROWS', /neither text nor a number/],
  ['a key twice', 'PUT', { 'shop/pet': [{ no: 1 }, { no: '1' }] }, 'INVALID_ROWS', /the key "1"/],
  ['rows that are none', 'PUT', { 'shop/pet': [1] }, 'INVALID_REQUEST', /\/shop~1pet\/0/],
  ['a list that is none', 'PUT', { 'shop/pet': {} }, 'INVALID_REQUEST', /\/shop~1pet/],
  ['something else to do', 'PATCH', { drop: {} }, 'INVALID_REQUEST', /drop/],
  ['nothing to do', 'PATCH', {}, 'INVALID_REQUEST', /body/],
  ['a key to remove of a collection that is not there', 'PATCH', { remove: { 'shop/none': [1] } }, 'UNKNOWN_COLLECTION', /shop\/none/],
])('%s: nothing is changed', async (_name, method, body, code, detail) => {
  const before = await rowsOf('refused');
  const answer = await control(shop.url, `${method} ${state('refused')}`, { body });
  expect([answer.status, answer.code]).toEqual([400, code]);
  expect((answer.body as { detail: string }).detail).toMatch(detail);
  expect(await rowsOf('refused')).toEqual(before);
});

test('an unknown collection to read', async () => {
  const answer = await control(shop.url, `GET ${state('x')}?collection=pet`);
  expect([answer.status, answer.code]).toEqual([400, 'UNKNOWN_COLLECTION']);
});
