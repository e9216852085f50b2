import { idAt, listAt } from '../client.ts';
import type { Flow } from '../flow.ts';

const TIE = {
  uid: 700_007,
  title: '天天健步走',
  img: 'https://example.com/a.jpg',
  brief: '走路即可赚钱',
  link: 'https://example.com/t/walk',
};
const INVITATION = { uid: 400_006, qrcode: 'https://example.com/q', probabilityMin: 0, probabilityMax: 49 };
const PHONES = ['13800000000', '13800000009'];
const SECOND = 1_000;

/** T-TIE-1 to T-TIE-15: ties, applications and invitations, page by page, and every way in which a call fails. */
export const tie: Flow = {
  module: 'tie',
  start: '2026-03-02T09:00:00+08:00',
  async run({ send, clock, secret }) {
    for (const phone of [...PHONES, '13800000001', '13800000002', '13800000003']) secret(phone);
    const call = (path: string, json?: unknown) => send('POST', `/tie/${path}.json`, { json });
    const save = (fields: object = {}) => call('saveOrUpdate', { ...TIE, ...fields });
    const find = (tieid: unknown) => call('findById', { tieid });

    // A tie with what is required, one with everything, one with fields that belong to the server.
    const plain = idAt(await save(), 'data', 'tieid');
    await find(plain);
    const times = { startTime: 1_772_400_000_000, expireTime: 1_775_000_000_000 };
    const full = { ...TIE, ...times, title: '天天夜跑', hasDetail: 1, html: 9007199254740995n, level: 3, invited: 1, type: 12, status: 1 };
    const rich = idAt(await save(full), 'data', 'tieid');
    await find(rich);
    await find(idAt(await save({ hasDetail: 0, readQuantity: 99_999, createTime: 1, isDeleted: 1, updateTime: 5 }), 'data', 'tieid'));
    await clock.advance(60 * SECOND);
    await save({ id: plain, title: '天天健步走（新）', status: 9 });
    await find(plain);
    await save({ ...full, id: rich, status: 2, invited: 0, brief: '改了 "一下" & <两下>' });
    await find(rich);
    await find(9007199254740993n);

    // More than a page of one user.
    for (let index = 1; index <= 20; index += 1) await save({ title: `健步走第${index}期`, status: index % 2 === 0 ? 9 : 0 });
    for (const start of [0, 20, 40]) await call('list', { start });
    for (const start of [0, 20, 24, 40]) await call('list', { uid: TIE.uid, start });
    await call('list');
    await call('list', { uid: TIE.uid, title: '第1' });
    for (const status of [0, 1, 2, 9]) await call('list', { status });
    for (const invited of [0, 1]) await call('list', { invited });
    await call('list', { title: '没有这样的' });

    const refused = [
      { uid: undefined },
      { title: '贴'.repeat(101) },
      { hasDetail: 1 },
      { status: 3 },
      { invited: 2 },
      { startTime: -1 },
      { id: 999_999_000_001 },
    ];
    for (const fields of refused) await save(fields);
    await find(999_999_000_001);
    await call('findById', {});
    for (const filter of [{ status: 3 }, { invited: 2 }, { start: -1 }, { title: '贴'.repeat(101) }]) await call('list', filter);
    await send('POST', '/tie/findById.json', { text: '{"tieid":' });

    // Applications: listed, reviewed, linked.
    await call('apply/list');
    for (const start of [0, 20, 40]) await call('apply/list', { start });
    await call('apply/list', { title: '天天' });
    for (const phone of PHONES) await call('apply/list', { phone });
    for (const status of [0, 1, 2]) await call('apply/list', { status });
    for (const invited of [0, 1]) await call('apply/list', { invited });
    await call('apply/list', { uid: 300_008 });
    await call('apply/approve', { applyid: 111, status: '1', reason: '实'.repeat(51) });
    await call('apply/approve', { applyid: 111, status: 2 });
    await call('apply/approve', { applyid: 111, status: '2' });
    await call('apply/list', { title: '天天健步走' });
    await call('apply/approve', { applyid: 111, status: '1' });
    await call('apply/approve', { applyid: 112, status: '1', reason: '实'.repeat(50) });
    await call('apply/list', { title: '天天夜跑' });
    await call('apply/approve', { applyid: 999, status: '2' });
    await call('apply/settid', { applyid: 111, tieid: plain });
    await call('apply/settid', { applyid: 113, tieid: 9007199254740993n });
    await call('apply/settid', { applyid: 113, tieid: 5 });
    await call('apply/settid', { applyid: 999, tieid: plain });
    await call('apply/settid', { applyid: 111 });
    await call('apply/list', { status: 2 });
    for (const filter of [{ status: 3 }, { invited: 2 }, { start: -1 }]) await call('apply/list', filter);

    // Invitations: their ranges are drawn from, both ends included.
    const invite = (fields: object = {}) => call('invitiation/saveOrUpdate', { ...INVITATION, tid: plain, ...fields });
    const draw = (probability: unknown, tid: unknown = plain) => call('invitiation/findByTidAndProbability', { tid, probability });
    const invitations = (tid: unknown = plain) => call('invitiation/findByTid', { tid });
    await invitations();
    await draw(5);
    const low = idAt(await invite(), 'data', 'inviteid');
    const high = idAt(
      await invite({ qrcode: undefined, link: 'https://example.com/i', code: 'NEW', probabilityMin: 50, probabilityMax: 99 }),
      'data',
      'inviteid',
    );
    await invite({ tid: rich, probabilityMin: 10, probabilityMax: 20 });
    for (const tid of [plain, rich, 123_421]) await invitations(tid);
    for (const probability of [0, 49, 50, 99]) await draw(probability);
    for (const probability of [9, 10, 20, 21]) await draw(probability, rich);
    const wrong = [
      { qrcode: undefined },
      { link: '', qrcode: '' },
      { probabilityMax: 100 },
      { probabilityMin: -1 },
      { probabilityMin: 50 },
      { uid: undefined },
      { tid: 999_999_000_001 },
      { id: 999_999_001 },
    ];
    for (const fields of wrong) await invite(fields);
    await draw(100);
    await draw(5, 999_999_000_001);
    await invitations(999_999_000_001);
    await clock.advance(SECOND);
    await invite({ id: low, probabilityMax: 40, code: 'CHANGED' });
    await invitations();
    await draw(45);
    await call('invitiation/delete', { invite_id: high });
    const left = listAt(await invitations(), 'data', 'invitiations');
    if (left.length !== 1) throw new Error(`one invitation should be left, not ${left.length}`);
    await draw(99);
    await call('invitiation/delete', { invite_id: high });
    await invite({ id: high });
    await call('invitiation/delete', {});
  },
};
