import { parseJson, writeJson } from '../../operations/index.ts';
import { send } from '../conformance/send.ts';
import type { Dice } from './dice.ts';

/** A client that does one thing after the other in a session of its own and knows what has to be there. */
export interface Flow {
  readonly session: string;
  /** One more step. @returns what is wrong with the answer, if anything is. */
  readonly step: () => Promise<string | undefined>;
  /** What is wrong with the rows of the session at the end. */
  readonly judge: (rows: Rows) => string[];
}

export type Row = Readonly<Record<string, unknown>>;
export type Rows = Readonly<Record<string, readonly Row[]>>;

const BASE = '/api/v1/marketing-notice';
const LIMIT_MS = 15_000;
/** Lists are read whole. */
const MOST = 12;

export function createFlow(port: number, session: string, uid: number, dice: Dice): Flow {
  /** Groups by id, with their names; those that a plan refers to can't be deleted. */
  const groups = new Map<number, string>();
  const used = new Set<number>();
  const plans = new Map<number, number>();
  const ties = new Map<number, string>();
  const invitations = new Map<number, number>();
  const gone: { readonly groups: number[]; readonly invitations: number[] } = { groups: [], invitations: [] };
  let count = 0;
  let seeded: number | undefined;

  async function call(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: Row }> {
    const headers = {
      authorization: 'Bearer soak',
      'x-hufu-session': session,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const sent = await send(
      port,
      { kind: 'request', method, path, headers, body: body === undefined ? undefined : Buffer.from(writeJson(body)) },
      LIMIT_MS,
    );
    if (sent.kind !== 'answer') throw new Error(`${method} ${path}: ${sent.reason}`);
    const text = sent.answer.body.toString();
    return { status: sent.answer.status, body: text === '' ? {} : (parseJson(text) as Row) };
  }

  const tie = (title: string): Row => ({ uid, title, img: 'https://example.com/a.jpg', brief: 'b', link: 'https://example.com/l' });
  const data = (answer: { readonly body: Row }): Row => (answer.body['data'] ?? {}) as Row;
  const any = <K>(keys: Iterable<K>): K | undefined => {
    const all = [...keys];
    return all[dice.below(all.length)];
  };

  const steps: readonly (() => Promise<string | undefined>)[] = [
    async () => {
      if (groups.size >= MOST) return undefined;
      const name = `group ${(count += 1)}`;
      const { status, body } = await call('POST', `${BASE}/group`, { name });
      if (status !== 200 || typeof body['id'] !== 'number') return `a group was not created: ${status}`;
      if (groups.has(body['id'])) return `two groups have the id ${body['id']}`;
      groups.set(body['id'], name);
      return undefined;
    },
    async () => {
      const id = any(groups.keys());
      if (id === undefined) return undefined;
      const name = `changed ${(count += 1)}`;
      const { status } = await call('PUT', `${BASE}/group/${id}`, { name });
      groups.set(id, name);
      return status === 200 ? undefined : `group ${id} was not changed: ${status}`;
    },
    async () => {
      const id = any(groups.keys());
      if (id === undefined) return undefined;
      const { body } = await call('GET', `${BASE}/group/${id}`);
      return body['name'] === groups.get(id) ? undefined : `group ${id} is called ${String(body['name'])}, not ${groups.get(id)}`;
    },
    async () => {
      const id = any(groups.keys());
      if (id === undefined) return undefined;
      const { status } = await call('DELETE', `${BASE}/group/${id}`);
      if (used.has(id)) return status >= 400 ? undefined : `group ${id} was deleted although a plan refers to it`;
      groups.delete(id);
      gone.groups.push(id);
      return status < 300 ? undefined : `group ${id} was not deleted: ${status}`;
    },
    async () => {
      const id = any(gone.groups);
      if (id === undefined) return undefined;
      const { status } = await call('GET', `${BASE}/group/${id}`);
      return status === 404 ? undefined : `group ${id} was deleted and answers ${status}`;
    },
    async () => {
      const { body } = await call('GET', `${BASE}/group`);
      const total = Number(body['total']);
      seeded ??= total - groups.size;
      return total - groups.size === seeded ? undefined : `there are ${total} groups, not ${seeded + groups.size}`;
    },
    async () => {
      const groupId = any(groups.keys());
      if (groupId === undefined || plans.size >= MOST) return undefined;
      const { status, body } = await call('POST', BASE, { options: 'RELEASE', data: { name: `plan ${(count += 1)}`, groupId } });
      if (status !== 200 || typeof body['id'] !== 'number') return `a plan was not created: ${status}`;
      plans.set(body['id'], groupId);
      used.add(groupId);
      return undefined;
    },
    async () => {
      if (ties.size >= MOST) return undefined;
      const title = `tie ${(count += 1)}`;
      const id = Number(data(await call('POST', '/tie/saveOrUpdate.json', tie(title)))['tieid']);
      if (!Number.isInteger(id) || ties.has(id)) return `a tie was not created: ${id}`;
      ties.set(id, title);
      return undefined;
    },
    async () => {
      const id = any(ties.keys());
      if (id === undefined) return undefined;
      const title = `changed ${(count += 1)}`;
      const changed = data(await call('POST', '/tie/saveOrUpdate.json', { id, ...tie(title) }))['tieid'];
      ties.set(id, title);
      return changed === id ? undefined : `tie ${id} was not changed`;
    },
    async () => {
      const { count: total, list } = data(await call('POST', '/tie/list.json', { uid, start: 0 })) as {
        count?: number;
        list?: readonly Row[];
      };
      const titles = new Set(list?.map(({ title }) => title));
      if (total !== ties.size) return `there are ${total} ties, not ${ties.size}`;
      return [...ties.values()].every((title) => titles.has(title)) ? undefined : 'a tie is missing in the list';
    },
    async () => {
      const tid = any(ties.keys());
      if (tid === undefined || invitations.size >= MOST) return undefined;
      const given = { tid, uid, link: 'https://example.com/i', probabilityMin: 0, probabilityMax: 9 };
      const id = Number(data(await call('POST', '/tie/invitiation/saveOrUpdate.json', given))['inviteid']);
      if (!Number.isInteger(id) || invitations.has(id)) return `an invitation was not created: ${id}`;
      invitations.set(id, tid);
      return undefined;
    },
    async () => {
      const id = any(invitations.keys());
      if (id === undefined) return undefined;
      const { body } = await call('POST', '/tie/invitiation/delete.json', { invite_id: id });
      invitations.delete(id);
      gone.invitations.push(id);
      return body['success'] === 'true' ? undefined : `invitation ${id} was not deleted`;
    },
    async () => {
      const tid = any(ties.keys());
      if (tid === undefined) return undefined;
      const list = data(await call('POST', '/tie/invitiation/findByTid.json', { tid }))['invitiations'] as readonly Row[] | undefined;
      const wanted = [...invitations].filter(([, of]) => of === tid).map(([id]) => id);
      const found = new Set(list?.map(({ id }) => id));
      return list?.length === wanted.length && wanted.every((id) => found.has(id))
        ? undefined
        : `tie ${tid} has ${list?.length} invitations, not ${wanted.length}`;
    },
  ];

  return {
    session,
    step: async () => (steps[dice.below(steps.length)] ?? (() => Promise.resolve(undefined)))(),
    judge(rows) {
      const wrong: string[] = [];
      const own = (collection: string, field: string): readonly Row[] => (rows[collection] ?? []).filter((row) => row[field] === uid);
      const ids = new Set((rows['marketing-notice/group'] ?? []).map(({ id }) => id));
      for (const id of groups.keys()) if (!ids.has(id)) wrong.push(`group ${id} is not there`);
      for (const id of gone.groups) if (ids.has(id)) wrong.push(`group ${id} was deleted and is there`);
      if (seeded !== undefined && ids.size !== seeded + groups.size) wrong.push(`${ids.size} groups, not ${seeded + groups.size}`);
      const planned = new Map((rows['marketing-notice/plan'] ?? []).map((row) => [row['id'], row['groupId']]));
      for (const [id, group] of plans)
        if (planned.get(id) !== group) wrong.push(`plan ${id} refers to ${String(planned.get(id))}, not to ${group}`);
      if (own('tie/tie', 'uid').length !== ties.size) wrong.push(`${own('tie/tie', 'uid').length} ties, not ${ties.size}`);
      const live = own('tie/invitation', 'uid').filter((row) => row['isDeleted'] !== 1);
      if (live.length !== invitations.size) wrong.push(`${live.length} invitations, not ${invitations.size}`);
      const marked = new Set(
        own('tie/invitation', 'uid')
          .filter((row) => row['isDeleted'] === 1)
          .map(({ id }) => id),
      );
      for (const id of gone.invitations) if (!marked.has(id)) wrong.push(`invitation ${id} is not marked as deleted`);
      return wrong.map((text) => `${session}: ${text}`);
    },
  };
}
