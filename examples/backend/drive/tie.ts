import { at, idAt, listAt } from './client.ts';
import type { Answer } from './client.ts';
import { CAMPAIGNS } from './ride.ts';
import type { Ride } from './ride.ts';

type Fields = Readonly<Record<string, unknown>>;
type Call = (name: string, path: string, body?: unknown) => Promise<Answer>;

/** Ties, applications and invitations, and every way in which a call of them fails. */
export async function driveTies(ride: Ride): Promise<void> {
  const call: Call = async (name, path, body) => await ride.send(`tie: ${name}`, 'POST', `/tie/${path}.json`, { json: body });
  const tie = newTie(ride);
  const ids = await driveSaving(ride, call, tie);
  await driveFailures(call, tie, ids);
  await driveLists(ride, call, tie);
  await driveApplications(ride, call, ids);
  await driveInvitations(ride, call, ids);
  await ride.send('tie: broken JSON', 'POST', '/tie/findById.json', { text: '{"tieid":' });
}

function newTie({ pick, number }: Ride): Fields {
  const title = pick(CAMPAIGNS);
  return {
    uid: 700_000 + number(90_000),
    title: `${title}${number(1000)}`,
    img: 'https://example.com/img/a.jpg?w=1&h=2',
    brief: `${title}，走路即可赚钱`,
    link: 'https://example.com/t/walk',
  };
}

async function driveSaving(ride: Ride, call: Call, tie: Fields): Promise<readonly (number | bigint)[]> {
  const { clock, number } = ride;
  const full = {
    ...tie,
    title: `${String(tie['title'])}（完整）`,
    startTime: 1_767_225_600_000 + number(1000),
    expireTime: 1_769_817_600_000,
    hasDetail: 1,
    html: 9_007_199_254_740_995n,
    level: number(5),
    invited: 1,
    type: 12,
    status: 1,
  };
  const saved = [
    await call('save with what is required', 'saveOrUpdate', tie),
    await call('save everything', 'saveOrUpdate', full),
    await call('save with fields of the server', 'saveOrUpdate', {
      ...tie,
      readQuantity: 99_999,
      createTime: 1,
      isDeleted: 0,
      updateTime: 5,
    }),
    await call('save a title of 100 characters', 'saveOrUpdate', { ...tie, title: '💰贴'.repeat(50) }),
  ];
  const ids = saved.map((answer) => idAt(answer, 'data', 'tieid'));
  for (const id of ids) await call('find', 'findById', { tieid: id });

  await clock.elapse(1100);
  const [first = 1, second = 1] = ids;
  await call('change', 'saveOrUpdate', { ...tie, id: first, title: `${String(tie['title'])}新`, status: 9 });
  await call('find the changed', 'findById', { tieid: first });
  await call('change back to a draft', 'saveOrUpdate', { ...full, id: second, status: 0, invited: 0, brief: '改了 "一下" & <两下>' });
  await call('find the draft', 'findById', { tieid: second });
  // More than a page of one user.
  for (let index = 1; index <= 19; index += 1) {
    await call('save one of many', 'saveOrUpdate', {
      ...tie,
      title: `${String(tie['title'])}第${index}期`,
      status: index % 2 === 0 ? 9 : 0,
    });
  }
  return ids;
}

async function driveFailures(call: Call, tie: Fields, ids: readonly (number | bigint)[]): Promise<void> {
  const refused: Readonly<Record<string, Fields>> = {
    'without uid': { uid: undefined },
    'without a title': { title: undefined },
    'with a title of 101 characters': { title: '贴'.repeat(101) },
    'with a link that is no text': { link: 7 },
    'with detail but without html': { hasDetail: 1 },
    'with status 3': { status: 3 },
    'with invited 2': { invited: 2 },
    'with a negative time': { startTime: -1 },
    'with a uid that is a text': { uid: '300007' },
    'with an unknown id': { id: 999_999_000_001 },
  };
  for (const [name, fields] of Object.entries(refused)) await call(`save ${name}`, 'saveOrUpdate', { ...tie, ...fields });
  await call('list after the failures', 'list', { uid: tie['uid'] });
  await call('find an id from outside', 'findById', { tieid: 999_999_000_002 });
  await call('save an id from outside', 'saveOrUpdate', { ...tie, id: 999_999_000_002, title: '不存在' });
  await call('find what was not saved', 'findById', { tieid: 999_999_000_002 });
  await call('find nothing', 'findById', {});
  await call('find an unknown tie', 'findById', { tieid: 999_999_000_003 });
  await call('find with a text', 'findById', { tieid: String(ids[0]) });
}

