import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { MockProcess } from '../mock-process.ts';
import { HUFU } from '../mock-process.ts';
import { control } from './growth-control.ts';
import { endGrown, measureGrowth, startGrown } from './growth-measure.ts';
import type { GrowthCase, GrowthSettings, Started } from './growth-measure.ts';
import type { GrowthPart } from './growth-page.ts';
import { inTurn, requestText } from './request-text.ts';
import { NEW_THING, thingsDocument, thingsState } from './things.ts';

const SIZES = [1, 1_000, 100_000];
/** Keys of rows that come and go: none of the starting rows has such a one. */
const FIRST_OTHER_KEY = 1_000_000;

/** A collection that grows. It starts with its rows again before each measurement, so that what is created meanwhile counts for one only. */
export async function growRows(floor: MockProcess, folder: string, settings: GrowthSettings): Promise<GrowthPart> {
  const started: Started[] = [];
  for (const size of SIZES) {
    const own = join(folder, `rows-${size}`);
    await mkdir(own);
    const doc = join(own, 'things.yaml');
    await writeFile(doc, stringify(thingsDocument()));
    await writeFile(join(own, 'things.state.yaml'), stringify(thingsState(size)));
    started.push(await startGrown(size.toLocaleString('en'), { template: `${HUFU} --quiet`, doc }, '/things/1', settings.rounds));
  }
  const sizes = started.map(({ size, server }, index) => ({ size, server, cases: casesOf(server, SIZES[index] ?? 1, settings) }));
  const figures = await measureGrowth(floor, sizes, settings);
  return { title: 'rows', figures, starts: await Promise.all(started.map(endGrown)) };
}

function casesOf(server: MockProcess, rows: number, { connections }: GrowthSettings): GrowthCase[] {
  const prepare = async (): Promise<void> => {
    await control(server, 'POST', '/sessions/default/reset');
    // The first key that is made looks past those of the starting rows: once, not for each row.
    await fetch(`http://127.0.0.1:${server.port}/things`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify(NEW_THING),
    });
  };
  // Each connection creates and deletes a row of its own, over and over.
  const keys = Array.from({ length: connections }, (_, index) => FIRST_OTHER_KEY + index);
  const creates = keys.map((id) => requestText('POST', '/things', { id, ...NEW_THING }));
  const deletes = keys.map((id) => requestText('DELETE', `/things/${id}`));
  return [
    { name: 'GET by key', requests: requestText('GET', `/things/${Math.ceil(rows / 2)}`), prepare },
    { name: 'create', requests: requestText('POST', '/things', NEW_THING), prepare },
    { name: 'create and delete in turn', requests: inTurn([...creates, ...deletes]), prepare },
    { name: 'list, first page', requests: requestText('GET', '/many?limit=20'), prepare },
    { name: 'list, filter that all rows fit', requests: requestText('GET', '/many?owner=7&limit=20'), prepare },
    { name: 'list, filter that no row fits', requests: requestText('GET', '/many?owner=8&limit=20'), prepare },
  ];
}
