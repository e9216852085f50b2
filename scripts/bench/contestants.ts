import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HUFU, PRISM } from '../mock-process.ts';

/** A server that takes part. */
export interface Contestant {
  /** For `--only`. */
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** The command that starts it, see `MockCommand`; `{routes}` and `{stubs}` are made from the document by the bench. */
  readonly template: string;
  /** What it does for a request, in a few words. */
  readonly work: string;
  /** It answers everything with the same bytes, so its answers are not judged. */
  readonly fixed: boolean;
  /** Whether it takes part where documents are large. */
  readonly largeDocuments: boolean;
}

/** One that does not take part here. */
export interface Absent {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
}

const ROOT = join(import.meta.dirname, '../..');
const PEERS = 'scripts/bench/peers';
const MODULES = `${PEERS}/node_modules`;
const NOT_INSTALLED = 'not installed: npm run bench:peers:install';

export const FLOOR = 'bare node:http';
/** As users run it: only the terminal log is off, which is no service. */
export const HUFU_AS_RUN = 'hufu mock';
/** The fair one to compare Hufu with: its terminal log is off too. */
export const SILENT_PRISM = 'prism mock -v error';

/** Everyone that can be started on this machine, and everyone else with the reason. @param hufu the command in the place of Hufu's */
export function findContestants(hufu = `${HUFU} --quiet`): { contestants: Contestant[]; absent: Absent[] } {
  const found = [...floors(), ...ownServers(hufu), ...prisms(), ...installedPeers(), wireMock(), COUNTERFACT];
  return {
    contestants: found.filter((item) => 'template' in item),
    absent: found.filter((item) => 'reason' in item),
  };
}

/** Those whose id begins with one of the words; the floor always. No words: all. */
export function chooseContestants<Item extends { readonly id: string }>(items: readonly Item[], words: readonly string[]): Item[] {
  if (words.length === 0) return [...items];
  return items.filter(({ id }) => id === 'floor' || words.some((word) => id.startsWith(word)));
}

/** A command as somebody would type it, without what the bench fills in. */
export function readableCommand(template: string): string {
  const words = { node: 'node', port: 'PORT', flags: '', doc: 'DOCUMENT', routes: 'ROUTES', stubs: 'STUBS' };
  return template.replace(/ ?\{(\w+)\}/g, (whole, name: keyof typeof words) => {
    const word = words[name];
    return word === '' ? '' : `${whole.startsWith(' ') ? ' ' : ''}${word}`;
  });
}

function floors(): Contestant[] {
  const bare = { version: process.version, fixed: true, largeDocuments: false };
  const template = '{node} scripts/bench/floor.mjs {port}';
  const framework = { fixed: true, largeDocuments: false };
  return [
    { ...bare, id: 'floor', name: FLOOR, template, work: 'fixed bytes, the request is not looked at', largeDocuments: true },
    { ...bare, id: 'parse', name: 'bare + JSON.parse', template: `${template} parse`, work: 'the same, a body is read and parsed' },
    {
      ...framework,
      id: 'express',
      name: 'Express 5, fixed answer',
      version: versionIn('node_modules/express') ?? '?',
      template: `{node} ${PEERS}/express.mjs {routes} {port}`,
      work: 'a route for each operation, one answer; a body is not read',
    },
    {
      ...framework,
      id: 'fastify',
      name: 'fastify 5, fixed answer',
      version: versionIn('node_modules/fastify') ?? '?',
      template: `{node} ${PEERS}/fastify.mjs {routes} {port}`,
      work: 'a route for each operation, one answer; a body is parsed',
    },
  ];
}

function ownServers(template: string): Contestant[] {
  const own = { version: versionIn('.') ?? '?', fixed: false };
  return [
    {
      ...own,
      id: 'hufu',
      name: HUFU_AS_RUN,
      template,
      work: 'validates requests, verifies its own answers, keeps a journal of exchanges',
      largeDocuments: true,
    },
    {
      ...own,
      id: 'hufu-no-journal',
      name: 'hufu mock --no-journal',
      template: `${template} --no-journal`,
      work: 'the same without the journal',
      largeDocuments: false,
    },
  ];
}

function prisms(): Contestant[] {
  const peer = { version: versionIn('node_modules/@stoplight/prism-cli') ?? '?', fixed: false };
  return [
    {
      ...peer,
      id: 'prism-silent',
      name: SILENT_PRISM,
      template: `${PRISM} -v error`,
      work: 'validates requests; terminal log off',
      largeDocuments: true,
    },
    {
      ...peer,
      id: 'prism',
      name: 'prism mock',
      template: PRISM,
      work: 'validates requests; logs every request to the terminal',
      largeDocuments: false,
    },
  ];
}

function installedPeers(): (Contestant | Absent)[] {
  return [
    installed('openapi-backend', {
      id: 'openapi-backend',
      name: 'openapi-backend',
      template: `{node} ${PEERS}/openapi-backend.mjs {doc} {port}`,
      work: 'a library behind node:http (quick mode): validates requests, answers examples or one sample of the schema',
      largeDocuments: true,
    }),
    installed('@scalar/mock-server', {
      id: 'scalar',
      name: 'Scalar mock server',
      template: `{node} ${PEERS}/scalar.mjs {doc} {port}`,
      work: 'a library behind its Node adapter: validates requests, answers examples or one sample of the schema',
      largeDocuments: false,
    }),
    installed('@mockoon/cli', {
      id: 'mockoon',
      name: 'Mockoon CLI',
      template: `{node} ${MODULES}/@mockoon/cli/bin/run.js start --data {doc} --port {port} --hostname 127.0.0.1 --disable-log-to-file`,
      work: 'makes every answer anew by templates from the schema, whatever examples there are; logs every request to the terminal',
      largeDocuments: true,
    }),
  ];
}

function installed(name: string, rest: Omit<Contestant, 'version' | 'fixed'>): Contestant | Absent {
  const version = versionIn(`${MODULES}/${name}`);
  return version === undefined ? { id: rest.id, name: rest.name, reason: NOT_INSTALLED } : { ...rest, version, fixed: false };
}

function wireMock(): Contestant | Absent {
  const [id, name] = ['wiremock', 'WireMock standalone'];
  const version = versionIn(`${MODULES}/wiremock`);
  const jar = `${MODULES}/wiremock/build/wiremock-standalone-${version}.jar`;
  if (version === undefined || !existsSync(join(ROOT, jar))) return { id, name, reason: NOT_INSTALLED };
  // "openjdk version "17.0.15" 2025-04-15" on standard error.
  const java = /"([^"]+)"/.exec(spawnSync('java', ['-version']).stderr?.toString() ?? '')?.[1];
  if (java === undefined) return { id, name, reason: 'there is no java here' };
  return {
    id,
    name,
    version: `${version}, Java ${java}`,
    template: `java -jar ${jar} --port {port} --bind-address 127.0.0.1 --root-dir {stubs} --no-request-journal --disable-banner`,
    work: 'reads no OpenAPI: a stub for each operation with an example, made for it; its journal off, because it has no bound',
    fixed: false,
    largeDocuments: false,
  };
}

const COUNTERFACT: Absent = {
  id: 'counterfact',
  name: 'Counterfact',
  reason: 'its npm package could not be had when the peers were pinned: the registry answered 404',
};

/** The version in a package's own package.json; `undefined` where it is not installed. @param folder from the root of the repository */
function versionIn(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as { version?: string }).version;
  } catch {
    return undefined;
  }
}
