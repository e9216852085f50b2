import { writeFileSync } from 'node:fs';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import express from 'express';
import * as openApiValidator from 'express-openapi-validator';
import { loadChecker } from '../../contracts/index.ts';
import type { Checker, Exchange } from '../../contracts/index.ts';
import { loadDocument } from '../../operations/index.ts';
import { CREATED, LISTED, PAGE, POSTED, PRODUCT } from './checker-traffic.ts';
import { figure, median } from './report.ts';
import type { Row } from './report.ts';

type Run = () => unknown;

/** One checker for all comparisons, as a process has one: the engine optimises code less well that two of them have run. */
const loaded = new Map<string, Promise<Checker>>();

function checkerOf(document: string): Promise<Checker> {
  const known = loaded.get(document) ?? loadChecker([document]);
  loaded.set(document, known);
  return known;
}

/** The engine optimises a function after some thousands of calls, in threads whose time would be counted to whoever runs meanwhile: nothing is measured before all have had so many. */
const WARM_TURNS = 20_000;

/** Microseconds of CPU for each of several pieces of work, in rounds by turns, so that what else the machine does falls on all alike. */
async function costs(works: readonly Run[], turns: number, rounds: number): Promise<number[]> {
  const taken = works.map((): number[] => []);
  for (let round = -Math.max(2, Math.ceil(WARM_TURNS / turns)); round < rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      const before = process.cpuUsage();
      for (let turn = 0; turn < turns; turn += 1) {
        const done = work();
        if (done instanceof Promise) await done;
      }
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) taken[index]?.push((user + system) / turns);
    }
  }
  return taken.map((list) => median(list) ?? Number.NaN);
}

/**
 * What nobody can do without: JSON.parse and a stock validator of the same schema, precompiled.
 * @throws Error where it finds a body invalid: a floor that stops at the first error would be none.
 */
async function floorOf(document: string): Promise<{ list: Run; post: Run }> {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const { root } = await loadDocument(document);
  const { components } = root.value as { components: { schemas: Record<string, { required?: string[] }> } };
  // A response lacks what is writeOnly; a stock validator has to be told.
  const { Product, ...others } = components.schemas;
  const returned = { ...Product, required: Product?.required?.filter((name) => name !== 'pin') };
  ajv.addSchema({ $id: 'doc', components: { schemas: { ...others, Product: returned } } });
  const of = (name: string): ((bytes: Buffer) => boolean) => {
    const validate = ajv.compile({ $ref: `doc#/components/schemas/${name}` });
    return (bytes) => {
      if (validate(JSON.parse(bytes.toString()))) return true;
      throw new Error(`the floor finds a ${name} invalid: ${ajv.errorsText(validate.errors)}`);
    };
  };
  const [page, fresh, product] = [of('ProductPage'), of('NewProduct'), of('Product')];
  return { list: () => page(PAGE), post: () => fresh(PRODUCT) && product(CREATED) };
}

/** (b) in one process: CPU per exchange, ours and the floor's. */
export async function againstFloor(document: string, rounds: number): Promise<Row[]> {
  const checker = await checkerOf(document);
  const floor = await floorOf(document);
  const [floorList, list, floorPost, post] = await costs(
    [floor.list, judging(checker, LISTED), floor.post, judging(checker, POSTED)],
    10_000,
    rounds,
  );
  return [
    row('GET, 1.2 KB answered', floorList, list),
    row('POST, 1 KB sent', floorPost, post),
    row('both', sum(floorList, floorPost), sum(list, post)),
  ];
}

function judging(checker: Checker, exchange: Exchange): Run {
  return () => checker.check(exchange);
}

function sum(one: number | undefined, other: number | undefined): number {
  return (one ?? Number.NaN) + (other ?? Number.NaN);
}

function row(name: string, floor: number | undefined, ours: number | undefined): Row {
  return [name, figure(floor), figure(ours), figure((floor ?? Number.NaN) / (ours ?? Number.NaN)), figure(1e6 / (ours ?? Number.NaN))];
}

