import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { startBackend } from './backend.fixture.ts';
import { DEFECTS } from './defects.ts';
import type { DefectId } from './defects.ts';
import { createTokenMask, drive } from './drive.ts';
import type { Step } from './drive.ts';

async function driven(defects: readonly DefectId[], seed: number, onStep: (step: Step) => void): Promise<void> {
  const backend = await startBackend(defects, { seed });
  const mask = createTokenMask();
  try {
    await drive(backend.url, { seed, clock: backend.clock, onStep: (step) => onStep(mask(step)) });
  } finally {
    await backend.close();
  }
}

async function stepsOf(defects: readonly DefectId[], seed = 7): Promise<readonly Step[]> {
  const steps: Step[] = [];
  await driven(defects, seed, (step) => steps.push(step));
  return steps;
}

/** Ends a drive at the first step that differs. */
class Different extends Error {}

/** The first step of a defective backend that is not as the correct one has it; undefined where there is none. */
async function firstDifference(defects: readonly DefectId[], expected: readonly Step[]): Promise<Step | undefined> {
  let count = 0;
  let different: Step | undefined;
  try {
    await driven(defects, 7, (step) => {
      if (isDeepStrictEqual(step, expected[count])) {
        count += 1;
        return;
      }
      different = step;
      throw new Different();
    });
  } catch (error) {
    if (!(error instanceof Different)) throw error;
  }
  return different ?? expected[count];
}

const correct = stepsOf([]);

test('the same seed drives the same way, another one differently', async () => {
  const steps = await correct;
  expect(await stepsOf([])).toEqual(steps);
  expect(await firstDifference([], steps)).toBeUndefined();
  expect(await stepsOf([], 8)).not.toEqual(steps);
});

test('a drive uses every operation and sees every status that the correct backend has', async () => {
  const steps = await correct;
  expect(new Set(steps.map((step) => step.status))).toEqual(new Set([200, 400, 401, 404]));
  const operations = new Set(
    steps.map(({ method, path }) => `${method} ${(path.split('?')[0] ?? '').replaceAll(/\/-?\d+(?=\/|$)/g, '/{id}')}`),
  );
  expect([...operations]).toEqual(
    expect.arrayContaining([
      'POST /oauth/token',
      'POST /api/v1/file',
      'GET /api/v1/file/{id}',
      'GET /api/file/{id}',
      'POST /api/v1/notification-tasks',
      'GET /api/v1/notification-tasks',
      'GET /api/v1/notification-tasks/{id}',
      'PUT /api/v1/notification-tasks/{id}/termination',
      'GET /api/v1/notification-tasks/{id}/executions',
      'POST /tie/saveOrUpdate.json',
      'POST /tie/findById.json',
      'POST /tie/list.json',
      'POST /tie/apply/list.json',
      'POST /tie/apply/approve.json',
      'POST /tie/apply/settid.json',
      'POST /tie/invitiation/saveOrUpdate.json',
      'POST /tie/invitiation/delete.json',
      'POST /tie/invitiation/findByTid.json',
      'POST /tie/invitiation/findByTidAndProbability.json',
    ]),
  );
});

test.each(DEFECTS.map((defect) => defect.id))('%s shows in a drive', async (id) => {
  expect(await firstDifference([id], await correct)).toBeDefined();
});

test('a server that can not be reached ends a drive with an error', async () => {
  const backend = await startBackend();
  await backend.close();
  await expect(drive(backend.url, { clock: backend.clock })).rejects.toThrow('fetch failed');
});
