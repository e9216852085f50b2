/**
 * A small backend in Express with nothing, with express-openapi-validator or with Hufu's guard before it, handed requests without a socket: all of them the same ones in the same way.
 */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import express from 'express';
import * as openApiValidator from 'express-openapi-validator';
import { createContractGuard, loadChecker } from '../../contracts/index.ts';
import type { Exchange } from '../../contracts/index.ts';
import { CREATED, LISTED, PAGE, POSTED } from './checker-traffic.ts';

/** Reads a text of JSON: each time anew, or only the first time. */
export type Parse = (text: string) => unknown;

/** The validator's middlewares; they judge parameters, body, security and what is given to `response.json`. */
export function validatorOf(document: string): express.RequestHandler[] {
  return openApiValidator.middleware({
    apiSpec: document,
    validateRequests: true,
    validateResponses: true,
    validateSecurity: { handlers: { token: () => true } },
  });
}

export function application(parse: Parse, middlewares: readonly express.RequestHandler[] = []): express.Express {
  const app = express();
  if (middlewares.length > 0) app.use(...middlewares);
  app.get('/v1/products', (_request, response) => void response.set('x-total-count', '8').json(parse(PAGE.toString())));
  app.post('/v1/products', (_request, response) => void response.status(201).location('/v1/products/7').json(parse(CREATED.toString())));
  app.use(((error: unknown, _request, response, _next) => {
    response.status(500).end();
    throw error;
  }) satisfies express.ErrorRequestHandler);
  return app;
}

export type Guarding = 'nothing' | 'validator' | 'guard';

/** One turn: a list and a creation through the app. */
export type Turn = () => Promise<void>;

/**
 * The app with a body parser, as a backend has one; the guard stands before it and sees bytes, the validator behind it and sees values. `end` waits for what the guard has left to judge.
 * @throws Error from `end`, where the guard has found anything: then it was not the same work.
 */
export async function backend(document: string, guarding: Guarding): Promise<{ readonly turn: Turn; readonly end: () => Promise<void> }> {
  const guard = guarding === 'guard' ? createContractGuard(await loadChecker([document]), { throwOn: 'notice' }) : undefined;
  const app = application(JSON.parse, [
    ...(guard === undefined ? [] : [guard.express()]),
    express.json(),
    ...(guarding === 'validator' ? validatorOf(document) : []),
  ]);
  const turn = async (): Promise<void> => {
    for (const exchange of [LISTED, POSTED]) await answer(app, exchange, sentBytes);
    // What waits for the answer to leave has its turn, in all of them.
    await setImmediate();
  };
  return { turn, end: async () => guard?.expectNoFindings() };
}

/** A turn of the app alone: bodies are there as a body parser leaves them. */
export function handled(app: express.Express, parse: Parse): Turn {
  const parsed = (request: IncomingMessage, body: Buffer): unknown => Object.assign(request, { body: parse(body.toString()) });
  return async () => {
    for (const exchange of [LISTED, POSTED]) await answer(app, exchange, parsed);
  };
}

type Send = (request: IncomingMessage, body: Buffer) => void;

function sentBytes(request: IncomingMessage, body: Buffer): void {
  request.push(body);
}

/** Hands an app one request and waits until it ends the response. @throws Error where it refuses. */
async function answer(app: express.Express, exchange: Exchange, send: Send): Promise<void> {
  const request = new IncomingMessage(new Socket());
  const { method, path, query, headers, body } = exchange.request;
  Object.assign(request, {
    complete: true,
    method,
    url: query === '' ? path : `${path}?${query}`,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(body.length) }) },
  });
  if (body !== undefined) send(request, body);
  // No more is to come: for whoever reads it.
  request.push(null);
  const response = new ServerResponse(request);
  const ended = new Promise<void>((resolve, reject) => {
    const end = response.end.bind(response);
    response.end = (...given: unknown[]) => {
      if (response.statusCode >= 400) reject(new Error(`${method} ${path} was answered ${response.statusCode}`));
      else resolve();
      return Reflect.apply(end, undefined, given) as typeof response;
    };
  });
  app(request, response);
  await ended;
}
