import { createHash } from 'node:crypto';
import { hashSecret } from './auth/clients.ts';
import { PARTNER } from './credentials.ts';
import type { Credentials } from './credentials.ts';
import type { Database } from './database.ts';
import { contentTypeOf } from './file/content-type.ts';
import { localText, parseLocal } from './local-time.ts';

const DAY = 86_400_000;
const STORES = ['徐汇滨江店', '五角场店', '陆家嘴店', '静安嘉里店', '虹桥天地店'];
const NAMES = ['小吴', '小郑', '小冯', '小蒋', '小沈', '小韩', '小杨', '小朱'];
const CAMPAIGNS = ['周末骑行', '旧衣回收', '亲子烘焙', '城市夜跑', '社区观影'];
/** Far above 2^53, as numbers of a distributed generator are. */
const LONG_IDS = 7_205_759_403_792_793_601n;

/** Lets the given user in, and fills an empty database with rows to begin with; one that has ties is left as it is. */
export function seedDatabase(database: Database, now: number, seed: number, credentials: Credentials): void {
  database.transaction(() => {
    addAccounts(database, [PARTNER, credentials]);
    if (database.get('SELECT id FROM tie') !== undefined) return;
    const longIds = LONG_IDS + BigInt(seed % 1000) * 1_000_000n;
    const fileId = seedFiles(database, now, seed, longIds);
    seedTasks(database, now, seed, longIds + 300_000n, fileId);
    seedTies(database, now, seed, longIds + 600_000n);
  });
}

function pick(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}

function addAccounts(database: Database, accounts: readonly Credentials[]): void {
  for (const { clientId, clientSecret, username, password } of accounts) {
    database.run('INSERT OR REPLACE INTO client VALUES (?, ?, ?)', clientId, hashSecret(clientId, clientSecret), clientId);
    database.run('INSERT OR REPLACE INTO user VALUES (?, ?, ?)', username, hashSecret(username, password), username);
  }
}

