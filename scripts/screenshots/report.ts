/**
 * Pictures of the contract report: every operation of the workspace called on a mock whose answers are spoiled here and there, judged as a recording would
 * be. `node scripts/screenshots/report.ts [FOLDER]`, by default into docs/screenshots.
 */
import { globSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createChecker, createDocumentPlaces, createTally, htmlReport, loadRemembered } from '../../contracts/index.ts';
import type { CheckResult, Exchange } from '../../contracts/index.ts';
import { startMock } from '../../mock/index.ts';
import { loadDocument, parseJson, writeJson } from '../../operations/index.ts';
import type { Operation } from '../../operations/index.ts';
import { launchBrowser } from '../browser.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'docs/screenshots');
const RECORDING = 'contracts/recordings/staging.har';
const AUTHORIZATION = 'Bearer 00000000-0000-4000-8000-00000000a001';
const ROUNDS = 7;

/** What the backend of the pictures gets wrong: text of an answer, and what stands there instead; or another status. */
const DEVIATIONS: Readonly<Record<string, { readonly from?: RegExp; readonly to?: string; readonly status?: number }>> = {
  listNotificationTasks: { from: /"status":"PENDING"/, to: '"status":"DONE"' },
  getNotificationTask: { from: /"status":"\w+"/, to: '"status":"DONE"' },
  listTies: { from: /"id":(\d+)/, to: '"id":"$1"' },
  saveOrUpdateTie: { status: 500 },
};

/** Writes report-light.png and report-dark.png. @returns the files. */
export async function reportScreenshots(folder: string = FOLDER): Promise<string[]> {
  const page = await sampleReport();
  await mkdir(folder, { recursive: true });
  const place = await mkdtemp(join(tmpdir(), 'hufu-report-'));
  const file = join(place, 'report.html');
  await writeFile(file, page);
  const browser = await launchBrowser();
  const files: string[] = [];
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 2000 }, colorScheme });
      const tab = await context.newPage();
      await tab.goto(pathToFileURL(file).href);
      const path = join(folder, `report-${colorScheme}.png`);
      await tab.screenshot({ path });
      files.push(path);
    }
  } finally {
    await browser.close();
    await rm(place, { recursive: true, force: true });
  }
  return files;
}

/** The report on a morning's traffic. */
async function sampleReport(): Promise<string> {
  const names = globSync('openapi/*.yaml', { cwd: ROOT }).filter((name) => !name.endsWith('.state.yaml'));
  const documents = await Promise.all(names.sort().map((name) => loadDocument(join(ROOT, name))));
  const checker = createChecker(documents);
  const places = createDocumentPlaces(documents, ROOT);
  const tally = createTally(checker.table, await loadRemembered(checker.table), places.placeOf);
  const exchanges = await traffic(checker.table.routes.map((route) => checker.table.operation(route)));
  for (const exchange of exchanges) tally.add(await checker.check(exchange));
  const result: CheckResult = {
    version: 1,
    documents: documents.map(({ name, title, dialect }) => ({
      name,
      title,
      file: `openapi/${name}.yaml`,
      dialect,
      operations: checker.table.routes.filter((route) => route.document.name === name).length,
    })),
    recordings: [{ file: RECORDING, exchanges: exchanges.length, format: 'hufu record' }],
    ...tally.result(),
  };
  return htmlReport(result, { ...places, command: `npx hufu check ${RECORDING} --format html -o report.html` });
}

async function traffic(operations: readonly Operation[]): Promise<Exchange[]> {
  const mock = await startMock();
  const exchanges: Exchange[] = [];
  const send = async (
    operation: Operation | undefined,
    method: string,
    path: string,
    query: string,
    text: string | undefined,
  ): Promise<void> => {
    const headers = { authorization: AUTHORIZATION, ...(text === undefined ? {} : { 'content-type': 'application/json' }) };
    const response = await fetch(`${mock.url}${path}${query === '' ? '' : `?${query}`}`, {
      method,
      headers,
      ...(text === undefined ? {} : { body: text }),
    });
    const body = Buffer.from(await response.arrayBuffer());
    const spoil = operation === undefined ? undefined : DEVIATIONS[operation.id];
    const index = exchanges.length;
    exchanges.push({
      place: { file: RECORDING, index },
      origin: undefined,
      request: { method, path, query, headers, body: text === undefined ? undefined : Buffer.from(text) },
      response: {
        status: spoil?.status ?? response.status,
        headers: Object.fromEntries(response.headers),
        body: spoil?.from === undefined ? body : Buffer.from(writeJson(parseJson(body.toString())).replace(spoil.from, spoil.to ?? '')),
      },
      startedAt: Date.UTC(2026, 2, 2, 1, 0, index),
      milliseconds: 8,
      gaps: [],
    });
  };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, operation] of operations.entries()) {
        // Some are called rarely, a few never.
        if (index % 9 === 8 || (index + round) % 3 === 2) continue;
        const bodies = (operation.requestBody?.contents ?? [])
          .filter((content) => /json/.test(content.mediaType))
          .flatMap((content) => content.examples);
        const body = bodies[round % Math.max(1, bodies.length)];
        await send(
          operation,
          operation.method,
          pathOf(operation),
          queryOf(operation),
          body === undefined ? undefined : writeJson(body.value),
        );
      }
      if (round < 2) await send(undefined, 'GET', `/api/v2/tasks/${1000 + round}/summary`, '', undefined);
      await send(undefined, 'GET', '/api/v1/notification-tasks', 'pageNo=1&size=20', undefined);
    }
  } finally {
    await mock.close();
  }
  return exchanges;
}

/** The path with the document's examples in its place holders. */
function pathOf(operation: Operation): string {
  return operation.path.replace(/\{([^{}]+)\}/g, (_all, name: string) => {
    const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
    return textOf(parameter?.examples[0]);
  });
}

function queryOf(operation: Operation): string {
  const given = operation.parameters.filter(
    (parameter) => parameter.in === 'query' && (parameter.required || parameter.examples.length > 0),
  );
  return given.map(({ name, examples }) => `${encodeURIComponent(name)}=${textOf(examples[0])}`).join('&');
}

/** An example as it stands in a URL; `1` where the document gives none. */
function textOf(example: unknown): string {
  return encodeURIComponent(typeof example === 'string' ? example : writeJson(example ?? 1));
}

if (import.meta.main) console.log((await reportScreenshots(process.argv[2])).join('\n'));
