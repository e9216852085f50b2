import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMock } from '../index.ts';
import type { StartedMock } from '../index.ts';

let mock: StartedMock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(async () => {
  await mock.close();
});

const tie = { uid: 1, title: '天天健步走', img: 'https://example.com/a.jpg', brief: '走路', link: 'https://example.com/t' };

test('what a session creates, it lists; another session knows nothing of it', async () => {
  const [one, other] = [mock.session({ scenario: 'empty' }), mock.session({ scenario: 'empty' })];
  const saved = await one.fetch('/tie/saveOrUpdate.json', { method: 'POST', body: tie });
  expect(saved).toMatchObject({ status: 200, body: { success: 'true', data: { tieid: 1000001 } } });
  const list = (session: typeof one) => session.fetch('/tie/list.json', { method: 'POST', body: { uid: 1 } });
  expect((await list(one)).body).toMatchObject({ data: { count: 1, list: [{ title: '天天健步走' }] } });
  expect((await list(other)).body).toMatchObject({ data: { count: 0, list: [] } });
  await one.expectNoViolations();
  await other.expectNoViolations();
});

test('a refusal in the envelope of the module changes nothing', async () => {
  const session = mock.session({ scenario: 'empty' });
  const { status, body } = await session.fetch('/tie/saveOrUpdate.json', { method: 'POST', body: { title: 'x' } });
  expect(status).toBe(200);
  expect(body).toMatchObject({ error_code: '10000', error_message: expect.stringContaining('uid') });
  expect((await session.state.read())['tie/tie'] ?? []).toEqual([]);
  await session.expectNoViolations();
});

test.each([
  ['a row without a key', { 'tie/tie': [{ id: 1 }, { title: 'x' }] }, 'Row 1 of "tie/tie" has no key: it has no "id".'],
  ['a collection that is none', { 'tie/tea': [] }, /^There is no collection "tie\/tea"; there are: .*tie\/tie/],
])('%s is refused, and nothing is changed', async (_name, rows, told) => {
  const session = mock.session({ scenario: 'empty' });
  await expect(session.state.patch(rows)).rejects.toThrow(told);
  expect((await session.state.read())['tie/tie'] ?? []).toEqual([]);
});
