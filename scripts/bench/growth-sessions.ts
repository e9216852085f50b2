import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { HUFU } from '../mock-process.ts';
import type { MockProcess } from '../mock-process.ts';
import { control } from './growth-control.ts';
import { endGrown, measureGrowth, startGrown } from './growth-measure.ts';
import type { GrowthCase, GrowthSettings } from './growth-measure.ts';
import type { GrowthPart } from './growth-page.ts';
import { figure } from './report.ts';
import { inTurn, requestText } from './request-text.ts';
import { NEW_THING, ROWS, thingsDocument, thingsState } from './things.ts';

/** Hufu with room for all of the sessions; `hufu mock` has 1,000. */
const ROOMY = '{node} scripts/bench/growth-roomy.ts {doc} {port}';

/** Sessions in turn, named by the header. The last size is more than a mock keeps: each request begins a session, and the one used longest ago goes. */
export async function growSessions(floor: MockProcess, folder: string, settings: GrowthSettings): Promise<GrowthPart> {
  const doc = join(folder, 'things.yaml');
  await writeFile(doc, stringify(thingsDocument()));
  await writeFile(join(folder, 'things.state.yaml'), stringify(thingsState()));
  const usual = await startGrown('1,000 at most', { template: `${HUFU} --quiet`, doc }, '/things/1', 1);
  const roomy = await startGrown('room for all', { template: ROOMY, doc }, '/things/1', 1);
  const sizes = [
    { size: '1', server: roomy.server, cases: casesOf(roomy.server, 1) },
    { size: '100', server: roomy.server, cases: casesOf(roomy.server, 100) },
    { size: '1,000', server: roomy.server, cases: casesOf(roomy.server, 1_000) },
    { size: '10,000', server: roomy.server, cases: casesOf(roomy.server, 10_000) },
  ];
  const figures = await measureGrowth(floor, sizes, settings);
  const fresh = await measureGrowth(
    floor,
    [{ size: 'a new one each', server: usual.server, cases: casesOf(usual.server, 10_000) }],
    settings,
  );
  const starts = [await endGrown(usual), await endGrown(roomy)];
  const more = Object.entries(await sessionCost(doc)).map(([name, value]) => [name, figure(value) ?? '-'] as const);
  return { title: 'sessions', figures: [...figures, ...fresh], flatTo: '10,000', starts, more };
}

function casesOf(server: MockProcess, count: number): GrowthCase[] {
  const names = Array.from({ length: count }, (_, index) => ({ 'x-hufu-session': `session-${index}` }));
  const key = ROWS / 2;
  return [
    { name: 'GET by key', requests: inTurn(names.map((header) => requestText('GET', `/things/${key}`, undefined, header))) },
    { name: 'create', requests: inTurn(names.map((header) => requestText('POST', '/things', NEW_THING, header))) },
  ].map((one) => ({ ...one, different: Math.ceil(count / 25), prepare: () => control(server, 'DELETE', '/journal') }));
}

/** What a session costs beside the requests: counted in a process of its own. */
async function sessionCost(doc: string): Promise<Readonly<Record<string, number>>> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', join(import.meta.dirname, 'growth-session-cost.ts'), doc]);
  return JSON.parse(stdout) as Readonly<Record<string, number>>;
}
