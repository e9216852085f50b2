import { expect, test } from 'vitest';
import { control, startShop } from './control.fixture.ts';

const rule = { document: 'shop', operationId: 'listPets', status: 503 };

test('an operation is answered as wanted, in its session, as often as asked; the state is left alone', async () => {
  const shop = await startShop();
  const mine = shop.session({ name: 'mine' });
  const set = await control(shop.url, 'PUT /__hufu/sessions/mine/forced', { body: [{ ...rule, times: 2 }] });
  expect(set.body).toEqual([{ ...rule, times: 2, taken: 0 }]);
  const statuses = [];
  for (let turn = 0; turn < 3; turn += 1) statuses.push((await mine.fetch('/pets')).status);
  expect(statuses).toEqual([503, 503, 200]);
  expect((await shop.fetch('/pets')).status).toBe(200);
  expect((await control(shop.url, 'GET /__hufu/sessions/mine/forced')).body).toEqual([{ ...rule, times: 2, taken: 2 }]);
  expect(mine.journal().map(({ forced }) => forced?.code)).toEqual(['503', '503', undefined]);
});

test('it goes before what the client asks for, until it is cleared', async () => {
  const shop = await startShop();
  await control(shop.url, 'PUT /__hufu/sessions/default/forced', { body: [rule] });
  const ask = async () => (await shop.fetch('/pets', { headers: { prefer: 'code=200' } })).status;
  expect(await ask()).toBe(503);
  expect((await control(shop.url, 'DELETE /__hufu/sessions/default/forced')).status).toBe(204);
  expect(await ask()).toBe(200);
});

test('a request that breaks the document is refused all the same', async () => {
  const shop = await startShop();
  await control(shop.url, 'PUT /__hufu/sessions/default/forced', { body: [{ document: 'shop', operationId: 'savePet', status: 200 }] });
  expect((await shop.fetch('/pets', { method: 'POST', body: [1] })).status).not.toBe(200);
});

test.each<[name: string, rules: unknown, told: string]>([
  ['an unknown operation', [{ ...rule, operationId: 'listPats' }], 'no operation "listPats"'],
  ['an unknown document', [{ ...rule, document: 'shap' }], 'document "shap"'],
  ['an undocumented status', [{ ...rule, status: 418 }], 'no response 418 to force. Documented: 200, 503.'],
  ['an unknown example', [{ ...rule, example: 'cat' }], 'no example "cat"'],
  ['an operation twice', [rule, rule], 'Two rules are about listPets'],
])('%s is refused', async (_name, rules, told) => {
  const shop = await startShop();
  const answer = await control(shop.url, 'PUT /__hufu/sessions/default/forced', { body: rules });
  expect([answer.status, answer.code]).toEqual([400, 'INVALID_REQUEST']);
  expect(answer.text).toContain(told.replaceAll('"', '\\"'));
});

test('a fault that answers instead takes no forced answer', async () => {
  const shop = await startShop();
  await control(shop.url, 'PUT /__hufu/sessions/default/forced', { body: [{ ...rule, times: 1 }] });
  shop.faults.set([{ status: 500, times: 1 }]);
  expect([(await shop.fetch('/pets')).status, (await shop.fetch('/pets')).status, (await shop.fetch('/pets')).status]).toEqual([
    500, 503, 200,
  ]);
});