/** Every page of a list, and one behind the last. */
async function pages(call: Call, name: string, path: string, filter: Fields): Promise<readonly unknown[]> {
  const first = await call(name, path, { ...filter, start: 0 });
  const rows = [...listAt(first, 'data', 'list')];
  const count = Math.min(Number(at(first.value, 'data', 'count') ?? 0), 200);
  for (let start = 20; start < count; start += 20) rows.push(...listAt(await call(name, path, { ...filter, start }), 'data', 'list'));
  await call(`${name}, behind the end`, path, { ...filter, start: count + 20 });
  return rows;
}

async function driveLists({ send }: Ride, call: Call, tie: Fields): Promise<void> {
  const { uid } = tie;
  await send('tie: list without a body', 'POST', '/tie/list.json');
  await pages(call, 'list all', 'list', {});
  await pages(call, 'list those of a user', 'list', { uid });
  await call('list from the third on', 'list', { uid, start: 3 });
  await call('list by a part of the title', 'list', { uid, title: '第1' });
  await call('list by the whole title', 'list', { title: `${String(tie['title'])}新` });
  await call('list by what no title has', 'list', { title: '%' });
  for (const status of [0, 1, 2, 9]) await call(`list status ${status}`, 'list', { uid, status });
  for (const invited of [0, 1]) await call(`list invited ${invited}`, 'list', { uid, invited });
  for (const filter of [{ invited: 2 }, { status: 3 }, { start: -1 }, { start: '20' }, { title: '贴'.repeat(101) }]) {
    await call('list with a wrong filter', 'list', filter);
  }
}

async function driveApplications({ send }: Ride, call: Call, ties: readonly (number | bigint)[]): Promise<void> {
  await send('tie: applications without a body', 'POST', '/tie/apply/list.json');
  const rows = await pages(call, 'applications', 'apply/list', {});
  const [one] = rows;
  for (const phone of new Set(rows.slice(0, 4).map((row) => at(row, 'phone'))))
    await call('applications by phone', 'apply/list', { phone });
  for (const status of [0, 1, 2]) await call(`applications with status ${status}`, 'apply/list', { status });
  await call('applications of a user', 'apply/list', { uid: at(one, 'uid'), invited: 1 });
  await call('applications by a part of the title', 'apply/list', { title: '打卡' });
  for (const filter of [{ invited: 2 }, { status: 3 }, { start: -1 }]) await call('applications with a wrong filter', 'apply/list', filter);

  const waiting = rows.filter((row) => String(at(row, 'status')) === '0').map((row) => ({ id: at(row, 'id'), uid: at(row, 'uid') }));
  const [passed, rejected, third] = waiting;
  const look = async (uid: unknown): Promise<unknown> => await pages(call, 'applications after that', 'apply/list', { uid });
  await call('review an unknown one', 'apply/approve', { applyid: 999_999_001, status: '2' });
  await call('review without an id', 'apply/approve', { status: '2' });
  await call('review with a number', 'apply/approve', { applyid: third?.id, status: 2 });
  await call('review with 3', 'apply/approve', { applyid: third?.id, status: '3' });
  await call('review with a long reason', 'apply/approve', { applyid: third?.id, status: '1', reason: '实'.repeat(51) });
  await look(third?.uid);
  await call('pass', 'apply/approve', { applyid: passed?.id, status: '2' });
  await look(passed?.uid);
  await call('pass again', 'apply/approve', { applyid: passed?.id, status: '1' });
  await look(passed?.uid);
  await call('reject', 'apply/approve', { applyid: rejected?.id, status: '1', reason: '实'.repeat(50) });
  await look(rejected?.uid);

  const [tie = 1] = ties;
  await call('link', 'apply/settid', { applyid: passed?.id, tieid: tie });
  await look(passed?.uid);
  await call('link to an unknown tie', 'apply/settid', { applyid: passed?.id, tieid: 999_999_000_001 });
  await call('link an unknown application', 'apply/settid', { applyid: 999_999_001, tieid: tie });
  await call('link without a tie', 'apply/settid', { applyid: passed?.id });
  await look(passed?.uid);
}

