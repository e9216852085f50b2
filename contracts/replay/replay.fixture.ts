import { documentOf } from '../../operations/document.fixture.ts';
import { createOperationTable } from '../../operations/index.ts';
import type { OperationTable } from '../../operations/index.ts';
import type { Row } from '../../state/index.ts';
import { createChecker } from '../checker.ts';
import type { Exchange } from '../exchange.ts';
import type { Judged } from '../judged.ts';
import { createContractMarks } from './contract-marks.ts';
import type { ContractMarks } from './contract-marks.ts';
import { readSecrets } from './credentials.ts';
import { createPlan } from './plan.ts';
import type { PlanOptions } from './plan.ts';
import type { Plan } from './planned.ts';
import { placeText } from './site.ts';

export function tableOf(document: Readonly<Record<string, unknown>>): OperationTable {
  return createOperationTable([documentOf({ openapi: '3.1.0', info: { title: 'test', version: '1' }, ...document })]);
}

/** `GET /things?a=1`, what is sent with it, and what came back. */
export interface Said {
  readonly headers?: NodeJS.Dict<string | string[]>;
  readonly body?: unknown;
  readonly status?: number;
  readonly answerHeaders?: NodeJS.Dict<string | string[]>;
  readonly answer?: unknown;
  readonly file?: string;
  readonly at?: number;
}

/** Exchanges as a recording has them; a body that is no text is JSON. */
export function exchangesOf(...list: readonly (readonly [line: string, said?: Said])[]): Exchange[] {
  return list.map(([line, said = {}], index) => {
    const [, method = 'GET', path = '/', query = ''] = /^(\S+) ([^?]+)\??(.*)$/.exec(line) ?? [];
    const json = { 'content-type': 'application/json' };
    const bytes = (value: unknown): Buffer | undefined =>
      value === undefined ? undefined : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
    return {
      place: { file: said.file ?? 'a.har', index },
      origin: 'http://localhost:1',
      request: { method, path, query, headers: { ...(said.body === undefined ? {} : json), ...said.headers }, body: bytes(said.body) },
      response: {
        status: said.status ?? 200,
        headers: { ...(said.answer === undefined ? {} : json), ...said.answerHeaders },
        body: bytes(said.answer),
      },
      startedAt: said.at ?? index * 10,
      milliseconds: 1,
      gaps: [],
    };
  });
}

export async function judge(table: OperationTable, exchanges: readonly Exchange[]): Promise<Judged[]> {
  const checker = createChecker(table);
  const judged: Judged[] = [];
  for (const exchange of exchanges) judged.push(await checker.check(exchange));
  return judged;
}

export interface Planning {
  readonly table: OperationTable;
  readonly marks: ContractMarks;
  readonly recorded: readonly Judged[];
  readonly plan: Plan;
}

export async function planOf(
  table: OperationTable,
  exchanges: readonly Exchange[],
  state?: Row,
  options: Partial<PlanOptions> = {},
): Promise<Planning> {
  const marks = createContractMarks(table, new Map(state === undefined ? [] : table.documents.map(({ name }) => [name, state])));
  const recorded = await judge(table, exchanges);
  return { table, marks, recorded, plan: createPlan(recorded, table, marks, { secrets: readSecrets(undefined, {}), ...options }) };
}

/** Each link as `rule: #0 body /id -> #1 path id`. */
export function linkLines({ links }: Plan): string[] {
  return links.map(({ rule, from, to }) => `${rule}: #${from.exchange} ${placeText(from.place)} -> #${to.exchange} ${placeText(to.site)}`);
}
