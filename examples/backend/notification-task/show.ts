import type { Context } from '../context.ts';
import { idOf } from '../database.ts';
import type { Row } from '../database.ts';
import { rounded } from '../int64.ts';
import { membersOf, parseJson } from '../json.ts';
import { localText } from '../local-time.ts';
import { countExecutions } from './executions.ts';

/** The answer to a new task. */
export function showCreated(context: Context, row: Row): object {
  const { defect } = context;
  const id = idOf(row);
  const { totalMembers } = countExecutions(context, id);
  return {
    ...common(row),
    id: defect('task-id-rounded') ? rounded(id) : id,
    ...stamps(context, row),
    ...(defect('task-total-missing') ? {} : { totalMembers }),
  };
}

/** One task of the list. */
export function showSummary({ defect }: Context, row: Row): object {
  const status = String(row['status']);
  return {
    ...common(row),
    id: defect('task-id-text') ? String(row['id']) : row['id'],
    status: defect('task-status-lowercase') ? status.toLowerCase() : status,
    contents: listOf(row['contents']),
  };
}

/** A task in detail; its contents are named `type` and `value` here. */
export function showDetail(context: Context, row: Row): object {
  const { defect } = context;
  const contents = listOf(row['contents']).map((content) => {
    const { contentType, contentValue } = membersOf(content) ?? {};
    return { type: contentType, value: defect('task-html-escaped') ? escapeHtml(String(contentValue)) : contentValue };
  });
  return {
    ...common(row),
    ...stamps(context, row),
    statistics: countExecutions(context, idOf(row)),
    contents,
    fileIds: listOf(row['fileIds']),
    members: listOf(row['members']),
    ...(defect('task-internal-fields') ? { startsAt: row['startsAt'], endsAt: row['endsAt'] } : {}),
  };
}

/** What became of one member; a reason comes only with a failure. */
export function showExecution({ defect }: Context, row: Row): object {
  const { memberId, memberName, status, executeTime, failureReason } = row;
  const failed = status === 'FAILED';
  return {
    memberId,
    memberName,
    status,
    executeTime: failed && defect('task-failed-with-time') ? localText(Number(row['servedAt'] ?? row['endsAt'])) : executeTime,
    ...(failed ? { failureReason } : {}),
  };
}

function common({ id, taskName, taskType, status, scheduledStartTime, scheduledEndTime }: Row): object {
  return { id, taskName, taskType, status, scheduledStartTime, scheduledEndTime };
}

function stamps({ defect }: Context, row: Row): object {
  const show = (value: unknown): string => {
    const ms = Number(value);
    if (defect('task-time-iso')) return new Date(ms).toISOString();
    return localText(defect('task-time-utc') ? ms - 8 * 3_600_000 : ms);
  };
  return { createTime: show(row['createTime']), lastUpdateTime: show(row['lastUpdateTime']) };
}

function listOf(json: unknown): readonly unknown[] {
  const list = parseJson(String(json));
  return Array.isArray(list) ? list : [];
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