/** Three files; the id of the workbook that has known members. */
function seedFiles(database: Database, now: number, seed: number, longIds: bigint): bigint {
  const first = BigInt(310_001 + (seed % 1000) * 10);
  const add = (id: bigint, fileName: string, content: Buffer): void => {
    database.insert('file', {
      id,
      moduleName: 'notification',
      fileName,
      contentType: contentTypeOf(fileName, ''),
      signature: createHash('sha256').update(content).digest('hex'),
      fileSize: content.length,
      createTime: BigInt(now - DAY - 5_123),
      content,
    });
  };
  add(first, `${pick(STORES, seed)}海报.svg`, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"/>'));
  add(first + 1n, 'readme.txt', Buffer.from(`第 ${seed} 批资料\n`));
  add(longIds, `${pick(STORES, seed)}客户.xlsx`, Buffer.from(`PK stand-in for a workbook ${seed}`));
  for (const [index, nickname] of NAMES.slice(0, 5).entries()) {
    const member = JSON.stringify({ userId: `w-${seed}${index}`, nickname, storeName: pick(STORES, seed + index) });
    database.insert('member_row', { fileId: longIds, member });
  }
  return longIds;
}

interface SeedTask {
  readonly id: bigint;
  readonly name: string;
  readonly type?: string;
  readonly status: string;
  readonly start: string;
  readonly end: string;
  readonly fileId?: bigint;
  readonly members: readonly string[];
  /** How each member fared, in the order of the members; PENDING where nothing is said. */
  readonly fared?: readonly ('COMPLETED' | 'FAILED')[];
}

function seedTasks(database: Database, now: number, seed: number, longIds: bigint, fileId: bigint): void {
  const [yesterday, today, tomorrow] = [-DAY, 0, DAY].map((shift) => localText(now + shift).slice(0, 10));
  const first = BigInt(520_001 + (seed % 1000) * 100);
  const [a, b, c] = [pick(NAMES, seed), pick(NAMES, seed + 1), pick(NAMES, seed + 2)];
  database.run(`INSERT INTO sqlite_sequence (name, seq) VALUES ('execution', ?)`, BigInt(810_000 + (seed % 1000) * 1000));
  const past = { start: `${yesterday} 09:00:00`, end: `${yesterday} 18:00:00`, status: 'COMPLETED' };
  for (let index = 0; index < 23; index += 1) {
    const name = `${pick(STORES, seed + index)}护理提醒第${index + 1}期`;
    addTask(database, { ...past, id: first + BigInt(index), name, members: [a, b], fared: ['COMPLETED', 'COMPLETED'] });
  }
  addTask(database, { ...past, id: first + 40n, name: '会员生日提醒', members: [a, b, c], fared: ['COMPLETED', 'FAILED', 'COMPLETED'] });
  addTask(database, {
    ...past,
    id: first + 41n,
    name: '客户预约提醒',
    type: 'APPOINTMENT_REMINDER',
    fileId,
    members: NAMES.slice(0, 5),
    fared: ['COMPLETED', 'COMPLETED', 'FAILED', 'COMPLETED', 'COMPLETED'],
  });
  addTask(database, { ...past, id: first + 42n, name: '门店搬迁通知', status: 'TERMINATED', members: [a, b], fared: ['COMPLETED'] });
  const allDay = { start: `${today} 00:00:00`, end: `${today} 23:59:59` };
  addTask(database, {
    ...allDay,
    id: first + 43n,
    name: '新品试用提醒',
    status: 'EXECUTING',
    members: [a, b],
    fared: ['COMPLETED', 'FAILED'],
  });
  const later = { start: `${tomorrow} 10:30:00`, end: `${tomorrow} 22:00:00` };
  addTask(database, { ...later, id: longIds, name: '周年庆到店提醒', status: 'PENDING', members: [b, c] });
}

function addTask(database: Database, task: SeedTask): void {
  const { id, name, type = 'CUSTOMER_RESOURCE_REMINDER', status, start, end, fileId, members, fared = [] } = task;
  const startsAt = parseLocal(start) ?? 0;
  const endsAt = parseLocal(end) ?? 0;
  database.insert('task', {
    id,
    taskName: name,
    taskType: type,
    status,
    scheduledStartTime: start,
    scheduledEndTime: end,
    startsAt: BigInt(startsAt),
    endsAt: BigInt(endsAt),
    contents: JSON.stringify([{ contentType: 'TEXT', contentValue: '{{name}}您好，欢迎到店 & 领取到店礼。' }]),
    fileIds: fileId === undefined ? '[]' : `[${fileId}]`,
    members: JSON.stringify(fileId === undefined ? members.map((nickname, index) => ({ userId: `u-${index + 1}`, nickname })) : []),
    createTime: BigInt(startsAt - DAY / 2),
    lastUpdateTime: BigInt(status === 'PENDING' ? startsAt - DAY / 2 : status === 'COMPLETED' ? endsAt : startsAt),
  });
  for (const [index, memberName] of members.entries()) {
    const outcome = fared[index];
    const open = outcome === undefined && status === 'PENDING';
    database.insert('execution', {
      taskId: id,
      memberName,
      status: outcome ?? 'PENDING',
      executeTime: outcome === 'COMPLETED' ? localText(startsAt + (5 + index) * 1000) : null,
      failureReason: outcome === 'FAILED' ? '客户已退群，无法送达' : null,
      servedAt: open || outcome === 'FAILED' ? BigInt(startsAt + (5 + index) * 1000) : null,
      endsAt: open ? BigInt(endsAt) : null,
    });
  }
}

function seedTies(database: Database, now: number, seed: number, longIds: bigint): void {
  const first = BigInt(2_400_001 + (seed % 1000) * 100);
  const uid = 610_000 + (seed % 1000);
  const created = BigInt(now - 30 * DAY);
  const addTie = (id: bigint, fields: Readonly<Record<string, string | number>>): void => {
    const plain = { uid, img: 'https://example.com/img/cover.jpg', brief: '到店打卡赢积分', link: 'https://example.com/t/1', title: '' };
    database.insert('tie', { id, createTime: created, ...plain, ...fields });
  };
  for (const [index, title] of CAMPAIGNS.entries()) {
    addTie(first + BigInt(index), { title, status: [0, 1, 2, 9, 9][index] ?? 0, invited: index % 2, readQuantity: index * 37 });
  }
  for (let index = 0; index < 23; index += 1)
    addTie(first + BigInt(10 + index), { uid: uid + 1, title: `门店打卡第${index + 1}季`, status: 9 });
  addTie(longIds, { title: `${pick(CAMPAIGNS, seed)}年度总结`, status: 9, readQuantity: 46 });

  const firstApply = 4101 + (seed % 1000) * 100;
  const addApply = (index: number, fields: Readonly<Record<string, string | number | bigint>>): void => {
    database.insert('apply', { id: firstApply + index, uid, title: '', brief: '到店打卡赢积分', create_time: created, ...fields });
  };
  addApply(0, { title: '天天骑行', invited: 1, phone: '13911110000' });
  addApply(1, { title: '天天烘焙', phone: '13911110001', link: 'https://example.com/t/bake', code: 'BAKE' });
  addApply(2, { title: '观影打卡', phone: '139111100010', status: 2, tid: first + 3n, update_time: created + 1000n });
  addApply(3, { title: '旧书交换', phone: '13911110003', status: 1, reason: '真实性不强', update_time: created + 1000n });
  for (let index = 4; index < 27; index += 1) addApply(index, { uid: uid + 1, title: `打卡申请${index - 3}号`, phone: '13911110009' });

  const firstInvitation = 930_001 + (seed % 1000) * 100;
  const addInvitation = (index: number, tid: bigint, min: number, max: number, isDeleted = 0): void => {
    const range = { probabilityMin: min, probabilityMax: max, isDeleted };
    const link = `https://example.com/i/${index}`;
    database.insert('invitation', { id: firstInvitation + index, tid, uid, link, createTime: created, ...range });
  };
  addInvitation(0, first + 1n, 0, 49);
  addInvitation(1, first + 1n, 50, 99);
  addInvitation(2, first + 3n, 10, 19);
  addInvitation(3, first + 3n, 20, 29, 1);
}
