import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { loadChecker } from '../../contracts/index.ts';
import type { Checker, Exchange } from '../../contracts/index.ts';
import { loadDocument } from '../../operations/index.ts';
import { CREATED, LISTED, PAGE, POSTED, PRODUCT } from './checker-traffic.ts';
import { costs } from './costs.ts';
import type { Run } from './costs.ts';
import { figure } from './report.ts';
import type { Row } from './report.ts';

/** One checker for all comparisons, as a process has one: the engine optimises code less well that two of them have run. */
const loaded = new Map<string, Promise<Checker>>();

function checkerOf(document: string): Promise<Checker> {
  const known = loaded.get(document) ?? loadChecker([document]);
  loaded.set(document, known);
  return known;
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
