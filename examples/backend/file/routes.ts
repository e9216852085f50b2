import { raw, Router } from 'express';
import type { NextFunction, Request, Response } from 'express';
import { requireToken } from '../auth/bearer.ts';
import type { Context } from '../context.ts';
import { idOf } from '../database.ts';
import type { Row } from '../database.ts';
import { parseId, rounded } from '../int64.ts';
import { writeJson } from '../json.ts';
import { localText } from '../local-time.ts';
import { badRequest, notFound, refusalOf, sendHtml, sendJson } from '../reply.ts';
import { inline } from './content-disposition.ts';
import { addFile, findFile } from './files.ts';
import { readUploadForm } from './upload-form.ts';
import type { UploadForm } from './upload-form.ts';

const MODULE_NAME = /^[A-Za-z0-9_]+$/;

/** `POST /api/v1/file` and `GET /api/v1/file/{id}`, also under the older address `/api/file`. */
export function fileRouter(context: Context): Router {
  const { defect } = context;
  const router = Router();

  router.post('/', (request, _response, next) => {
    if (!defect('file-upload-token-unchecked')) requireToken(context, request.headers.authorization);
    next();
  });
  router.post('/', raw({ type: () => true, limit: '12mb' }), (request, response, next) => {
    readUploadForm(request)
      .then((form) => storeUpload(context, form, response))
      .catch(next);
  });

  router.get('/:id', (request, response) => {
    if (defect('file-download-needs-token')) requireToken(context, request.headers.authorization);
    const id = fileId(context, request.params.id);
    const old = request.baseUrl === '/api/file' && defect('file-old-path-lost');
    const row = old ? undefined : findFile(context, id);
    if (row === undefined) throw notFound('文件不存在');
    sendFile(context, response, row);
  });

  router.use((_request: Request, _response: Response) => {
    throw notFound('资源不存在');
  });
  router.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const { status, error: name, message } = refusalOf(error);
    if (defect('file-error-html')) return sendHtml(response, status, `${status} ${name}`);
    sendJson(response, status === 404 && defect('file-unknown-200') ? 200 : status, { error: name, message });
  });
  return router;
}

function storeUpload(context: Context, { file, moduleName }: UploadForm, response: Response): void {
  const { defect } = context;
  if (file === undefined) throw defect('file-no-part-500') ? new TypeError('file is undefined') : badRequest('缺少参数 file');
  if (file.name === '') throw badRequest('文件名不能为空');
  if (file.content.length === 0 && !defect('file-empty-accepted')) throw badRequest('文件内容不能为空');
  const row = addFile(context, {
    moduleName: checkedModuleName(context, moduleName),
    fileName: file.name,
    declaredType: file.type,
    content: file.content,
  });
  const shown = describe(context, row);
  const status = defect('file-upload-201') ? 201 : 200;
  if (defect('file-upload-no-content-type')) response.status(status).end(writeJson(shown));
  else sendJson(response, status, shown);
}

function checkedModuleName({ defect }: Context, name: string | undefined): string {
  const wrong = badRequest('moduleName 只能包含字母、数字和下划线，长度 1-50');
  if (name === undefined || name === '') throw wrong;
  if (name.length > 50 && !defect('file-module-name-too-long')) throw wrong;
  if (!MODULE_NAME.test(name) && !defect('file-module-name-unchecked')) throw wrong;
  return name;
}

function fileId({ defect }: Context, text: string): bigint {
  const id = parseId(text);
  if (id !== undefined) return id;
  if (defect('file-bad-id-500')) throw new TypeError(`${text} is no id`);
  throw badRequest('id 必须为正整数');
}

/** What an upload is answered with. */
function describe({ defect }: Context, row: Row): object {
  const createTime = Number(row['createTime']);
  const shown = {
    id: defect('file-id-text') ? String(row['id']) : defect('file-id-rounded') ? rounded(idOf(row)) : row['id'],
    fileName: row['fileName'],
    signature: row['signature'],
    fileSize: defect('file-size-text') ? String(row['fileSize']) : row['fileSize'],
    createTime: defect('file-create-time-text')
      ? localText(createTime)
      : defect('file-create-time-seconds')
        ? Math.floor(createTime / 1000)
        : createTime,
  };
  if (!defect('file-snake-case')) return shown;
  const { fileName, fileSize, createTime: create_time, ...others } = shown;
  return { ...others, file_name: fileName, file_size: fileSize, create_time };
}

function sendFile({ defect, now }: Context, response: Response, row: Row): void {
  const stored = Buffer.from(row['content'] instanceof Uint8Array ? row['content'] : []);
  const content = defect('file-truncated') ? stored.subarray(0, -1) : stored;
  const disposition = defect('file-disposition-without-name') ? 'inline' : inline(String(row['fileName']));
  const modified = new Date(defect('file-last-modified-now') ? now() : Number(row['createTime']));
  response.set({
    'content-type': defect('file-octet-stream') ? 'application/octet-stream' : String(row['contentType']),
    'content-disposition': defect('file-attachment') ? disposition.replace('inline', 'attachment') : disposition,
    'last-modified': defect('file-last-modified-iso') ? modified.toISOString() : modified.toUTCString(),
    // The content is as it was uploaded: a browser must not guess another type.
    'x-content-type-options': 'nosniff',
  });
  if (!defect('file-cache-control-missing')) response.set('cache-control', 'public, max-age=31536000');
  if (defect('file-length-missing')) response.write(content.subarray(0, 1));
  else response.set('content-length', String(content.length));
  response.end(defect('file-length-missing') ? content.subarray(1) : content);
}
