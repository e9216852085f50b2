import { expect, test } from 'vitest';
import { createJournal } from '../index.ts';
import { mockOf, serve } from '../mock.fixture.ts';
import { control, SHOP, startShop } from './control.fixture.ts';

const again = async (url: string, id: number) => control(url, `POST /__hufu/journal/${id}/again`);

test('the whole request is sent, with what the journal masks and cuts', async () => {
  const shop = await startShop();
  const name = '长'.repeat(40_000);
  const headers = { authorization: 'Bearer open-sesame', 'x-note': 'kept', cookie: 'sid=1' };
  const mine = shop.session({ name: 'mine' });
  await mine.fetch('/pets?token=secret%20&a=b', { method: 'POST', headers, body: { name } });
  const answer = await again(shop.url, 1);
  expect([answer.status, answer.body]).toEqual([200, { status: 200, id: 2 }]);
  const [first, second] = mine.journal();
  expect(second?.request).toMatchObject({ method: 'POST', path: '/pets', query: 'token=secret%20&a=b', headers });
  expect(second?.request.body?.equals(first?.request.body ?? Buffer.alloc(0))).toBe(true);
  // It was done again, not only answered again.
  expect((await mine.state.read())['shop/pet']?.filter((row) => row['name'] === name)).toHaveLength(2);
  expect((await shop.session({ name: 'default' }).state.read())['shop/pet']).toHaveLength(1);
});

test('bytes stay bytes; a session that the path named is the same one', async () => {
  const shop = await startShop();
  const body = Buffer.from([0, 255, 0x80, 10, 13]);
  await shop.fetch('/~named/bytes', { method: 'POST', body, headers: { 'content-type': 'application/octet-stream' } });
  await again(shop.url, 1);
  const [, second] = shop.session({ name: 'named' }).journal();
  expect(second?.request.body?.equals(body)).toBe(true);
});

test('faults meet it as they meet any request', async () => {
  const shop = await startShop();
  await shop.fetch('/pets');
  await control(shop.url, 'PUT /__hufu/faults', { body: [{ match: { operationId: 'listPets' }, errorRate: 1, status: 502, times: 1 }] });
  expect((await again(shop.url, 1)).body).toEqual({ status: 502, id: 2 });
  await control(shop.url, 'PUT /__hufu/faults', { body: [{ match: { operationId: 'listPets' }, reset: true, times: 1 }] });
  expect((await again(shop.url, 1)).body).toMatchObject({ status: 0 });
  await control(shop.url, 'PUT /__hufu/faults', { body: [{ match: { operationId: 'listPets' }, truncate: 1, times: 1 }] });
  expect((await again(shop.url, 1)).body).toMatchObject({ status: 200 });
  expect((await again(shop.url, 1)).body).toMatchObject({ status: 200 });
});

test('a request that met nothing, and ones of odd methods and targets', async () => {
  const shop = await startShop();
  await control(shop.url, `GET /none/%E4%BD%A0?q=%`);
  await shop.fetch('/pets', { method: 'DELETE', body: { a: 1 } });
  await control(shop.url, 'HEAD /pets');
  for (const [id, status] of [
    [1, 404],
    [2, 405],
    [3, 200],
  ] as const)
    expect((await again(shop.url, id)).body).toEqual({ status, id: id + 3 });
  const lines = shop.journal().map(({ request }) => [request.method, request.path, request.query, request.body?.toString()]);
  expect(lines.slice(3)).toEqual(lines.slice(0, 3));
});

test('a body that was refused before it was read is not made up', async () => {
  const server = await serve(await mockOf([SHOP]), { journal: createJournal(), bodyLimit: 10 });
  await control(server.url, 'POST /pets', { body: { long: 'x'.repeat(100) } });
  const answer = await again(server.url, 1);
  expect([answer.status, answer.code]).toEqual([400, 'INVALID_REQUEST']);
  expect(answer.text).toContain('nothing to send again');
});
