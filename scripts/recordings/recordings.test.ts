import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkRecordings } from '../../contracts/index.ts';
import { loadDocuments, workspaceDocuments } from '../../mock/index.ts';
import { createOperationTable } from '../../operations/index.ts';
import type { Document, OperationTable } from '../../operations/index.ts';
import { differences } from './difference.ts';
import { FLOWS } from './flows/index.ts';
import { leaksOf } from './leaks.ts';
import { record } from './record.ts';

const FOLDER = 'contracts/recordings';
const fileOf = (module: string): string => join(FOLDER, `${module}.har`);

let documents: readonly Document[];
let table: OperationTable;
let aside: string;
beforeAll(async () => {
  documents = await loadDocuments(workspaceDocuments(process.cwd()), {});
  table = createOperationTable(documents);
  aside = await mkdtemp(join(tmpdir(), 'hufu-recordings-'));
});
afterAll(async () => {
  await rm(aside, { recursive: true });
});

test('every module has its flow and its recording', async () => {
  expect(FLOWS.map((flow) => flow.module)).toEqual(documents.map((document) => document.name).toSorted());
  for (const { module } of FLOWS) expect((await readFile(fileOf(module))).length).toBeLessThan(1_000_000);
});

test('the recordings call every operation, and nothing in them is wrong', { timeout: 60_000 }, async () => {
  const { result } = await checkRecordings(
    documents,
    FLOWS.map(({ module }) => fileOf(module)),
    { threads: 1 },
  );
  expect(result.groups.filter((group) => group.severity !== 'notice').map((group) => `${group.rule}: ${group.message}`)).toEqual([]);
  const { operations } = result.coverage;
  expect(operations).toHaveLength(table.routes.length);
  const successful = operations.filter(({ list }) =>
    list.some((cell) => cell.kind === 'status' && cell.name.startsWith('2') && cell.ok > 0),
  );
  expect(operations.filter((operation) => !successful.includes(operation)).map(({ id }) => id)).toEqual([]);
  expect(result.coverage.covered).toBeGreaterThan(800);
});

// The flow tells its secrets, those that the server made among them; the recording that is kept was made by the same flow.
test.each(FLOWS.map((flow) => [flow.module, flow] as const))('%s: made again it is the same, and holds no secret', async (module, flow) => {
  const file = join(aside, `${module}.har`);
  const { secrets } = await record(table, flow, file);
  const [was, is] = [await readFile(fileOf(module), 'utf8'), await readFile(file, 'utf8')];
  expect(differences(JSON.parse(was), JSON.parse(is))).toEqual([]);
  expect(leaksOf(is, secrets)).toEqual([]);
  expect(leaksOf(was, secrets)).toEqual([]);
});

test.each([
  { name: 'as it is', text: 'a s3cret-value b', want: true },
  { name: 'in JSON inside of JSON', text: String.raw`"{\"p\":\"s3cret-value\"}"`, want: true },
  { name: 'in a URL', text: 'p=s3cret-value&q=1', want: true },
  { name: 'behind a name in Basic credentials', text: Buffer.from('user:s3cret-value').toString('base64'), want: true },
  { name: 'at any place of a base64 body', text: Buffer.from('xy-s3cret-value-z').toString('base64'), want: true },
  { name: 'nowhere', text: 'hufu-masked-0123456789', want: false },
])('a secret is found $name', ({ text, want }) => {
  expect(leaksOf(text, ['s3cret-value'])).toEqual(want ? ['s3cret-value'] : []);
});

test.each([
  { name: 'nothing', was: { a: [1, { b: null }] }, is: { a: [1, { b: null }] }, want: [] },
  { name: 'a value', was: { a: [1, 2] }, is: { a: [1, 3] }, want: [{ pointer: '/a/1', was: 2, is: 3 }] },
  { name: 'what is new', was: { a: 1 }, is: { a: 1, 'b/c': 2 }, want: [{ pointer: '/b~1c', was: undefined, is: 2 }] },
  { name: 'the kind', was: { a: [] }, is: { a: {} }, want: [{ pointer: '/a', was: [], is: {} }] },
])('two recordings differ in $name', ({ was, is, want }) => {
  expect(differences(was, is)).toEqual(want);
});
