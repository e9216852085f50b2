import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMock } from '../../index.ts';
import type { MockSession, StartedMock } from '../../index.ts';

let mock: StartedMock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(async () => {
  await mock.close();
});

/** The body of an answer; that a failure has status 200 too is the mock's choice (D2-06). */
async function call(world: MockSession, path: string, body?: unknown): Promise<unknown> {
  const answer = await world.fetch(`/tie/${path}.json`, { method: 'POST', body });
  expect(answer.status).toBe(200);
  return answer.body;
}

/** A failure whose message says why. */
const failed = (why: string) => ({ error_code: '10000', error_message: expect.stringContaining(why) });
const tie = {
  uid: 300007,
  title: '天天健步走',
  img: 'https://example.com/a.jpg',
  brief: '走路即可赚钱',
  link: 'https://example.com/t/walk',
};
const range = (probabilityMin: number, probabilityMax: number) => ({
  uid: 400006,
  qrcode: 'https://example.com/q',
  probabilityMin,
  probabilityMax,
});

/** Saves a tie; its id. */
async function saveTie(world: MockSession, fields: object = {}): Promise<number> {
  const { data } = (await call(world, 'saveOrUpdate', { ...tie, ...fields })) as { data: { tieid: number } };
  return data.tieid;
}

test('T-TIE-1 a new tie is stored with its defaults', async () => {
  const world = mock.session({ scenario: 'empty' });
  await world.clock.freeze(1767225600000);
  expect(await call(world, 'saveOrUpdate', tie)).toEqual({ success: 'true', data: { tieid: expect.any(Number) } });
  const id = await saveTie(world, { title: '另一个' });
  // D2-16: the link is stored, but queries do not return it.
  const { link: _link, ...shown } = tie;
  expect(await call(world, 'findById', { tieid: id })).toEqual({
    success: 'true',
    data: {
      ...shown,
      id,
      title: '另一个',
      startTime: 0,
      expireTime: 0,
      hasDetail: 0,
      html: 0,
      level: 0,
      invited: 0,
      type: 0,
      status: 0,
      readQuantity: 0,
      createTime: 1767225600000,
      updateTime: 0,
      isDeleted: 0,
    },
  });
  await world.expectNoViolations();
});

test('T-TIE-1 what belongs to the server is not taken from the request', async () => {
  const world = mock.session({ scenario: 'empty' });
  const id = await saveTie(world, { readQuantity: 'many', isDeleted: 1, createTime: -1 });
  expect(await call(world, 'findById', { tieid: id })).toMatchObject({ data: { id, readQuantity: 0, isDeleted: 0 } });
  await world.expectNoViolations();
});

test('T-TIE-2 a tie that is saved with its id is changed', async () => {
  const world = mock.session({ scenario: 'empty' });
  await world.clock.freeze(1767225600000);
  const id = await saveTie(world, { status: 1, level: 3 });
  await world.clock.advance(60_000);
  expect(await saveTie(world, { id, title: '天天夜跑' })).toBe(id);
  expect(await call(world, 'findById', { tieid: id })).toMatchObject({
    data: { title: '天天夜跑', status: 1, level: 3, createTime: 1767225600000, updateTime: 1767225660000 },
  });
  expect(await call(world, 'list', {})).toMatchObject({ data: { count: 1 } });
  expect(await call(world, 'saveOrUpdate', { ...tie, id: id + 1 })).toEqual(failed('贴不存在'));
  expect(await call(world, 'list', {})).toMatchObject({ data: { count: 1 } });
  await world.expectNoViolations();
});

test('T-TIE-3 a tie without uid is refused and not stored', async () => {
  const world = mock.session({ scenario: 'empty' });
  const { uid: _uid, ...nobody } = tie;
  expect(await call(world, 'saveOrUpdate', nobody)).toEqual(failed('uid'));
  expect(await call(world, 'list')).toEqual({ success: 'true', data: { count: 0, list: [] } });
  await world.expectNoViolations();
});

