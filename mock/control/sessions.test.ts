import { expect, test } from 'vitest';
import { control, startShop } from './control.fixture.ts';

const shop = await startShop();
const ask = (line: string, body?: unknown) => control(shop.url, line, body === undefined ? {} : { body });
const pets = async (name: string) => ((await shop.session({ name }).fetch('/pets')).body as { total: number }).total;
const add = (name: string) => shop.session({ name }).fetch('/pets', { method: 'POST', body: { name: '小黑' } });

test('used sessions are listed until they are removed, and begin anew after that', async () => {
  await add('walk');
  expect(await pets('walk')).toBe(2);
  const names = async () => ((await ask('GET /__hufu/sessions')).body as { name: string }[]).map(({ name }) => name);
  expect(await names()).toContain('walk');
  expect((await ask('DELETE /__hufu/sessions/walk')).status).toBe(204);
  expect(await names()).not.toContain('walk');
  expect((await ask('DELETE /__hufu/sessions/walk')).code).toBe('UNKNOWN_SESSION');
  expect(await pets('walk')).toBe(1);
});

test('a reset goes back to the scenario it is on, or to another; without a body too', async () => {
  expect((await ask('GET /__hufu/scenarios')).body).toEqual(['default', 'empty']);
  await add('reset');
  expect((await ask('POST /__hufu/sessions/reset/reset')).status).toBe(204);
  expect(await pets('reset')).toBe(1);
  await ask('POST /__hufu/sessions/reset/reset', { scenario: 'empty' });
  expect(await pets('reset')).toBe(0);
  await add('reset');
  await ask('POST /__hufu/sessions/reset/reset', {});
  expect(await pets('reset')).toBe(0);
  const unknown = await ask('POST /__hufu/sessions/reset/reset', { scenario: 'nowhere' });
  expect([unknown.status, unknown.code, unknown.text]).toEqual([400, 'UNKNOWN_SCENARIO', expect.stringContaining('default, empty')]);
});

test('a snapshot is what the session was, again and again', async () => {
  await ask('PUT /__hufu/sessions/snap/snapshots/before');
  for (let turn = 0; turn < 2; turn += 1) {
    await add('snap');
    expect(await pets('snap')).toBe(2);
    expect((await ask('POST /__hufu/sessions/snap/snapshots/before/restore')).status).toBe(204);
    expect(await pets('snap')).toBe(1);
  }
  expect((await ask('GET /__hufu/sessions/snap/snapshots')).body).toEqual(['before']);
  expect((await ask('DELETE /__hufu/sessions/snap/snapshots/before')).status).toBe(204);
  expect((await ask('GET /__hufu/sessions/snap/snapshots')).body).toEqual([]);
});

test('the clock of a session', async () => {
  const clock = (body?: unknown) => ask(`${body === undefined ? 'GET' : 'POST'} /__hufu/sessions/time/clock`, body);
  const moment = Date.UTC(2030, 0, 1);
  expect((await clock({ freeze: '2030-01-01T08:00:00+08:00' })).body).toEqual({
    now: '2030-01-01T00:00:00.000Z',
    milliseconds: moment,
    frozen: true,
  });
  expect((await clock({ advance: '1h30m' })).body).toMatchObject({ milliseconds: moment + 5_400_000, frozen: true });
  expect((await clock({ advance: 500 })).body).toMatchObject({ milliseconds: moment + 5_400_500 });
  expect((await clock()).body).toMatchObject({ milliseconds: moment + 5_400_500 });
  expect((await clock({ freeze: moment })).body).toMatchObject({ milliseconds: moment });
  expect((await clock({ freeze: true })).body).toMatchObject({ milliseconds: moment, frozen: true });
  expect((await clock({ resume: true })).body).toMatchObject({ frozen: false });
  expect((await clock({ shift: '-1d' })).body).toMatchObject({ frozen: false, offset: -86_400_000 });
  expect((await clock({ shift: 0 })).body).toMatchObject({ frozen: false, offset: 0 });
  // Another session has its own.
  await clock({ freeze: moment });
  expect((await ask('GET /__hufu/sessions/other/clock')).body).toMatchObject({ frozen: false, offset: 0 });
});

test.each<[name: string, body: unknown, code: string]>([
  ['back in time by advance', { advance: -1 }, 'INVALID_TIME'],
  ['beyond what a date holds', { shift: 8_640_000_000_000_000 }, 'INVALID_TIME'],
  ['beyond what a number holds', { shift: '999999999999999w' }, 'INVALID_TIME'],
  ['a day that is none', { freeze: '2026-02-31T00:00:00Z' }, 'INVALID_REQUEST'],
  ['a moment without a zone', { freeze: '2026-02-03T00:00:00' }, 'INVALID_REQUEST'],
  ['a duration that is none', { advance: 'soon' }, 'INVALID_REQUEST'],
  ['a fraction of a millisecond', { advance: 0.5 }, 'INVALID_REQUEST'],
  ['two things', { freeze: true, resume: true }, 'INVALID_REQUEST'],
  ['nothing', {}, 'INVALID_REQUEST'],
  ['no resume', { resume: false }, 'INVALID_REQUEST'],
])('a clock is not set: %s', async (_name, body, code) => {
  const answer = await ask('POST /__hufu/sessions/refused/clock', body);
  expect([answer.status, answer.code]).toEqual([400, code]);
});

test('the document has the sessions’ own rule for names', async () => {
  const names = ['a', 'A-b_c.9', '.', 'x'.repeat(64), 'x'.repeat(65), '%21', '%20', '%E5%A5%BD', 'a%2Fb', 'a%0A', '%C3%28'];
  for (const name of names) {
    const asked = await ask(`POST /__hufu/sessions/${name}/reset`);
    const used = await control(shop.url, 'GET /pets', { headers: { 'x-hufu-session': decoded(name) } });
    expect([name, asked.status === 204]).toEqual([name, used.status === 200]);
  }
});

/** As far as a header can carry it. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name).replace(/[^\x21-\x7e]/g, '?');
  } catch {
    return '?';
  }
}
