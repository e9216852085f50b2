/**
 * A soak: mixed valid and hostile load on the nine modules, as users run them. `npm run soak [-- --seconds 600]`. Fails when the process ends, a request is neither answered
 * nor closed, a status is one that this kind of request may not get, memory goes on growing, the state is no longer consistent afterwards, a row that is remembered breaks the
 * document when it is read, or sessions do not go when they are old.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { workspaceDocuments } from '../mock/index.ts';
import { median, table } from './bench/report.ts';
import { buildRequest } from './conformance/build-request.ts';
import type { Request } from './conformance/build-request.ts';
import { send } from './conformance/send.ts';
import { createSchemas, judgeAnswer, listOperations, readDocument } from './judge/index.ts';
import type { PlainOperation, Schemas } from './judge/index.ts';
import { startMock } from './mock-process.ts';
import { ageFlaws } from './soak/age.ts';
import { contradictions, readCollections, rowsOf } from './soak/consistency.ts';
import { createDice } from './soak/dice.ts';
import { createFlow } from './soak/flows.ts';
import type { Kind, Outcome, Target } from './soak/attempt.ts';
import { REQUEST_KINDS } from './soak/hostile.ts';
import { judgeRows, rowReaders } from './soak/row-answers.ts';
import { WIRE_KINDS } from './soak/wire.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    clients: { type: 'string', default: '16' },
    seed: { type: 'string', default: '42' },
    /** Only kinds whose name has this in it, for looking at one. */
    only: { type: 'string', default: '' },
  },
});
const seconds = Number(values.seconds);
/** Memory may grow by this much from the second quarter to the last one, beside the rows that clients make and the mock has to keep: caches fill, leaks go on. */
const GROWTH_LIMIT_MB = 32;
const SAMPLE_MS = 1_000;
/** Rows are counted one by one, and not so often that it would be a load of its own. */
const ROWS_SAMPLE_MS = 10_000;
/** Sessions whose clients know what has to be there, and those of the others that are looked at afterwards. */
const FLOWS = 100;
const LOOKED_AT = 20;

interface Asked {
  readonly request: Request;
  readonly operation: PlainOperation;
  readonly schemas: Schemas;
}

const asked: Asked[] = [];
for (const file of workspaceDocuments(process.cwd())) {
  const document = await readDocument(file);
  const [request, response] = [createSchemas(document, 'request'), createSchemas(document, 'response')];
  for (const operation of listOperations(document)) {
    for (const extent of ['required', 'all'] as const) {
      const made = buildRequest(request, operation, extent);
      if (made.kind === 'request') asked.push({ request: made, operation, schemas: response });
    }
  }
}
const valid = asked.map(({ request }) => request);
const json = valid.filter(({ body, headers }) => body?.[0] === 0x7b && Object.values(headers).some((value) => value.includes('json')));

const mock = await startMock({ template: '{node} cli/main.js mock -p {port} --no-watch --quiet', doc: '' });
if (mock.kind === 'refused') throw new Error(`the mock did not start: ${mock.reason}\n${mock.log}`);
const { port, pid } = mock;

const dice = createDice(Number(values.seed));
const choose = (requests: readonly Request[]): Request =>
  requests[dice.below(requests.length)] ?? { kind: 'request', method: 'GET', path: '/', headers: {}, body: undefined };
const target: Target = { port, dice, valid: () => choose(valid), validJson: () => choose(json) };
const kinds = [...REQUEST_KINDS, ...WIRE_KINDS].filter(({ name }) => name.includes(values.only));
const weights = kinds.reduce((sum, { weight }) => sum + weight, 0);
const flows = Array.from({ length: FLOWS }, (_, index) => ({
  flow: createFlow(port, `flow-${index}`, 777_000 + index, dice),
  isBusy: false,
}));

const tally = new Map<string, Map<string, number>>();
const failures = new Map<string, { count: number; first: string }>();
let failed = 0;

function fail(kind: string, text: string): void {
  failed += 1;
  const known = failures.get(kind);
  if (known === undefined) failures.set(kind, { count: 1, first: text });
  else known.count += 1;
}

function count(kind: string, { statuses, failure }: Outcome): void {
  const own = tally.get(kind) ?? new Map<string, number>();
  tally.set(kind, own);
  for (const status of statuses.length === 0 ? ['closed'] : statuses.map(String)) own.set(status, (own.get(status) ?? 0) + 1);
  if (failure !== undefined) fail(kind, failure);
}

function nextKind(): Kind | undefined {
  let left = (dice.below(1_000_000) / 1_000_000) * weights;
  return kinds.find(({ weight }) => (left -= weight) < 0);
}

async function flow(): Promise<void> {
  const one = flows[dice.below(FLOWS)];
  // One thing after the other: what a client knows is what it has been answered.
  if (one === undefined || one.isBusy) return;
  one.isBusy = true;
  try {
    const wrong = await one.flow.step();
    count('flows', { statuses: [], ...(wrong === undefined ? {} : { failure: `${one.flow.session}: ${wrong}` }) });
  } catch (error) {
    fail('flows', String(error));
  }
  one.isBusy = false;
}

const end = performance.now() + seconds * 1_000;
const goesOn = (): boolean => performance.now() < end && mock.alive();

