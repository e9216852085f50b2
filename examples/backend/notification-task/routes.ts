import { raw, Router } from 'express';
import type { NextFunction, Request, Response } from 'express';
import { requireToken } from '../auth/bearer.ts';
import type { Context } from '../context.ts';
import { idOf } from '../database.ts';
import { parseId } from '../int64.ts';
import { membersOf, parseJson } from '../json.ts';
import { isTimeText } from '../local-time.ts';
import { badRequest, bytesOf, jsonBody, notFound, refusalOf, sendHtml, sendJson } from '../reply.ts';
import { listExecutions } from './executions.ts';
import { checkNewTask, TASK_TYPES } from './new-task.ts';
import { catchUp } from './schedule.ts';
import { showCreated, showDetail, showExecution, showSummary } from './show.ts';
import { createTask, getTask, listTasks, terminateTask } from './tasks.ts';
import type { Listed, Page } from './tasks.ts';

const STATUSES: readonly unknown[] = ['PENDING', 'EXECUTING', 'COMPLETED', 'TERMINATED'];

/** `/api/v1/notification-tasks`: every call needs a token, and finds tasks moved on to where they are by now. */
export function notificationTaskRouter(context: Context): Router {
  const { defect } = context;
  const router = Router();
  router.use((request, _response, next) => {
    const open = request.method === 'GET' && request.path === '/' && defect('task-token-unchecked');
    if (!open) requireToken(context, request.headers.authorization);
    catchUp(context);
    next();
  });
  router.use(raw({ type: () => true, limit: '2mb' }));

  router.post('/', (request, response) => {
    // A body that is not JSON is told here, before jsonBody would.
    if (defect('task-malformed-500')) parseJson(bytesOf(request)?.toString('utf8') ?? '');
    const id = createTask(context, checkNewTask(context, jsonBody(request)));
    catchUp(context);
    sendJson(response, defect('task-create-201') ? 201 : 200, showCreated(context, getTask(context, id)));
  });

  router.get('/', (request, response) => {
    const taskType = oneOf(request, 'taskType', TASK_TYPES);
    if (taskType === undefined && !defect('task-type-optional')) throw badRequest('缺少参数 taskType');
    const filter = {
      taskType,
      status: oneOf(request, 'status', STATUSES),
      startTime: timeOf(request, 'startTime'),
      endTime: timeOf(request, 'endTime'),
    };
    const page = pageOf(context, request);
    const { rows, total } = listTasks(context, filter, page);
    const records = rows.map((row) => showSummary(context, row));
    sendJson(response, 200, { page: { ...page, total }, records: rows.length === 0 && defect('task-records-null') ? null : records });
  });

  router.get('/:taskId', (request, response) => {
    sendJson(response, 200, showDetail(context, getTask(context, taskId(request.params.taskId))));
  });

  router.put('/:taskId/termination', (request, response) => {
    const task = getTask(context, taskId(request.params.taskId));
    const changed = terminateTask(context, task, reasonOf(context, request));
    if (defect('task-terminate-204')) response.status(204).end();
    else sendJson(response, 200, changed);
  });

  router.get('/:taskId/executions', (request, response) => {
    const id = idOf(getTask(context, taskId(request.params.taskId)));
    const page = pageOf(context, request);
    const orderBy = oneOf(request, 'orderBy', ['executeTime', 'status'] as const);
    const direction = oneOf(request, 'orderDirection', ['ASC', 'DESC'] as const);
    const { rows, total }: Listed = listExecutions(context, id, page, orderBy, direction);
    sendJson(response, 200, { page: { ...page, total }, records: rows.map((row) => showExecution(context, row)) });
  });

  router.use((_request: Request, _response: Response) => {
    throw notFound('资源不存在');
  });
  router.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    const refusal = refusalOf(error);
    const { error: name, message } = refusal;
    let { status } = refusal;
    if (status === 401) {
      response.set('www-authenticate', 'Bearer');
      if (defect('task-no-token-html')) return sendHtml(response, 401, '请登录');
      if (defect('task-no-token-403') && request.headers.authorization === undefined) status = 403;
    }
    if (status === 404 && defect('task-unknown-200')) return sendJson(response, 200, {});
    if (defect('task-terminate-refused-200') && message.endsWith('不能终止')) status = 200;
    sendJson(response, status, { error: name, message });
  });
  return router;
}

function taskId(text: string): bigint {
  const id = parseId(text);
  if (id === undefined) throw badRequest('taskId 必须为正整数');
  return id;
}

/** One value of the query; a parameter that is given twice is refused. */
function queryOf(request: Request, name: string): string | undefined {
  const value = request.query[name];
  if (value === undefined || typeof value === 'string') return value;
  throw badRequest(`参数 ${name} 只能出现一次`);
}

function oneOf<Value>(request: Request, name: string, values: readonly Value[]): (Value & string) | undefined {
  const text = queryOf(request, name);
  if (text === undefined) return undefined;
  const found = values.find((value) => value === text);
  if (typeof found !== 'string') throw badRequest(`参数 ${name} 不支持 ${text}`);
  return found;
}

function timeOf(request: Request, name: string): string | undefined {
  const text = queryOf(request, name);
  if (text !== undefined && !isTimeText(text)) throw badRequest(`${name} 的格式应为 yyyy-MM-dd HH:mm:ss`);
  return text;
}

function pageOf({ defect }: Context, request: Request): Page {
  const current = wholeNumber(request, 'current', 0);
  const size = wholeNumber(request, 'size', 20);
  if (size < 1) throw badRequest('size 必须大于 0');
  if (size > 100 && !defect('task-size-unlimited')) throw badRequest('size 不能超过 100');
  return { current, size };
}

function wholeNumber(request: Request, name: string, preset: number): number {
  const text = queryOf(request, name);
  if (text === undefined) return preset;
  const number = Number(text);
  if (!/^\d{1,10}$/.test(text) || number > 2_147_483_647) throw badRequest(`${name} 必须是不小于 0 的整数`);
  return number;
}

function reasonOf({ defect }: Context, request: Request): string | null {
  const value = jsonBody(request);
  if (value === undefined) {
    if (defect('task-terminate-body-required')) throw badRequest('缺少请求体');
    return null;
  }
  const { reason } = membersOf(value) ?? { reason: false };
  if (reason !== undefined && typeof reason !== 'string') throw badRequest('reason 必须是文本');
  return reason ?? null;
}