/**
 * express-openapi-validator in process: its middlewares in an Express app that is handed requests without a socket, for they run nowhere else; and what is left without the same app and its `json`.
 * It judges parameters, body, security and the answer of `response.json`. Both begin with the bytes of the bodies: JSON.parse is counted to both.
 */
export async function againstValidator(document: string, rounds: number): Promise<Row[]> {
  const checker = await checkerOf(document);
  const guarded = application(
    JSON.parse,
    openApiValidator.middleware({
      apiSpec: document,
      validateRequests: true,
      validateResponses: true,
      validateSecurity: { handlers: { token: () => true } },
    }),
  );
  const ready = new Map<string, unknown>();
  const once = (text: string): unknown => {
    if (!ready.has(text)) ready.set(text, JSON.parse(text));
    return ready.get(text);
  };
  const [without, judged, list, post] = await costs(
    [handled(application(once), once), handled(guarded, JSON.parse), judging(checker, LISTED), judging(checker, POSTED)],
    1_000,
    rounds,
  );
  const peer = (judged ?? Number.NaN) - (without ?? Number.NaN);
  const ours = sum(list, post);
  return [
    ['in the Express app it needs', figure(judged), figure(ours), figure((judged ?? Number.NaN) / ours)],
    ['less that app', figure(peer), figure(ours), figure(peer / ours)],
  ];
}

type Parse = (text: string) => unknown;

function application(parse: Parse, middlewares: readonly express.RequestHandler[] = []): express.Express {
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

function handled(app: express.Express, parse: Parse): Run {
  return async () => {
    for (const exchange of [LISTED, POSTED]) {
      const request = new IncomingMessage(new Socket());
      const { method, path, query, headers, body } = exchange.request;
      Object.assign(request, {
        method,
        url: query === '' ? path : `${path}?${query}`,
        headers: { ...headers, 'content-length': String(body?.length ?? 0) },
      });
      // As a body parser leaves it.
      if (body !== undefined) Object.assign(request, { body: parse(body.toString()) });
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
  };
}

/** (c) cost per exchange: after 100 and after 100,000, and with 10 and with 1,000 operations. */
export async function flatness(document: string, folder: string): Promise<Row[]> {
  const rows: Row[] = [];
  const checker = await loadChecker([document]);
  for (const count of [100, 100_000]) {
    const before = process.cpuUsage();
    for (let index = 0; index < count; index += 1) await checker.check(index % 2 === 0 ? LISTED : POSTED);
    const { user, system } = process.cpuUsage(before);
    rows.push([count === 100 ? 'first 100 exchanges, compiling included' : 'next 100,000 exchanges', figure((user + system) / count)]);
  }
  const made = await Promise.all(
    [10, 1_000].map(async (operations) => ({ operations, checker: await loadChecker([writeDocument(folder, operations)]) })),
  );
  const runs = made.map(({ operations, checker: many }): Run => {
    let turn = 0;
    return () => many.check(thingExchange((turn += 7) % operations));
  });
  const taken = await costs(runs, 20_000, 5);
  for (const [index, { operations }] of made.entries()) rows.push([`${operations} operations`, figure(taken[index])]);
  return rows;
}

function writeDocument(folder: string, operations: number): string {
  const thing = { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, name: { type: 'string' } } };
  const paths = Object.fromEntries(
    Array.from({ length: operations }, (_, index) => [
      `/things${index}/{id}`,
      {
        get: {
          operationId: `get${index}`,
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: { '200': { description: 'One', content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } } },
        },
      },
    ]),
  );
  const file = join(folder, `things-${operations}.json`);
  writeFileSync(
    file,
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Things', version: '1' },
      servers: [{ url: 'https://api.example.com' }],
      paths,
      components: { schemas: { Thing: thing } },
    }),
  );
  return file;
}

const THING = Buffer.from('{"id":7,"name":"a"}');

function thingExchange(index: number): Exchange {
  return {
    ...LISTED,
    request: { ...LISTED.request, path: `/things${index}/7`, query: '' },
    response: { status: 200, headers: { 'content-type': 'application/json' }, body: THING },
  };
}
