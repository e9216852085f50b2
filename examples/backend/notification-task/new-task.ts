import type { Context } from '../context.ts';
import { int64Of } from '../int64.ts';
import { membersOf } from '../json.ts';
import { parseLocal } from '../local-time.ts';
import { badRequest } from '../reply.ts';

export const TASK_TYPES: readonly unknown[] = ['APPOINTMENT_REMINDER', 'CUSTOMER_RESOURCE_REMINDER'];

export interface Content {
  readonly contentType: 'TEXT' | 'IMAGE';
  readonly contentValue: string;
}

export type Member = Readonly<Record<string, unknown>>;

/** A task as a client asks for it, checked; what takes the database to check is left to `createTask`. */
export interface NewTask {
  readonly taskName: string;
  readonly taskType: string;
  readonly scheduledStartTime: string;
  readonly scheduledEndTime: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly contents: readonly Content[];
  readonly fileIds: readonly bigint[];
  readonly members: readonly Member[];
}

/**
 * Checks the body of `POST /api/v1/notification-tasks`.
 * @throws Refusal 400 that names the field.
 */
export function checkNewTask(context: Context, value: unknown): NewTask {
  const body = membersOf(value);
  if (body === undefined) throw badRequest('请求体必须是 JSON 对象');
  const { taskType } = body;
  if (typeof taskType !== 'string' || !TASK_TYPES.includes(taskType)) throw badRequest('taskType 不支持');
  const taskName = checkName(context, body['taskName']);
  const schedule = checkSchedule(context, body['scheduledStartTime'], body['scheduledEndTime']);
  const contents = checkContents(body['contents']);
  return { taskName, taskType, ...schedule, contents, ...checkReceivers(context, body) };
}

function checkName({ defect }: Context, name: unknown): string {
  if (typeof name !== 'string' || name === '') throw badRequest('缺少参数 taskName');
  const length = defect('task-name-code-units') ? name.length : Array.from(name).length;
  if (length > 120 && !defect('task-name-too-long')) throw badRequest('taskName 长度不能超过 120');
  return name;
}

type Schedule = Pick<NewTask, 'scheduledStartTime' | 'scheduledEndTime' | 'startsAt' | 'endsAt'>;

function checkSchedule({ defect }: Context, start: unknown, givenEnd: unknown): Schedule {
  const startsAt = parseLocal(start);
  if (startsAt === undefined || typeof start !== 'string') throw badRequest('scheduledStartTime 的格式应为 yyyy-MM-dd HH:mm:ss');
  const day = start.slice(0, 10);
  const end = givenEnd === undefined ? `${day} ${defect('task-default-end-late') ? '23:59:59' : '22:00:00'}` : givenEnd;
  const endsAt = parseLocal(end);
  if (endsAt === undefined || typeof end !== 'string') throw badRequest('scheduledEndTime 的格式应为 yyyy-MM-dd HH:mm:ss');
  if (!end.startsWith(day) && !defect('task-other-day')) throw badRequest('结束时间与开始时间必须为同一天');
  if (endsAt < startsAt && !defect('task-end-before-start')) {
    throw badRequest(givenEnd === undefined ? '开始时间晚于 22:00 时必须指定当日的结束时间' : '结束时间不能早于开始时间');
  }
  return { scheduledStartTime: start, scheduledEndTime: end, startsAt, endsAt };
}

function checkContents(value: unknown): readonly Content[] {
  if (!Array.isArray(value) || value.length === 0) throw badRequest('contents 至少一条');
  return value.map((item: unknown, index) => {
    const { contentType, contentValue } = membersOf(item) ?? {};
    if (contentType !== 'TEXT' && contentType !== 'IMAGE') throw badRequest(`contents[${index}].contentType 只能为 TEXT 或 IMAGE`);
    if (typeof contentValue !== 'string' || contentValue === '') throw badRequest(`contents[${index}] 缺少 contentValue`);
    if (Array.from(contentValue).length > 1024) throw badRequest(`contents[${index}].contentValue 长度不能超过 1024`);
    return { contentType, contentValue };
  });
}

function checkReceivers(context: Context, body: Member): Pick<NewTask, 'fileIds' | 'members'> {
  const { fileIds, members } = body;
  if (fileIds === undefined && members === undefined) throw badRequest('fileIds 与 members 必须选择其一');
  if (fileIds !== undefined && members !== undefined && !context.defect('task-both-receivers')) {
    throw badRequest('fileIds 与 members 只能选择其一');
  }
  return {
    fileIds: fileIds === undefined ? [] : checkFileIds(fileIds),
    members: members === undefined ? [] : checkMembers(context, members),
  };
}

function checkFileIds(value: unknown): readonly bigint[] {
  if (!Array.isArray(value) || value.length === 0) throw badRequest('fileIds 不能为空');
  return value.map((item: unknown) => {
    const id = int64Of(item);
    if (id === undefined || id < 1n) throw badRequest('fileIds 只能包含正整数');
    return id;
  });
}

function checkMembers({ defect }: Context, value: unknown): readonly Member[] {
  if (!Array.isArray(value) || value.length === 0) throw badRequest('members 不能为空');
  return value.map((item: unknown, index) => {
    const member = membersOf(item);
    if (member === undefined) throw badRequest(`members[${index}] 必须是对象`);
    for (const [name, parameter] of Object.entries(member)) {
      const fits = name === 'memberId' ? int64Of(parameter) !== undefined : typeof parameter === 'string';
      if (!fits) throw badRequest(`members[${index}].${name} 的类型不正确`);
    }
    const identified = [member['userId'], member['ciq']].some((id) => typeof id === 'string' && id !== '');
    if (!identified && !defect('task-member-unidentified')) throw badRequest(`members[${index}] 缺少 userId 或 ciq`);
    return member;
  });
}