test('T-TIE-4 hasDetail 1 needs html', async () => {
  const world = mock.session({ scenario: 'empty' });
  expect(await call(world, 'saveOrUpdate', { ...tie, hasDetail: 1 })).toEqual(failed('html'));
  const id = await saveTie(world, { hasDetail: 1, html: 11111 });
  expect(await call(world, 'findById', { tieid: id })).toMatchObject({ data: { hasDetail: 1, html: 11111 } });
  await world.expectNoViolations();
});

test('T-TIE-5 a title of 101 characters and an unknown status are refused', async () => {
  const world = mock.session({ scenario: 'empty' });
  expect(await call(world, 'saveOrUpdate', { ...tie, title: '贴'.repeat(101) })).toEqual(failed('title'));
  expect(await call(world, 'saveOrUpdate', { ...tie, status: 3 })).toEqual(failed('status'));
  expect(await call(world, 'list', {})).toMatchObject({ data: { count: 0 } });
  // Characters are counted, not UTF-16 units: each of these is two of those.
  expect(await call(world, 'saveOrUpdate', { ...tie, title: '💰'.repeat(100) })).toMatchObject({ success: 'true' });
  await world.expectNoViolations();
});

test('T-TIE-6 a list has 20 rows from the given record on, and the count of all', async () => {
  const world = mock.session({ scenario: 'empty' });
  for (let index = 0; index < 25; index += 1) await saveTie(world, { uid: 7, title: `第${index}个` });
  await saveTie(world, { uid: 8 });
  const first = (await call(world, 'list', { uid: 7 })) as { data: { count: number; list: { id: number }[] } };
  expect(first.data.count).toBe(25);
  expect(first.data.list).toHaveLength(20);
  const second = (await call(world, 'list', { uid: 7, start: 20 })) as typeof first;
  expect(second.data.count).toBe(25);
  expect(second.data.list).toHaveLength(5);
  // Together they are every row once.
  expect(new Set([...first.data.list, ...second.data.list].map((row) => row.id)).size).toBe(25);
  expect(Object.keys(first.data.list[0] ?? {})).not.toContain('link');
  // R-TIE-19: a part of the title is enough.
  expect(await call(world, 'list', { uid: 7, title: '第1' })).toMatchObject({ data: { count: 11 } });
  expect(await call(world, 'list', { uid: 7, start: 24 })).toMatchObject({ data: { count: 25, list: [{ title: '第24个' }] } });
  await world.expectNoViolations();
});

test('T-TIE-7 applications are found by a part of the title, with keys in snake_case', async () => {
  const world = mock.session();
  const { data } = (await call(world, 'apply/list', { title: '天天' })) as { data: { count: number; list: { title: string }[] } };
  expect(data.list.map((row) => row.title)).toEqual(['天天健步走', '天天夜跑', '天天健步走（旧版）']);
  expect(data.count).toBe(3);
  expect(Object.keys(data.list[0] ?? {}).sort()).toEqual(
    ['brief', 'code', 'create_time', 'id', 'invited', 'is_deleted', 'link', 'phone', 'status', 'tid', 'title', 'uid', 'update_time'].sort(),
  );
  expect(await call(world, 'apply/list', { status: 1 })).toMatchObject({ data: { count: 1, list: [{ id: 114 }] } });
  expect(await call(world, 'apply/list')).toMatchObject({ data: { count: 25 } });
  await world.expectNoViolations();
});

test('T-TIE-8 an application that passes has the number 2 as its status', async () => {
  const world = mock.session();
  expect(await call(world, 'apply/approve', { applyid: 111, status: '2' })).toEqual({ success: 'true' });
  expect(await call(world, 'apply/list', { phone: '13800000000', status: 2 })).toMatchObject({
    data: { list: [{ id: 111, status: 2 }, { id: 115 }] },
  });
  expect(await call(world, 'apply/approve', { applyid: 999, status: '2' })).toEqual(failed('申请记录不存在'));
  // The lifecycle goes from 0 to 1 or 2; no rule allows or forbids a second review, the mock refuses it.
  expect(await call(world, 'apply/approve', { applyid: 111, status: '1' })).toEqual(failed('申请已审核'));
  expect(await call(world, 'apply/list', { title: '天天健步走', status: 2 })).toMatchObject({ data: { count: 2 } });
  await world.expectNoViolations();
});