async function driveInvitations({ clock, number }: Ride, call: Call, ties: readonly (number | bigint)[]): Promise<void> {
  const [, tid = 1, other = 1] = ties;
  const save = async (name: string, fields: Fields): Promise<Answer> =>
    await call(`invitation ${name}`, 'invitiation/saveOrUpdate', { tid, uid: 400_006, link: 'https://example.com/i/a', ...fields });
  const list = async (id: number | bigint = tid): Promise<Answer> => await call('invitations', 'invitiation/findByTid', { tid: id });
  const draw = async (probability: unknown, id: number | bigint = tid): Promise<Answer> =>
    await call(`draw ${String(probability)}`, 'invitiation/findByTidAndProbability', { tid: id, probability });

  await list();
  await draw(5);
  const half = 30 + number(30);
  const low = idAt(await save('with a link', { probabilityMin: 0, probabilityMax: half }), 'data', 'inviteid');
  const range = { probabilityMin: half + 1, probabilityMax: 99 };
  const high = idAt(
    await save('with a QR code', { ...range, code: '邀请码', link: undefined, qrcode: 'https://example.com/q' }),
    'data',
    'inviteid',
  );
  const over = idAt(await save('over both', { probabilityMin: half - 5, probabilityMax: half + 5 }), 'data', 'inviteid');
  await save('of another tie', { tid: other, probabilityMin: 10, probabilityMax: 20 });
  for (const id of [tid, other]) await list(id);
  for (const probability of [0, half - 1, half, half + 1, 99]) await draw(probability);
  for (const probability of [9, 10, 20, 21]) await draw(probability, other);

  const wrong: Readonly<Record<string, Fields>> = {
    'without link and QR code': { link: undefined },
    'with an empty link': { link: '', qrcode: '' },
    'up to 100': { probabilityMin: 50, probabilityMax: 100 },
    'from -1': { probabilityMin: -1, probabilityMax: 9 },
    'with the ends turned round': { probabilityMin: 50, probabilityMax: 49 },
    'without a uid': { uid: undefined },
    'with a long code': { code: '码'.repeat(16) },
    'of an unknown tie': { tid: 999_999_000_001 },
    'with an unknown id': { id: 999_999_001 },
  };
  for (const [name, fields] of Object.entries(wrong)) await save(name, { probabilityMin: 1, probabilityMax: 2, ...fields });
  await list();
  await draw(100);
  await draw('12');
  await draw(5, 999_999_000_001);
  await call('invitations of an unknown tie', 'invitiation/findByTid', { tid: 999_999_000_001 });
  await call('invitations of nothing', 'invitiation/findByTid', {});

  await clock.elapse(1100);
  await save('changed', { id: low, probabilityMin: 0, probabilityMax: 10, code: 'NEW' });
  await list();
  await draw(half);
  await call('delete', 'invitiation/delete', { invite_id: over });
  await list();
  await draw(half);
  await call('delete again', 'invitiation/delete', { invite_id: over });
  await save('that was deleted', { id: over, probabilityMin: 0, probabilityMax: 10 });
  await call('delete an unknown one', 'invitiation/delete', { invite_id: 999_999_001 });
  await call('delete nothing', 'invitiation/delete', {});
  await list();
  await call('delete another', 'invitiation/delete', { invite_id: high });
  await list();
  await draw(99);
}
