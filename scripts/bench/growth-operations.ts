import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MockProcess } from '../mock-process.ts';
import { HUFU } from '../mock-process.ts';
import { benchDocument, inputExample } from './document.ts';
import { endGrown, measureGrowth, startGrown } from './growth-measure.ts';
import type { GrowthCase, GrowthSettings, Started } from './growth-measure.ts';
import type { GrowthPart } from './growth-page.ts';
import { inTurn, requestText } from './request-text.ts';

const SIZES = [10, 100, 1_000, 5_000];
const OPERATIONS_PER_MODULE = 5;
/** As many different operations are asked in turn at the most. */
const MOST_IN_TURN = 1_000;

/** Documents that grow: one operation asked over and over, and many in turn. */
export async function growOperations(floor: MockProcess, folder: string, settings: GrowthSettings): Promise<GrowthPart> {
  const started: Started[] = [];
  for (const size of SIZES) {
    const doc = join(folder, `operations-${size}.json`);
    await writeFile(doc, JSON.stringify(benchDocument(size / OPERATIONS_PER_MODULE)));
    started.push(await startGrown(name(size), { template: `${HUFU} --quiet`, doc }, '/api/v1/notice1/1000001', settings.rounds));
  }
  const sizes = started.map(({ server }, index) => ({
    size: name(SIZES[index] ?? 0),
    server,
    cases: casesOf((SIZES[index] ?? 0) / OPERATIONS_PER_MODULE),
  }));
  const figures = await measureGrowth(floor, sizes, settings);
  return { title: 'operations', figures, starts: await Promise.all(started.map(endGrown)) };
}

function name(size: number): string {
  return size.toLocaleString('en');
}

function casesOf(modules: number): GrowthCase[] {
  const middle = modules >> 1;
  const numbers = Array.from({ length: modules }, (_, index) => index);
  // Evenly out of the whole document, where it has more than are asked.
  const some = (texts: readonly string[]): string[] => {
    const step = Math.max(1, texts.length / MOST_IN_TURN);
    return Array.from({ length: Math.min(texts.length, MOST_IN_TURN) }, (_, index) => texts[Math.floor(index * step)] ?? '');
  };
  const gets = some(numbers.flatMap((number) => [get(number), requestText('GET', `/api/v1/notice${number}?current=0&size=20`)]));
  const posts = some(numbers.map(post));
  return [
    { name: 'GET, one operation', requests: get(middle) },
    { name: 'POST, one operation', requests: post(middle) },
    { name: 'GET, all in turn (1,000 at most)', requests: inTurn(gets), different: gets.length },
    { name: 'POST, all in turn (1,000 at most)', requests: inTurn(posts), different: posts.length },
  ];
}

function get(module: number): string {
  return requestText('GET', `/api/v1/notice${module}/1000001`);
}

function post(module: number): string {
  return requestText('POST', `/api/v1/notice${module}`, inputExample());
}