test('T-TIE-9 a reason has at most 50 characters', async () => {
  const world = mock.session();
  expect(await call(world, 'apply/approve', { applyid: 111, status: '1', reason: '实'.repeat(51) })).toEqual(failed('reason'));
  expect(await call(world, 'apply/list', { title: '天天健步走', status: 0 })).toMatchObject({ data: { list: [{ id: 111 }] } });
  expect(await call(world, 'apply/approve', { applyid: 111, status: '1', reason: '实'.repeat(50) })).toEqual({ success: 'true' });
  expect(await call(world, 'apply/list', { title: '天天健步走', status: 1 })).toMatchObject({ data: { list: [{ id: 111, status: 1 }] } });
  // D2-24: the reason is kept, but no answer has it.
  expect(JSON.stringify(await call(world, 'apply/list', { status: 1 }))).not.toContain('实');
  await world.expectNoViolations();
});

test('T-TIE-10 a passed application is linked to a tie that exists', async () => {
  const world = mock.session();
  const tieid = await saveTie(world);
  const linked = () => call(world, 'apply/list', { title: '读书分享会' });
  expect(await linked()).toMatchObject({ data: { list: [{ id: 113, status: 2, tid: 0 }] } });
  expect(await call(world, 'apply/settid', { applyid: 113, tieid: 5 })).toEqual(failed('贴不存在'));
  expect(await linked()).toMatchObject({ data: { list: [{ tid: 0 }] } });
  expect(await call(world, 'apply/settid', { applyid: 113, tieid })).toEqual({ success: 'true' });
  expect(await linked()).toMatchObject({ data: { list: [{ tid: tieid }] } });
  expect(await call(world, 'apply/settid', { applyid: 999, tieid })).toEqual(failed('申请记录不存在'));
  await world.expectNoViolations();
});

test('T-TIE-10 no digit of an id above 2^53 is lost', async () => {
  const world = mock.session();
  expect(await call(world, 'apply/settid', { applyid: 113, tieid: 9007199254740993n })).toEqual({ success: 'true' });
  expect(await call(world, 'apply/list', { title: '读书分享会' })).toMatchObject({ data: { list: [{ tid: 9007199254740993n }] } });
  // The neighbour that a double would make of it is unknown.
  expect(await call(world, 'findById', { tieid: 9007199254740992n })).toEqual(failed('贴不存在'));
  await world.expectNoViolations();
});

test('T-TIE-11 an invitation with a QR code only is listed with keys in snake_case', async () => {
  const world = mock.session({ scenario: 'empty' });
  const tid = await saveTie(world);
  const saved = await call(world, 'invitiation/saveOrUpdate', { ...range(12, 23), tid });
  expect(saved).toEqual({ success: 'true', data: { inviteid: expect.any(Number) } });
  const { inviteid } = (saved as { data: { inviteid: number } }).data;
  const listed = await call(world, 'invitiation/findByTid', { tid });
  expect(listed).toMatchObject({
    data: {
      invitiations: [{ id: inviteid, tid, qrcode: 'https://example.com/q', probability_min: 12, probability_max: 23, updateTime: 0 }],
    },
  });
  expect(JSON.stringify(listed)).not.toContain('probabilityMin');
  // The id changes it.
  expect(await call(world, 'invitiation/saveOrUpdate', { ...range(0, 99), tid, id: inviteid })).toEqual(saved);
  expect(await call(world, 'invitiation/findByTid', { tid })).toMatchObject({
    data: { invitiations: [{ id: inviteid, probability_min: 0, probability_max: 99 }] },
  });
  await world.expectNoViolations();
});

