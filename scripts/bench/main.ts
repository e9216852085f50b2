/**
 * What a request, a start and a document cost: the mock beside bare `node:http` and beside its peers, in one run and in turn, so that noise hits all alike.
 * The figure to trust is the ratio of CPU times; timings never fail this script.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { casesDocument, FIRST_PATH } from './cases.ts';
import { chooseContestants, findContestants, FLOOR, HUFU_AS_RUN } from './contestants.ts';
import type { Contestant } from './contestants.ts';
import { benchDocument } from './document.ts';
import { measureDocument } from './large-documents.ts';
import type { DocumentFigures } from './large-documents.ts';
import { describeMachine, thisMachine } from './machine.ts';
import { writeRoutes } from './peers/routes.ts';
import { writeStubs } from './peers/wiremock-stubs.ts';
import { writeSections } from './performance-page.ts';
import { documentsSection, requestsSection, serversSection, startsSection } from './performance-sections.ts';
import { measureRequests } from './requests.ts';
import { measureStarts } from './starts.ts';
import type { StartDocument } from './starts.ts';

const USAGE = `usage: npm run bench [-- options] [DOCUMENT ...]
Without a document: requests, cold start and memory with a document of its own. With documents: start, memory and CPU per GET with each of them.
  --only NAME,...      servers whose name begins so; the floor is always there: parse express fastify hufu hufu-no-journal prism
                       prism-silent openapi-backend scalar mockoon wiremock
  --quick              one short round, no 10 MB document
  --rounds N           rounds (default 3)
  --ms N               milliseconds a measurement (default 2000)
  --connections N      connections (default 32)
  --pipeline N         requests under way on a connection (default 1)
  --document FILE      as DOCUMENT
  --path PATH          with documents: the GET to measure (default: up to five that every server answers)
  --json FILE          write every figure
  --write              write the tables into PERFORMANCE.md
  --server TEMPLATE    another mock in the place of hufu: a shell command with {port} {doc} {flags}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    ms: { type: 'string' },
    connections: { type: 'string', default: '32' },
    pipeline: { type: 'string', default: '1' },
    document: { type: 'string', multiple: true, default: [] },
    path: { type: 'string' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
    server: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

/** The 10 MB document has this many modules of about 7 KB. */
const LARGE_MODULES = 1_470;
const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
const milliseconds = Number(values.ms ?? (values.quick ? 500 : 2_000));
const load = { rounds, milliseconds, connections: Number(values.connections), pipeline: Number(values.pipeline) };
const words = values.only.split(',').filter((word) => word !== '');
const found = findContestants(values.server);
const contestants = chooseContestants(found.contestants, words);
const absent = chooseContestants(found.absent, words);
const machine = thisMachine();
const conditions = `${describeMachine(machine)} ${rounds} round${rounds === 1 ? '' : 's'} of ${milliseconds / 1_000} s a figure, medians.`;
const tell = (text: string): void => console.error(text);
const documents = [...values.document, ...positionals].filter((file) => !file.endsWith('.state.yaml'));

for (const { name, reason } of absent) console.log(`without ${name}: ${reason}`);
const folder = await mkdtemp(join(tmpdir(), 'hufu-bench-'));
try {
  await run();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const { sections, figures } = documents.length > 0 ? await benchDocuments(folder) : await benchCases(folder);
  if (values.json !== undefined) await writeFile(values.json, JSON.stringify({ machine, ...load, contestants, ...figures }, null, 1));
  if (values.write) await writeSections(sections);
}

interface Found {
  /** By name, for PERFORMANCE.md. */
  readonly sections: Readonly<Record<string, string>>;
  readonly figures: object;
}

/** Cold start and requests. */
async function benchCases(folder: string): Promise<Found> {
  const small = join(folder, 'small.yaml');
  const large = join(folder, 'large.json');
  const placeholders = { routes: join(folder, 'routes.json'), stubs: join(folder, 'stubs') };
  await writeFile(small, stringify(casesDocument(), { aliasDuplicateObjects: false }));
  await writeRoutes(casesDocument(), placeholders.routes);
  await writeStubs(casesDocument(), placeholders.stubs);
  const largeText = JSON.stringify(benchDocument(LARGE_MODULES));
  await writeFile(large, largeText);
  const largeName = `${LARGE_MODULES * 5 + 1} operations, ${(Buffer.byteLength(largeText) / 1e6).toFixed(1)} MB`;
  const startDocuments: StartDocument[] = [
    { name: '46 operations', doc: small, asked: { path: FIRST_PATH }, takesPart: () => true },
    {
      name: "this project's nine modules with their state files and overrides, the first answer a list of rows",
      doc: 'openapi',
      asked: { path: '/api/v1/marketing-notice', headers: { authorization: 'Bearer any' } },
      takesPart: ({ name }) => name === FLOOR || name === HUFU_AS_RUN,
    },
    ...(values.quick ? [] : [{ name: largeName, doc: large, asked: { path: FIRST_PATH }, takesPart: isForLarge }]),
  ];
  const starts = await measureStarts(contestants, {
    rounds,
    values: placeholders,
    documents: startDocuments,
    cache: join(folder, 'cache'),
    tell,
  });
  const requests = await measureRequests(contestants, { ...load, doc: small, values: placeholders, tell });
  const sections = {
    servers: serversSection(contestants, absent),
    requests: requestsSection(requests, conditions),
    starts: startsSection(starts, requests.memory, conditions),
  };
  console.log(`\n${sections.requests}\n\n${sections.starts}`);
  return { sections, figures: { starts, requests } };
}

function isForLarge({ largeDocuments }: Contestant): boolean {
  return largeDocuments;
}

/** Documents of the real world. */
async function benchDocuments(folder: string): Promise<Found> {
  const taking = contestants.filter(isForLarge);
  const figures: DocumentFigures[] = [];
  for (const file of documents) figures.push(...(await measureDocument(file, taking, { ...load, path: values.path, folder, tell })));
  const sections = { documents: documentsSection(figures, conditions) };
  console.log(`\n${sections.documents}`);
  return { sections, figures: { documents: figures } };
}
