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

const CREDENTIALS = '?token=TOKEN&openId=OPENID';

/** The body of an answer; that a failure has status 200 too is the mock's choice (D4-12). */
async function call(world: MockSession, path: string, body: unknown, query = CREDENTIALS): Promise<unknown> {
  const answer = await world.fetch(`/api/v1/editor/creation/distribute/${path}${query}`, { method: 'POST', body });
  expect(answer.status).toBe(200);
  return answer.body;
}

interface Distribution {
  readonly id: string;
  readonly name: string;
  readonly relType: number;
  readonly relId: string | null;
  readonly deptName: string | null;
  readonly code: string | null;
  readonly shareUrl: string;
  readonly staffDelFlag: number;
}

async function list(world: MockSession, creationId = 25485, relType?: number): Promise<readonly Distribution[]> {
  return ((await call(world, 'list', { creationId, relType })) as { list: Distribution[] }).list;
}

const done = { success: true, code: '200', msg: null, obj: null, map: null, list: null };
const failed = (code: string) => ({ success: false, code, msg: expect.stringMatching(/./), obj: null, map: null, list: null });
const member = (relId: string, name: string) => ({ name, creationId: 25485, relType: 2, relId });
const zhang = member('00000000000040008000000000000001', '张三');
const li = member('00000000000040008000000000000002', '李四');
const wang = member('00000000000040008000000000000003', '王五');
const menu = { id: '25485_00000000000040008000000000000011', relType: 1, name: '公众号菜单', creationId: 25485 };
const poster = { relType: 1, relId: '', name: '门店海报', creationId: 25485 };
const four = [zhang, li, menu, poster];

test('T-DST-1 two members and two channels are saved and listed', async () => {
  const world = mock.session({ scenario: 'empty' });
  expect(await call(world, 'save/25485', four)).toEqual(done);
  const saved = await list(world);
  expect(saved.filter((entry) => entry.relType === 1).map((entry) => [entry.name, entry.relId, entry.code])).toEqual([
    ['公众号菜单', null, null],
    ['门店海报', null, null],
  ]);
  expect(saved.filter((entry) => entry.relType === 2)).toMatchObject([
    { name: '张三', relId: zhang.relId, deptName: '市场部', code: '2202146' },
    { name: '李四', relId: li.relId, deptName: '市场部', code: '2202158' },
  ]);
  await world.expectNoViolations();
});

test('T-DST-2 saving the same again adds nothing', async () => {
  const world = mock.session({ scenario: 'empty' });
  await call(world, 'save/25485', four);
  const before = await list(world);
  expect(await call(world, 'save/25485', four)).toEqual(done);
  expect(await list(world)).toEqual(before);
  // R-DST-18: nor do duplicates inside one batch.
  expect(await call(world, 'save/25485', [wang, wang, { ...poster, name: '线下' }, { ...poster, name: '线下' }])).toEqual(done);
  expect(await list(world)).toHaveLength(6);
  await world.expectNoViolations();
});

test('T-DST-3 only the new one of two members is added', async () => {
  const world = mock.session({ scenario: 'empty' });
  await call(world, 'save/25485', four);
  expect(await call(world, 'save/25485', [zhang, wang])).toEqual(done);
  expect((await list(world)).map((entry) => entry.name)).toEqual(['张三', '李四', '公众号菜单', '门店海报', '王五']);
  await world.expectNoViolations();
});

test('T-DST-4 share links end in the id of a channel and the code of a member', async () => {
  const world = mock.session({ scenario: 'empty' });
  await call(world, 'save/25485', four);
  expect(menu.id).toHaveLength(38);
  const [first, , channel] = await list(world);
  expect(channel?.id).toBe(menu.id);
  expect(channel?.shareUrl).toMatch(new RegExp(`[?&]e_ff_i=${menu.id}$`));
  expect(first?.shareUrl).toMatch(/[?&]e_ff_i=2202146$/);
  // An id may be any text; in the link it is percent-encoded.
  await call(world, 'save/25485', [{ ...menu, id: '渠道 1&2', name: '线下' }]);
  expect((await list(world)).at(-1)).toMatchObject({
    id: '渠道 1&2',
    shareUrl: expect.stringContaining('e_ff_i=%E6%B8%A0%E9%81%93%201%262'),
  });
  await world.expectNoViolations();
});

test('T-DST-4 an id that is taken skips the item, in another creation too', async () => {
  const world = mock.session({ scenario: 'empty' });
  await call(world, 'save/25485', four);
  expect(await call(world, 'save/35638', [{ ...menu, name: '别的渠道', creationId: 35638 }])).toEqual(done);
  expect(await list(world, 35638)).toEqual([]);
  await world.expectNoViolations();
});

test('T-DST-5 a list has one kind, or both', async () => {
  const world = mock.session();
  expect((await list(world, 25485, 1)).map((entry) => entry.relType)).toEqual([1, 1, 1]);
  expect((await list(world, 25485, 2)).map((entry) => entry.relType)).toEqual([2, 2]);
  expect(await list(world)).toHaveLength(5);
  expect(await call(world, 'list', { creationId: 1 })).toEqual(failed('404'));
  expect(await call(world, 'list', { creationId: 25485, relType: 3 })).toEqual(failed('400'));
  await world.expectNoViolations();
});

test('T-DST-6 a channel is renamed and keeps its id', async () => {
  const world = mock.session({ scenario: 'empty' });
  await call(world, 'save/25485', [menu, poster]);
  expect(await call(world, 'update', { id: menu.id, relType: 1, name: '公众号菜单（新）' })).toEqual(done);
  expect((await list(world))[0]).toMatchObject({ id: menu.id, name: '公众号菜单（新）' });
  expect(await call(world, 'update', { id: 'nobody', relType: 1, name: '无' })).toEqual(failed('404'));
  await world.expectNoViolations();
});

