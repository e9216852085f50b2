import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import express from 'express';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { createOperationTable, isError, loadDocument, validateRequest } from '../operations/index.ts';
import type { Found, JudgedRequest, OperationTable } from '../operations/index.ts';
import { CONTROL_PATH } from './control-path.ts';
import { readClock, setClock } from './control/clock.ts';
import { acceptsPage, getConsole } from './control/console.ts';
import { clearFaults, listFaults, setFaults } from './control/faults.ts';
import { clearForced, listForced, setForced } from './control/forced.ts';
import { admit } from './control/guard.ts';
import { clearJournal, exportHar, listJournal, readJournalEntry } from './control/journal.ts';
import { followJournal } from './control/journal-events.ts';
import type { ControlOperation, Driven } from './control/operation.ts';
import { Refusal, replyOf } from './control/refusal.ts';
import { sendAgain } from './control/send-again.ts';
import { listCollections, patchState, readState, replaceState } from './control/rows.ts';
import {
  CONTROL_DOCUMENT,
  describeOperation,
  getControlDocument,
  getHealth,
  getMemory,
  listDocuments,
  listOperations,
} from './control/serving.ts';
import { listScenarios, listSessions, removeSession, resetSession } from './control/sessions.ts';
import { listSnapshots, removeSnapshot, restoreSnapshot, saveSnapshot } from './control/snapshots.ts';
import { sentenceOf, validationEntry } from './problem.ts';
import { announcesBody, readBody } from './read-body.ts';
import type { Reply } from './reply.ts';
import { splitTarget } from './request-target.ts';
import { sendRefusal, sendReply } from './send-reply.ts';

export interface ControlSettings extends Omit<Driven, 'streams'> {
  /** What every request must carry; `undefined`: requests are answered over loopback only. */
  readonly token: string | undefined;
  /** The largest request body in bytes. */
  readonly bodyLimit: number;
}

const CONSOLE_PATH = `${CONTROL_PATH}/`;
/** Relative: there may be a path in front that only a proxy knows. */
const TO_CONSOLE: Reply = { status: 308, headers: { location: CONSOLE_PATH.slice(1) }, body: undefined };

/** By the operationId of the control document. */
const OPERATIONS: Readonly<Record<string, ControlOperation>> = {
  getConsole,
  getHealth,
  getMemory,
  listDocuments,
  listOperations,
  describeOperation,
  getControlDocument,
  listScenarios,
  listSessions,
  removeSession,
  resetSession,
  listCollections,
  readState,
  replaceState,
  patchState,
  listSnapshots,
  saveSnapshot,
  removeSnapshot,
  restoreSnapshot,
  readClock,
  setClock,
  listFaults,
  setFaults,
  clearFaults,
  listForced,
  setForced,
  clearForced,
  listJournal,
  readJournalEntry,
  sendAgain,
  clearJournal,
  exportHar,
  followJournal,
};

/**
 * The server's own paths, hosted by Express: is it up, what does it serve, what does it remember, what goes wrong on purpose, what happened.
 * Described by control.openapi.yaml, which every request is held to before anything is done.
 */
export function createControl(settings: ControlSettings): RequestListener {
  const { bodyLimit, token, ...rest } = settings;
  const driven: Driven = { ...rest, streams: new Set() };
  let table: Promise<OperationTable> | undefined;

  const guard: RequestHandler = (request, response, next) => {
    const asker = { address: request.socket.remoteAddress, method: request.method, headers: request.headers };
    const { path } = splitTarget(request.originalUrl);
    const admission = admit(asker, token, path === CONSOLE_PATH || path === CONTROL_PATH);
    response.setHeaders(new Map(Object.entries(admission.headers)));
    if (admission.kind === 'preflight') sendReply(response, { status: 204, headers: {}, body: undefined }, request.method);
    else next();
  };

  const perform = async (request: Request, response: Response): Promise<void> => {
    if (isWithoutSlash(request)) {
      sendReply(response, TO_CONSOLE, request.method);
      return;
    }
    table ??= loadDocument(CONTROL_DOCUMENT, { root: import.meta.dirname }).then((document) => createOperationTable([document]));
    const { path, query } = splitTarget(request.originalUrl);
    const found = (await table).find(request.method, path);
    if (found.kind !== 'operation') throw notFound(found, request.method, path);
    const body = await bodyOf(request, response, bodyLimit);
    if (!body.ok) return;
    const message = { method: request.method, path, query, headers: request.headers, body: body.bytes };
    const judged = await validateRequest(found.operation, message, found.values);
    refuseInvalid(
      judged,
      body.bytes === undefined ? undefined : (request.headers['content-type'] ?? ''),
      found.operation.requestBody !== undefined,
    );
    const operation = OPERATIONS[found.operation.id];
    if (operation === undefined) throw new Error(`the control document has ${found.operation.id}, the code has not`);
    const reply = await operation({ driven, judged, request, response });
    if (reply !== undefined) sendReply(response, reply, request.method);
  };

  const serve: RequestHandler = (request, response, next) => void perform(request, response).catch(next);

  // Four arguments are how Express knows it. It would answer an error of its own with a page and a stack.
  const refuse: ErrorRequestHandler = (error: unknown, request, response, _next) => {
    if (request.complete || !announcesBody(request)) sendReply(response, replyOf(error), request.method);
    else sendRefusal(request, response, replyOf(error));
  };

  const app = express();
  app.disable('x-powered-by');
  app.use(guard, serve, refuse);
  return app;
}

/** The console's address as people type it. */
function isWithoutSlash({ method, originalUrl, headers }: Request): boolean {
  const { path } = splitTarget(originalUrl);
  return path === CONTROL_PATH && (method === 'GET' || method === 'HEAD') && acceptsPage(headers.accept);
}

/** The request's body, or `ok: false` when it can't be had and that was answered. */
function bodyOf(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
): Promise<{ readonly ok: boolean; readonly bytes: Buffer | undefined }> {
  if (!announcesBody(request)) return Promise.resolve({ ok: true, bytes: undefined });
  return new Promise((resolve) => {
    readBody(request, limit, (read) => {
      if (!read.ok) sendRefusal(request, response, read.reply);
      resolve({ ok: read.ok, bytes: read.ok ? read.body : undefined });
    });
  });
}

function notFound(found: Exclude<Found, { kind: 'operation' }>, method: string, path: string): Refusal {
  if (found.kind === 'path')
    return new Refusal('NOT_FOUND', `${method} ${path} is no control path. GET /__hufu/openapi.yaml describes those that are there.`);
  const allow = found.allow.join(', ');
  return new Refusal('METHOD_NOT_ALLOWED', `${path} has no ${method}; it has ${allow}.`, { headers: { allow } });
}

/** @param mediaType of the body that was sent; `''` when it names none, `undefined` when there is no body. @throws Refusal */
function refuseInvalid({ violations, unsupportedMediaType }: JudgedRequest, mediaType: string | undefined, takesBody: boolean): void {
  // A form, or text without a media type, is what a web page can send without asking first.
  if (unsupportedMediaType || (takesBody && mediaType === '')) {
    throw new Refusal(
      'INVALID_CONTENT_TYPE',
      `The body must be application/json${mediaType === undefined || mediaType === '' ? '' : `, not ${mediaType}`}.`,
    );
  }
  const errors = violations.filter(isError);
  if (errors.length === 0) return;
  throw new Refusal('INVALID_REQUEST', errors.slice(0, 20).map(sentenceOf).join('; '), {
    extra: { validation: errors.slice(0, 20).map(validationEntry) },
  });
}
