import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startBackend } from './backend.fixture.ts';
import { DEMO } from './credentials.ts';
import { DEFECTS, isDefectId } from './defects.ts';
import type { DefectId } from './defects.ts';
import { logIn } from './drive/auth.ts';
import { createSend, textAt } from './drive/client.ts';
import { numbersFrom } from './drive/ride.ts';
import { AUTH_PROBES } from './probes/auth.fixture.ts';
import { FILE_PROBES } from './probes/file.fixture.ts';
import { TASK_PROBES } from './probes/notification-task.fixture.ts';
import type { Probe } from './probes/probe.fixture.ts';
import { TIE_PROBES } from './probes/tie.fixture.ts';

const PROBES: Readonly<Record<DefectId, Probe>> = { ...AUTH_PROBES, ...TASK_PROBES, ...FILE_PROBES, ...TIE_PROBES };

async function probe(run: Probe, defects: readonly DefectId[]): Promise<unknown> {
  const backend = await startBackend(defects, { seed: 7 });
  try {
    const send = createSend(backend.url, () => {});
    const ride = {
      send,
      clock: backend.clock,
      credentials: DEMO,
      number: numbersFrom(7),
      pick: <Value>(list: readonly [Value, ...Value[]]) => list[0],
    };
    return await run({ ...ride, token: textAt(await logIn(ride, 'log in'), 'access_token') });
  } finally {
    await backend.close();
  }
}

/** What the correct backend answers to a probe; asked once for all defects that share it. */
const correct = new Map<Probe, Promise<unknown>>();

function correctly(run: Probe): Promise<unknown> {
  const asked = correct.get(run) ?? probe(run, []);
  correct.set(run, asked);
  return asked;
}

test.each(DEFECTS.map((defect) => defect.id))('%s changes what a client sees', async (id) => {
  const run = PROBES[id];
  expect(await probe(run, [id])).not.toEqual(await correctly(run));
});

test('probes see nothing that differs by itself', async () => {
  for (const run of new Set(Object.values(PROBES))) expect(await probe(run, [])).toEqual(await correctly(run));
});

test('ids are unique and begin with their module', () => {
  const prefixes = { auth: 'auth-', 'notification-task': 'task-', file: 'file-', tie: 'tie-' };
  expect(new Set(DEFECTS.map((defect) => defect.id)).size).toBe(DEFECTS.length);
  for (const { id, module } of DEFECTS) expect(id.startsWith(prefixes[module]), id).toBe(true);
  expect(isDefectId('auth-refresh-reuse')).toBe(true);
  expect(isDefectId('constructor')).toBe(false);
});

test('the page lists every defect and what it is', () => {
  const page = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  for (const { id, kind, says, reason } of DEFECTS) {
    expect(page).toContain(`| \`${id}\` | ${kind} | ${says}${reason === undefined ? '' : ` *Not expressible: ${reason}*`} |`);
  }
});
