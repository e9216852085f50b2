import type { Context } from '../context.ts';
import type { Row } from '../database.ts';
import { Failure, optionalInteger, optionalNumber, optionalText, requireInteger } from './check.ts';
import type { Body } from './check.ts';
import { requireTie } from './ties.ts';

/** Adds an invitation without an id, changes one with it. What is not sent stays as it is. */
export function saveInvitation(context: Context, body: Body): object {
  const { database, defect, now } = context;
  const id = optionalInteger(body, 'id');
  const given = {
    tid: requireInteger(body, 'tid'),
    uid: requireInteger(body, 'uid'),
    code: optionalText(body, 'code', 15),
    link: optionalText(body, 'link', 500),
    qrcode: optionalText(body, 'qrcode', 500),
    probabilityMin: probabilityOf(context, body, 'probabilityMin'),
    probabilityMax: probabilityOf(context, body, 'probabilityMax'),
  };
  const { link = '', qrcode = '' } = given;
  if (link === '' && qrcode === '' && !defect('tie-no-address')) throw new Failure('link 和 qrcode 必须有一个传入');
  if (given.probabilityMin > given.probabilityMax && !defect('tie-range-inverted')) {
    throw new Failure('probabilityMin 不能大于 probabilityMax');
  }
  requireTie(context, given.tid);
  const fields = Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  if (id === undefined) return { inviteid: database.insert('invitation', { ...fields, createTime: BigInt(now()) }) };
  requireInvitation(context, id);
  const set = Object.keys(fields).map((name) => `${name} = ?`);
  database.run(`UPDATE invitation SET ${set.join(', ')}, updateTime = ? WHERE id = ?`, ...Object.values(fields), BigInt(now()), id);
  return { inviteid: id };
}

function probabilityOf({ defect }: Context, body: Body, name: string): number {
  const value = optionalNumber(body, name, 0, defect('tie-range-100') ? 100 : 99);
  if (value === undefined || (value === 0 && defect('tie-zero-refused'))) throw new Failure(`缺少必填参数：${name}`);
  return value;
}

function requireInvitation({ database, defect }: Context, id: bigint): Row {
  const row = database.get('SELECT * FROM invitation WHERE id = ?', id);
  if (row === undefined || (row['isDeleted'] !== 0n && !defect('tie-delete-twice'))) throw new Failure('邀请信息不存在');
  return row;
}

export function deleteInvitation(context: Context, body: Body): undefined {
  const { database, defect, now } = context;
  const id = requireInteger(body, 'invite_id');
  const { tid = null } = requireInvitation(context, id);
  if (defect('tie-delete-no-effect')) return undefined;
  const [column, value] = defect('tie-delete-all') ? ['tid', tid] : ['id', id];
  database.run(`UPDATE invitation SET isDeleted = 1, updateTime = ? WHERE ${column} = ?`, BigInt(now()), value);
  return undefined;
}

/** All invitations of a tie; their range has keys in snake_case here. */
export function listInvitations(context: Context, body: Body): object {
  const { database, defect } = context;
  const tid = requireInteger(body, 'tid');
  requireTie(context, tid);
  const mine = defect('tie-invitations-of-all') ? '? > 0' : 'tid = ?';
  const living = defect('tie-deleted-listed') ? '' : 'AND isDeleted = 0';
  const rows = database.all(`SELECT * FROM invitation WHERE ${mine} ${living} ORDER BY id`, tid);
  return { invitiations: rows.length === 0 && defect('tie-invitations-null') ? null : rows.map(snakeCaseRange) };
}

/** The invitation with the lowest id whose range holds the value; null where there is none. */
export function drawInvitation(context: Context, body: Body): object {
  const { database, defect } = context;
  const tid = requireInteger(body, 'tid');
  const probability = optionalNumber(body, 'probability', 0, 99);
  if (probability === undefined) throw new Failure('缺少必填参数：probability');
  requireTie(context, tid);
  const below = defect('tie-draw-end-excluded') ? '<' : '<=';
  const living = defect('tie-deleted-drawn') ? '' : 'AND isDeleted = 0';
  const order = defect('tie-draw-last') ? 'DESC' : 'ASC';
  const row = database.get(
    `SELECT * FROM invitation WHERE tid = ? AND probabilityMin <= ? AND ? ${below} probabilityMax ${living} ORDER BY id ${order} LIMIT 1`,
    tid,
    probability,
    probability,
  );
  if (row === undefined) return defect('tie-draw-nothing-absent') ? {} : { invitiation: null };
  return { invitiation: defect('tie-draw-snake-case') ? snakeCaseRange(row) : row };
}

function snakeCaseRange(row: Row): object {
  const { probabilityMin: probability_min, probabilityMax: probability_max, ...others } = row;
  return { ...others, probability_min, probability_max };
}
