import type { Context } from '../context.ts';
import type { Listed, Page } from './tasks.ts';

export type OrderBy = 'executeTime' | 'status' | undefined;
export type Direction = 'ASC' | 'DESC' | undefined;

/** One page of the members of a task and how they fared. */
export function listExecutions({ database, defect }: Context, taskId: bigint, page: Page, orderBy: OrderBy, direction: Direction): Listed {
  const where = [
    defect('task-executions-of-all') ? '? > 0' : 'taskId = ?',
    ...(defect('task-failed-members-missing') ? [`status <> 'FAILED'`] : []),
  ].join(' AND ');
  const order = orderBy === undefined || defect('task-order-ignored') ? 'memberId' : `${orderBy} ${direction ?? 'ASC'}, memberId`;
  const offset = defect('task-page-ignored') ? 0 : page.current * page.size;
  const rows = database.all(`SELECT * FROM execution WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`, taskId, page.size, offset);
  const total = Number(database.get(`SELECT count(*) AS total FROM execution WHERE ${where}`, taskId)?.['total']);
  return { rows, total };
}

/** How many members a task has, and how many of them were reached. */
export function countExecutions({ database, defect }: Context, taskId: bigint): { totalMembers: number; successCount: number } {
  const reached = defect('task-success-count-all') ? `status <> 'PENDING'` : `status = 'COMPLETED'`;
  const row = database.get(
    `SELECT count(*) AS members, count(*) FILTER (WHERE ${reached}) AS reached FROM execution WHERE taskId = ?`,
    taskId,
  );
  return { totalMembers: Number(row?.['members']), successCount: Number(row?.['reached']) };
}