async function client(): Promise<void> {
  while (goesOn()) {
    if (values.only === '' && dice.below(4) === 0) await flow();
    const kind = nextKind();
    if (kind === undefined) throw new Error(`there is no kind like ${values.only}`);
    count(kind.name, await kind.run(target));
  }
}

/** Megabytes of the process, and of the rows in it as the control API counts them. */
const memory: number[] = [];
const rowMemory: number[] = [];

async function watch(): Promise<void> {
  while (goesOn()) {
    await sleep(Math.min(SAMPLE_MS, Math.max(0, end - performance.now())));
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    memory.push(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  }
}

async function watchRows(): Promise<void> {
  while (goesOn()) {
    await sleep(Math.min(ROWS_SAMPLE_MS, Math.max(0, end - performance.now())));
    const sent = await send(port, { kind: 'request', method: 'GET', path: '/__hufu/memory', headers: {}, body: undefined }, 15_000);
    if (sent.kind !== 'answer' || sent.answer.status !== 200) fail('memory', 'what the rows take is not told');
    else rowMemory.push((JSON.parse(sent.answer.body.toString()) as { rows: { bytes: number } }).rows.bytes / 1024 / 1024);
  }
}
await Promise.all([watch(), watchRows(), ...Array.from({ length: Number(values.clients) }, client)]);

if (mock.alive()) await judgeState();
else fail('process', `it ended: ${mock.log().slice(-2_000)}`);
await mock.stop();
for (const text of await ageFlaws()) fail('age', text);
judgeMemory();
print();
process.exit(failed === 0 ? 0 : 1);

/** What the sessions remember is read and held to what their clients know, and to what no sequence of requests may bring about; answers are judged by plain AJV. */
async function judgeState(): Promise<void> {
  const told = await readCollections(process.cwd());
  const readers = await rowReaders(process.cwd());
  let served = 0;
  for (const { flow: one } of flows) {
    const rows = await rowsOf(port, one.session);
    const read = await judgeRows(port, one.session, rows, readers);
    served += read.served;
    for (const text of read.flaws) fail('rows', text);
    for (const text of [...one.judge(rows), ...contradictions(one.session, rows, told)]) fail('state', text);
  }
  console.log(`${served} rows were read by ${readers.length} operations and judged`);
  if (served === 0) fail('rows', 'no row was served');
  for (let index = 0; index < LOOKED_AT; index += 1) {
    const session = `soak-${index * 5}`;
    for (const text of contradictions(session, await rowsOf(port, session), told)) fail('state', text);
    for (const { request, operation, schemas } of asked) {
      const sent = await send(port, { ...request, headers: { ...request.headers, 'x-hufu-session': session } }, 15_000);
      if (sent.kind !== 'answer') fail('answers', `${operation.name}: ${sent.reason}`);
      else
        for (const { side, reason } of judgeAnswer(schemas, operation, sent.answer))
          // What a session remembers may be a reason to refuse: a secret that was exchanged, a row that is gone.
          if (side === 'mock' && !reason.startsWith('a valid request is refused'))
            fail('answers', `${session}: ${operation.name}: ${reason}`);
    }
  }
}

function judgeMemory(): void {
  const process = quarters(memory);
  const rows = quarters(rowMemory);
  console.log(
    `memory, MB: ${[0, 0.1, 0.25, 0.5, 0.75].map((part) => memory[Math.floor(part * memory.length)]?.toFixed(0)).join(', ')}, ${memory.at(-1)?.toFixed(0) ?? '?'} at the end (at the start, after a tenth, each quarter); most ${Math.max(...memory).toFixed(0)}`,
  );
  console.log(`median of the second quarter ${process.second.toFixed(0)}, of the last ${process.last.toFixed(0)}`);
  console.log(`of that rows which clients made: ${rows.second.toFixed(1)} and ${rows.last.toFixed(1)}`);
  const grown = process.last - process.second - (rows.last - rows.second);
  if (memory.length >= 40 && grown > GROWTH_LIMIT_MB)
    fail(
      'memory',
      `it grew from ${process.second.toFixed(0)} to ${process.last.toFixed(0)} MB, of which rows are no more than ${(rows.last - rows.second).toFixed(0)}`,
    );
}

/** Medians of the second quarter and of the last one. */
function quarters(samples: readonly number[]): { readonly second: number; readonly last: number } {
  const quarter = samples.length / 4;
  return { second: median(samples.slice(quarter, 2 * quarter)) ?? 0, last: median(samples.slice(3 * quarter)) ?? 0 };
}

function print(): void {
  const rows = [...tally].map(([kind, statuses]) => {
    const told = [...statuses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([status, times]) => `${status}: ${times}`);
    return [kind, [...statuses.values()].reduce((sum, times) => sum + times, 0), failures.get(kind)?.count ?? 0, shortened(told)];
  });
  const total = rows.reduce((sum, row) => sum + Number(row[1]), 0);
  console.log(table(['kind', 'answers', 'failures', 'statuses'], rows));
  console.log(`${total} answers in ${seconds} s (${Math.round(total / seconds)} a second), ${failed} failures`);
  for (const [kind, { count: times, first }] of failures) console.error(`${kind} (${times}): ${first}`);
}

/** Preferences bring about every status there is. */
function shortened(told: readonly string[]): string {
  return told.length <= 12 ? told.join(', ') : `${told.slice(0, 11).join(', ')} and ${told.length - 11} more`;
}
