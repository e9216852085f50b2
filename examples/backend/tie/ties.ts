import type { Context } from '../context.ts';
import type { Row } from '../database.ts';
import { rounded } from '../int64.ts';
import {
  Failure,
  optionalChoice,
  optionalInteger,
  optionalNumber,
  optionalText,
  optionalTime,
  requireInteger,
  requireText,
} from './check.ts';
import type { Body } from './check.ts';
import { contains, pageOf } from './page.ts';

const STATUSES = [0, 1, 2, 9];

/** Publishes a tie without an id, changes one with it. What is not sent stays as it is. */
export function saveTie(context: Context, body: Body): object {
  const { database, defect, now } = context;
  if (body['uid'] === undefined && defect('tie-missing-field-500')) throw new TypeError('NOT NULL constraint failed: tie.uid');
  const id = optionalInteger(body, 'id');
  const given = {
    uid: requireInteger(body, 'uid'),
    title: requireText(body, 'title', defect('tie-title-too-long') ? 10_000 : 100),
    img: requireText(body, 'img', 500),
    brief: requireText(body, 'brief', 500),
    link: requireText(body, 'link', 500),
    startTime: optionalTime(body, 'startTime'),
    expireTime: optionalTime(body, 'expireTime'),
    hasDetail: optionalChoice(body, 'hasDetail', [0, 1]),
    html: optionalInteger(body, 'html'),
    level: optionalNumber(body, 'level'),
    invited: optionalChoice(body, 'invited', [0, 1]),
    type: optionalNumber(body, 'type'),
    status: defect('tie-status-unchecked') ? optionalNumber(body, 'status') : optionalChoice(body, 'status', STATUSES),
    ...(defect('tie-server-fields-taken') ? serverFields(body) : {}),
  };
  if (given.hasDetail === 1 && given.html === undefined && !defect('tie-html-unchecked')) {
    throw new Failure('hasDetail 为 1 时必须传入 html');
  }
  const fields = Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  const createTime = BigInt(defect('tie-time-seconds') ? Math.floor(now() / 1000) : now());

  if (id === undefined || defect('tie-update-creates')) return saved(context, database.insert('tie', { createTime, ...fields }));
  const known = database.get('SELECT id FROM tie WHERE id = ? AND isDeleted = 0', id) !== undefined;
  if (!known && defect('tie-unknown-id-accepted')) return saved(context, database.insert('tie', { id, createTime, ...fields }));
  if (!known) throw new Failure('贴不存在');
  if (defect('tie-update-lost')) return saved(context, id);
  const changed = { ...fields, updateTime: BigInt(now()), ...(defect('tie-update-resets') ? { createTime } : {}) };
  const set = Object.keys(changed).map((name) => `${name} = ?`);
  database.run(`UPDATE tie SET ${set.join(', ')} WHERE id = ?`, ...Object.values(changed), id);
  return saved(context, id);
}

function serverFields(body: Body): { readQuantity?: bigint; createTime?: bigint } {
  const readQuantity = optionalInteger(body, 'readQuantity');
  const createTime = optionalInteger(body, 'createTime');
  return { ...(readQuantity === undefined ? {} : { readQuantity }), ...(createTime === undefined ? {} : { createTime }) };
}

function saved({ defect }: Context, id: bigint): object {
  return { tieid: defect('tie-id-rounded') ? rounded(id) : id };
}

/** @throws Failure for an unknown tie. */
export function requireTie({ database }: Context, id: bigint): Row {
  const row = database.get('SELECT * FROM tie WHERE id = ? AND isDeleted = 0', id);
  if (row === undefined) throw new Failure('贴不存在');
  return row;
}

export function findTie(context: Context, body: Body): object {
  return showTie(context, requireTie(context, requireInteger(body, 'tieid')));
}

export function listTies(context: Context, body: Body): object {
  const { defect } = context;
  const uid = optionalInteger(body, 'uid');
  const title = optionalText(body, 'title', 100);
  const status = optionalChoice(body, 'status', STATUSES);
  const { rows, count } = pageOf(
    context,
    'tie',
    [
      ['isDeleted = ?', 0],
      ['uid = ?', defect('tie-uid-filter-ignored') ? undefined : uid],
      ['invited = ?', optionalChoice(body, 'invited', [0, 1])],
      ['status = ?', status === 0 && defect('tie-status-zero-ignored') ? undefined : status],
      defect('tie-title-filter-exact') ? ['title = ?', title] : contains('title', title),
    ],
    optionalNumber(body, 'start', 0) ?? 0,
  );
  const list = rows.map((row) => showTie(context, row));
  return { count, list: defect('tie-id-text') ? list.map((tie) => ({ ...tie, id: String(tie['id']) })) : list };
}

/** A tie as queries show it: without its link. */
function showTie({ defect }: Context, row: Row): Body {
  const { link: _link, readQuantity, ...shown } = row;
  return {
    ...shown,
    ...(defect('tie-read-quantity-missing') ? {} : { readQuantity }),
    invited: defect('tie-invited-boolean') ? row['invited'] === 1n : row['invited'],
    updateTime: defect('tie-update-time-null') && row['updateTime'] === 0n ? null : row['updateTime'],
  };
}
