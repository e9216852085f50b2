import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HUFU } from '../mock-process.ts';
import type { MockProcess } from '../mock-process.ts';
import { benchDocument, inputExample } from './document.ts';
import { control } from './growth-control.ts';
import { endGrown, measureGrowth, startGrown, warmUp } from './growth-measure.ts';
import type { GrowthCase, GrowthSettings } from './growth-measure.ts';
import type { GrowthPart } from './growth-page.ts';
import { requestText } from './request-text.ts';

/** The journal keeps so many exchanges, or 32 MB of them. */
const FULL = 10_000;

/** A journal that is switched off, begins empty, or is full: by number with small messages, by bytes with large ones. */
export async function growJournal(floor: MockProcess, folder: string, settings: GrowthSettings): Promise<GrowthPart> {
  const doc = join(folder, 'journal.json');
  await writeFile(doc, JSON.stringify(withLongTexts()));
  const off = await startGrown('off', { template: `${HUFU} --quiet --no-journal`, doc }, '/health', 1);
  const on = await startGrown('on', { template: `${HUFU} --quiet`, doc }, '/health', 1);
  const cases = casesOf();
  const empty = cases.map((one) => ({ ...one, prepare: () => control(on.server, 'DELETE', '/journal') }));
  const full = cases.map((one) => ({ ...one, prepare: () => warmUp(on.server, one.requests, FULL, settings) }));
  const figures = await measureGrowth(
    floor,
    [
      { size: 'off', server: off.server, cases },
      { size: 'empty at first', server: on.server, cases: empty },
      { size: 'full', server: on.server, cases: full },
    ],
    settings,
  );
  return { title: 'journal', figures, starts: [await endGrown(off), await endGrown(on)] };
}

function casesOf(): GrowthCase[] {
  return [
    { name: 'GET', requests: requestText('GET', '/api/v1/notice4/1000001') },
    { name: 'POST', requests: requestText('POST', '/api/v1/notice4', inputExample()) },
    { name: 'GET, 8 KB answer', requests: requestText('GET', '/long') },
    { name: 'POST, 8 KB body', requests: requestText('POST', '/long', { text: LONG }) },
  ];
}

const LONG = '新品到店 '.repeat(600);

function withLongTexts(): object {
  const document = benchDocument(9) as { readonly paths: object };
  const schema = { type: 'object', required: ['text'], properties: { text: { type: 'string', maxLength: 10_000 } } };
  const long = { content: { 'application/json': { schema, example: { text: LONG } } } };
  const get = { operationId: 'getLong', responses: { 200: { description: 'long', ...long } } };
  const post = { operationId: 'postLong', requestBody: { required: true, ...long }, responses: { 204: { description: 'kept' } } };
  return { ...document, paths: { ...document.paths, '/long': { get, post } } };
}