test('T-DST-7 a member is not renamed', async () => {
  const world = mock.session();
  const [id, asChannel] = ['00000000000040008000000000000021', { relType: 1, name: '张三丰' }];
  expect(await call(world, 'update', { id, ...asChannel, relType: 2 })).toEqual(failed('400'));
  expect(await call(world, 'update', { id, ...asChannel })).toEqual(failed('400'));
  expect((await list(world)).find((entry) => entry.id === id)?.name).toBe('张三');
  await world.expectNoViolations();
});

test('T-DST-8 of two distributions one is deleted; its name is free again', async () => {
  const world = mock.session({ scenario: 'empty' });
  await call(world, 'save/25485', [menu, zhang]);
  // D4-22: an unknown id is passed over.
  expect(await call(world, 'delete', [menu.id, 'nobody'])).toEqual(done);
  expect((await list(world)).map((entry) => entry.name)).toEqual(['张三']);
  expect(await call(world, 'save/25485', [{ relType: 1, name: menu.name, creationId: 25485 }])).toEqual(done);
  const again = await list(world);
  expect(again.map((entry) => entry.name)).toEqual(['张三', '公众号菜单']);
  expect(again[1]?.id).not.toBe(menu.id);
  // R-DST-10: what was produced under the old id is kept.
  expect((await world.state.read())['distribute/distribution']).toContainEqual(expect.objectContaining({ id: menu.id }));
  expect(await call(world, 'delete', { id: menu.id })).toEqual(failed('400'));
  await world.expectNoViolations();
});

test('T-DST-9 third-party channels are added once', async () => {
  const world = mock.session({ scenario: 'empty' });
  const batch = { creationId: 25485, thirdChannels: [{ relId: 'third-1', name: '抖音投放' }, { name: '线下地推' }] };
  expect(await call(world, 'third-channel', batch)).toEqual(done);
  const added = await list(world, 25485, 1);
  expect(added).toMatchObject([
    { name: '抖音投放', relId: 'third-1', relType: 1 },
    { name: '线下地推', relId: null, relType: 1 },
  ]);
  expect(await call(world, 'third-channel', batch)).toEqual(done);
  // D4-07: the creation may be written as a text.
  expect(await call(world, 'third-channel', { ...batch, creationId: '25485' })).toEqual(done);
  expect(await call(world, 'save/25485', [{ ...poster, name: '抖音投放' }])).toEqual(done);
  expect(await list(world)).toEqual(added);
  expect(await call(world, 'third-channel', { ...batch, thirdChannels: [{ name: '新' }, { relId: 'third-2' }] })).toEqual(failed('400'));
  expect(await call(world, 'third-channel', { ...batch, creationId: 1 })).toEqual(failed('404'));
  expect(await list(world)).toEqual(added);
  await world.expectNoViolations();
});

test('T-DST-10 without token and openId nothing is done', async () => {
  const world = mock.session({ scenario: 'empty' });
  const calls: readonly (readonly [string, unknown])[] = [
    ['save/25485', four],
    ['list', { creationId: 25485 }],
    ['update', { id: menu.id, relType: 1, name: '新名' }],
    ['delete', [menu.id]],
    ['third-channel', { creationId: 25485, thirdChannels: [{ name: '抖音投放' }] }],
  ];
  for (const query of ['', '?openId=OPENID', '?token=TOKEN', '?token=token-zhangsan&openId=openid-lisi']) {
    for (const [path, body] of calls) expect(await call(world, path, body, query)).toEqual(failed('401'));
  }
  expect(await list(world)).toEqual([]);
  // A known pair passes, and so does a token that the mock has never heard of.
  expect(await call(world, 'save/25485', [zhang], '?token=token-zhangsan&openId=openid-zhangsan')).toEqual(done);
  expect(await list(world)).toHaveLength(1);
  await world.expectNoViolations();
});

test('T-DST-11 one invalid item refuses the whole batch', async () => {
  const world = mock.session({ scenario: 'empty' });
  const wrong = [
    { ...poster, name: '名'.repeat(257) },
    { ...poster, creationId: 35638 },
    { ...poster, relId: zhang.relId },
    { ...zhang, relId: '' },
    { ...poster, relType: 3 },
  ];
  for (const item of wrong) expect(await call(world, 'save/25485', [wang, item])).toEqual(failed('400'));
  // Staff that nobody knows has no code to end a link in.
  expect(await call(world, 'save/25485', [wang, member('nobody', '无名')])).toEqual(failed('404'));
  expect(await call(world, 'save/1', [{ ...poster, creationId: 1 }])).toEqual(failed('404'));
  expect(await list(world)).toEqual([]);
  expect(await call(world, 'save/25485', [{ ...poster, name: '名'.repeat(256) }])).toEqual(done);
  await world.expectNoViolations();
});

test('T-DST-12 staff that is deleted stays listed and is marked', async () => {
  const world = mock.session({ scenario: 'empty' });
  await call(world, 'save/25485', [zhang]);
  expect(await list(world)).toMatchObject([{ name: '张三', staffDelFlag: 0 }]);
  await world.state.patch({ 'distribute/staff': [{ relId: zhang.relId, deleted: 1 }] });
  expect(await list(world)).toMatchObject([{ name: '张三', staffDelFlag: 1, code: '2202146', deptName: '市场部' }]);
  await world.expectNoViolations();
});
