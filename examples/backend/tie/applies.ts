import type { Context } from '../context.ts';
import type { Row } from '../database.ts';
import { rounded } from '../int64.ts';
import { Failure, optionalChoice, optionalInteger, optionalNumber, optionalText, requireInteger } from './check.ts';
import type { Body } from './check.ts';
import { contains, pageOf } from './page.ts';
import { requireTie } from './ties.ts';

export function listApplies(context: Context, body: Body): object {
  const { defect } = context;
  const phone = optionalText(body, 'phone', 15);
  const { rows, count } = pageOf(
    context,
    'apply',
    [
      ['is_deleted = ?', 0],
      ['uid = ?', optionalInteger(body, 'uid')],
      ['invited = ?', optionalChoice(body, 'invited', [0, 1])],
      ['status = ?', optionalChoice(body, 'status', [0, 1, 2])],
      contains('title', optionalText(body, 'title', 100)),
      defect('tie-apply-phone-prefix') ? [`phone LIKE ? || '%'`, phone] : ['phone = ?', phone],
    ],
    optionalNumber(body, 'start', 0) ?? 0,
  );
  return { count, list: rows.map((row) => showApply(context, row)) };
}

/** An application, with keys in snake_case and without the reason. */
function showApply({ defect }: Context, row: Row): object {
  const { reason: _reason, ...shown } = row;
  if (defect('tie-apply-camel-case')) {
    const { create_time: createTime, update_time: updateTime, is_deleted: isDeleted, ...others } = shown;
    return { ...others, createTime, updateTime, isDeleted };
  }
  return defect('tie-apply-status-text') ? { ...shown, status: String(row['status']) } : shown;
}

/** Stores the result of a review: the text "1" (rejected) or "2" (passed). An application is reviewed once. */
export function approveApply(context: Context, body: Body): undefined {
  const { database, defect, now } = context;
  const id = requireInteger(body, 'applyid');
  const given = body['status'];
  const status = defect('tie-approve-number') && typeof given === 'number' ? String(given) : given;
  if (status === undefined) throw new Failure('缺少必填参数：status');
  if (status !== '1' && status !== '2') throw new Failure('status 只能是 "1" 或 "2"');
  const reason = optionalText(body, 'reason', defect('tie-reason-too-long') ? 10_000 : 50) ?? null;
  const apply = requireApply(context, id);
  if (apply['status'] !== 0n && !defect('tie-approve-twice')) throw new Failure('申请已审核');
  if (defect('tie-approve-no-effect')) return undefined;
  const stored = defect('tie-approve-swapped') ? 3n - BigInt(status) : BigInt(status);
  database.run('UPDATE apply SET status = ?, reason = ?, update_time = ? WHERE id = ?', stored, reason, BigInt(now()), id);
  return undefined;
}

/** Links an application to a tie; nothing changes where one of them is unknown. */
export function setApplyTid(context: Context, body: Body): undefined {
  const { database, defect, now } = context;
  const id = requireInteger(body, 'applyid');
  const tid = requireInteger(body, 'tieid');
  requireApply(context, id);
  if (defect('tie-settid-unknown-success') && database.get('SELECT id FROM tie WHERE id = ?', tid) === undefined) return undefined;
  requireTie(context, tid);
  if (defect('tie-settid-lost')) return undefined;
  const stored = defect('tie-tid-rounded') ? rounded(tid) : tid;
  database.run('UPDATE apply SET tid = ?, update_time = ? WHERE id = ?', stored, BigInt(now()), id);
  return undefined;
}

function requireApply({ database }: Context, id: bigint): Row {
  const row = database.get('SELECT * FROM apply WHERE id = ? AND is_deleted = 0', id);
  if (row === undefined) throw new Failure('申请记录不存在');
  return row;
}