test('T-TIE-12 an invitation without link and QR code, or with a wrong range, is refused', async () => {
  const world = mock.session({ scenario: 'empty' });
  const tid = await saveTie(world);
  const { qrcode: _qrcode, ...bare } = range(0, 99);
  const wrong = [
    { fields: bare, why: 'body' },
    { fields: { ...bare, link: '', qrcode: '' }, why: 'body' },
    { fields: range(0, 100), why: 'probabilityMax' },
    { fields: range(-1, 99), why: 'probabilityMin' },
    { fields: range(50, 49), why: 'probabilityMin 不能大于 probabilityMax' },
  ];
  for (const { fields, why } of wrong) expect(await call(world, 'invitiation/saveOrUpdate', { ...fields, tid })).toEqual(failed(why));
  expect(await call(world, 'invitiation/saveOrUpdate', { ...range(0, 99), tid: tid + 1 })).toEqual(failed('贴不存在'));
  expect(await call(world, 'invitiation/findByTid', { tid })).toEqual({ success: 'true', data: { invitiations: [] } });
  await world.expectNoViolations();
});

test('T-TIE-13 a probability draws the invitation whose range holds it', async () => {
  const world = mock.session({ scenario: 'empty' });
  const tid = await saveTie(world);
  await call(world, 'invitiation/saveOrUpdate', { ...range(0, 49), tid });
  await call(world, 'invitiation/saveOrUpdate', { ...range(50, 99), tid });
  const draw = (probability: number) => call(world, 'invitiation/findByTidAndProbability', { tid, probability });
  expect(await draw(49)).toMatchObject({ data: { invitiation: { probabilityMin: 0, probabilityMax: 49 } } });
  expect(await draw(50)).toMatchObject({ data: { invitiation: { probabilityMin: 50, probabilityMax: 99 } } });
  // R-TIE-21: of several that fit, the lowest id.
  await world.state.patch({
    'tie/invitation': [{ ...range(40, 60), id: 5, tid, code: '', link: '', createTime: 1, updateTime: 0, isDeleted: 0 }],
  });
  expect(await draw(49)).toMatchObject({ data: { invitiation: { id: 5 } } });
  await world.expectNoViolations();
});

test('T-TIE-14 a probability that no range holds draws nothing', async () => {
  const world = mock.session({ scenario: 'empty' });
  const tid = await saveTie(world);
  await call(world, 'invitiation/saveOrUpdate', { ...range(10, 20), tid });
  expect(await call(world, 'invitiation/findByTidAndProbability', { tid, probability: 30 })).toEqual({
    success: 'true',
    data: { invitiation: null },
  });
  expect(await call(world, 'invitiation/findByTidAndProbability', { tid, probability: 100 })).toEqual(failed('probability'));
  expect(await call(world, 'invitiation/findByTidAndProbability', { tid: tid + 1, probability: 15 })).toEqual(failed('贴不存在'));
  await world.expectNoViolations();
});

test('T-TIE-15 a deleted invitation is gone', async () => {
  const world = mock.session({ scenario: 'empty' });
  const tid = await saveTie(world);
  const { data } = (await call(world, 'invitiation/saveOrUpdate', { ...range(0, 99), tid })) as { data: { inviteid: number } };
  expect(await call(world, 'invitiation/delete', { invite_id: data.inviteid })).toEqual({ success: 'true' });
  expect(await call(world, 'invitiation/findByTid', { tid })).toEqual({ success: 'true', data: { invitiations: [] } });
  expect(await call(world, 'invitiation/findByTidAndProbability', { tid, probability: 5 })).toMatchObject({ data: { invitiation: null } });
  expect(await call(world, 'invitiation/delete', { invite_id: data.inviteid })).toEqual(failed('邀请信息不存在'));
  expect(await call(world, 'invitiation/saveOrUpdate', { ...range(0, 99), tid, id: data.inviteid })).toEqual(failed('邀请信息不存在'));
  // So is one that was deleted before the session began.
  const standing = mock.session();
  expect(await call(standing, 'invitiation/findByTid', { tid: 1000002 })).toMatchObject({ data: { invitiations: [{ id: 300236 }] } });
  await standing.expectNoViolations();
  await world.expectNoViolations();
});
