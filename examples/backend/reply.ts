import type { Request, Response } from 'express';
import { parseJson, writeJson } from './json.ts';

/** A request that is refused: the status, the name of the error and what the caller is told. */
export class Refusal extends Error {
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, message: string) {
    super(message);
    this.status = status;
    this.error = error;
  }
}

export const badRequest = (message: string): Refusal => new Refusal(400, 'Bad Request', message);
export const notFound = (message: string): Refusal => new Refusal(404, 'Not Found', message);

export function sendJson(response: Response, status: number, value: unknown): void {
  response.status(status).set('content-type', 'application/json; charset=utf-8').end(writeJson(value));
}

/** A page of HTML, as a gateway or a framework sends it when nobody told it otherwise. */
export function sendHtml(response: Response, status: number, title: string): void {
  response.status(status).set('content-type', 'text/html; charset=utf-8').end(`<!doctype html><title>${title}</title><h1>${title}</h1>`);
}

/** The body of a request as read by `express.raw`; undefined where there is none. */
export function bytesOf(request: Request): Buffer | undefined {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) && body.length > 0 ? body : undefined;
}

/**
 * The JSON body; undefined where there is none.
 * @throws Refusal 400 for another media type and for text that is not JSON.
 */
export function jsonBody(request: Request): unknown {
  const bytes = bytesOf(request);
  if (bytes === undefined) return undefined;
  if (request.is('application/json') === false) throw badRequest('请求体必须是 application/json');
  try {
    return parseJson(bytes.toString('utf8'));
  } catch {
    throw badRequest('请求体不是合法的 JSON');
  }
}

/** What went wrong, as a refusal: errors of the body parser keep their kind, everything else is ours and is not told. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  if (status >= 400 && status < 500) return badRequest('请求体无法读取');
  return new Refusal(500, 'Internal Server Error', '服务器内部错误，请稍后重试');
}
