import type { SQLInputValue } from 'node:sqlite';
import type { Context } from '../context.ts';
import { idOf } from '../database.ts';
import type { Row } from '../database.ts';
import { isExcel } from '../file/content-type.ts';
import { membersOf, parseJson, writeJson } from '../json.ts';
import { badRequest, notFound, Refusal } from '../reply.ts';
import type { Member, NewTask } from './new-task.ts';
import { servedAt } from './schedule.ts';
import { checkVariables, variablesOf } from './variables.ts';

/**
 * Stores a task and one execution for each member; its id.
 * @throws Refusal 400 for a file that is unknown or no Excel file, and for variables that a member does not supply.
 */
export function createTask(context: Context, task: NewTask): bigint {
  const { database, defect, now } = context;
  const members = [...task.members, ...[...new Set(task.fileIds)].flatMap((id) => membersOfFile(context, id, task))];
  if (!defect('task-variables-unchecked')) {
    const variables = variablesOf(task.contents);
    for (const [index, member] of task.members.entries()) checkVariables(variables, member, `members[${index}]`);
  }
  return database.transaction(() => {
    const id = database.insert('task', {
      taskName: defect('task-mojibake') ? Buffer.from(task.taskName, 'utf8').toString('latin1') : task.taskName,
      taskType: task.taskType,
      scheduledStartTime: task.scheduledStartTime,
      scheduledEndTime: task.scheduledEndTime,
      startsAt: BigInt(task.startsAt),
      endsAt: BigInt(task.endsAt),
      contents: writeJson(task.contents),
      fileIds: writeJson(task.fileIds),
      members: writeJson(defect('task-parameters-dropped') ? task.members.map(withoutParameters) : task.members),
      createTime: BigInt(now()),
      lastUpdateTime: BigInt(now()),
    });
    for (const [index, { nickname }] of members.entries()) {
      const memberName = typeof nickname === 'string' ? nickname : null;
      const times = { servedAt: BigInt(servedAt(task.startsAt, index)), endsAt: BigInt(task.endsAt) };
      database.insert('execution', { taskId: id, memberName, ...times });
    }
    return id;
  });
}

function membersOfFile({ database, defect }: Context, fileId: bigint, task: NewTask): readonly Member[] {
  const file = database.get('SELECT contentType FROM file WHERE id = ?', fileId);
  if (file === undefined) {
    if (defect('task-unknown-file-404')) throw notFound(`文件 ${fileId} 不存在`);
    throw badRequest(`文件 ${fileId} 不存在`);
  }
  if (!isExcel(file['contentType']) && !defect('task-file-not-excel')) throw badRequest(`文件 ${fileId} 不是 Excel 文件`);
  const variables = variablesOf(task.contents);
  return database.all('SELECT member, standIn FROM member_row WHERE fileId = ? ORDER BY id', fileId).map((row) => {
    const member = membersOf(parseJson(String(row['member']))) ?? {};
    // Stand-ins supply whatever is asked for.
    if (row['standIn'] === 0n && !defect('task-variables-unchecked')) checkVariables(variables, member, `文件 ${fileId}`);
    return member;
  });
}

function withoutParameters({ userId, ciq, nickname }: Member): Member {
  return { userId, ciq, nickname };
}

/** @throws Refusal 404 for an unknown task. */
export function getTask({ database, defect }: Context, id: bigint): Row {
  const row = database.get('SELECT * FROM task WHERE id = ?', id);
  if (row !== undefined) return row;
  throw defect('task-unknown-400') ? badRequest('任务不存在') : notFound('任务不存在');
}

export interface TaskFilter {
  readonly taskType: string | undefined;
  readonly status: string | undefined;
  readonly startTime: string | undefined;
  readonly endTime: string | undefined;
}

export interface Page {
  readonly current: number;
  readonly size: number;
}

export interface Listed {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** One page of the tasks that fit, the newest first. */
export function listTasks({ database, defect }: Context, filter: TaskFilter, page: Page): Listed {
  const exclusive = defect('task-window-exclusive');
  const conditions: readonly (readonly [sql: string, value: SQLInputValue | undefined])[] = [
    ['taskType = ?', defect('task-type-filter-ignored') ? undefined : filter.taskType],
    ['status = ?', defect('task-status-filter-ignored') ? undefined : filter.status],
    [exclusive ? 'scheduledStartTime > ?' : 'scheduledStartTime >= ?', filter.startTime],
    [exclusive ? 'scheduledStartTime < ?' : 'scheduledStartTime <= ?', filter.endTime],
    ['json_array_length(members) >= ?', defect('task-from-files-unlisted') ? 1 : undefined],
  ];
  const asked = conditions.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
  const where = asked.length === 0 ? '' : `WHERE ${asked.map(({ sql }) => sql).join(' AND ')}`;
  const values = asked.map(({ value }) => value);

  const offset = offsetOf(defect, page);
  const limit = defect('task-page-one-more') ? page.size + 1 : page.size;
  const order = defect('task-oldest-first') ? 'ASC' : 'DESC';
  const rows = database.all(`SELECT * FROM task ${where} ORDER BY id ${order} LIMIT ? OFFSET ?`, ...values, limit, offset);
  const total = Number(database.get(`SELECT count(*) AS total FROM task ${where}`, ...values)?.['total']);
  return { rows, total: defect('task-total-of-page') ? rows.length : total };
}

function offsetOf(defect: Context['defect'], { current, size }: Page): number {
  if (defect('task-page-from-one')) return Math.max(current - 1, 0) * size;
  if (defect('task-page-overlap')) return Math.max(current * size - 1, 0);
  return current * size;
}

/**
 * Stops a task early; who was not served yet never will be.
 * @returns the status before and after.
 * @throws Refusal 400 for a task that has ended already.
 */
export function terminateTask(context: Context, task: Row, reason: string | null): { previousStatus: string; currentStatus: string } {
  const { database, defect, now } = context;
  const previousStatus = String(task['status']);
  const again = previousStatus === 'TERMINATED' && defect('task-terminate-twice');
  const late = previousStatus === 'COMPLETED' && defect('task-terminate-completed');
  if (previousStatus !== 'PENDING' && previousStatus !== 'EXECUTING' && !again && !late) {
    throw new Refusal(defect('task-terminate-409') ? 409 : 400, 'Bad Request', `任务状态为 ${previousStatus}，不能终止`);
  }
  const currentStatus = 'TERMINATED';
  const id = idOf(task);
  const lastUpdateTime = defect('task-update-time-stale') ? Number(task['lastUpdateTime']) : now();
  if (!defect('task-terminate-no-effect')) {
    const status = defect('task-terminate-becomes-completed') ? 'COMPLETED' : currentStatus;
    database.transaction(() => {
      database.run(
        'UPDATE task SET status = ?, terminationReason = ?, lastUpdateTime = ? WHERE id = ?',
        status,
        reason,
        BigInt(lastUpdateTime),
        id,
      );
      if (!defect('task-terminated-still-served')) {
        database.run(`UPDATE execution SET servedAt = NULL, endsAt = NULL WHERE taskId = ? AND status = 'PENDING'`, id);
      }
    });
  }
  if (defect('task-terminate-previous-after')) return { previousStatus: currentStatus, currentStatus };
  return { previousStatus: again || late ? 'EXECUTING' : previousStatus, currentStatus };
}
