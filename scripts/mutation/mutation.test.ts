import { beforeAll, describe, expect, test } from 'vitest';
import { DEFECTS } from '../../examples/index.ts';
import type { DefectId } from '../../examples/index.ts';
import { loadDocuments, workspaceDocuments } from '../../mock/index.ts';
import { expectedOf } from './expected.ts';
import { ride } from './ride.ts';
import { createWorkspace, isAlarm, judge, judgeRecorded, tryDefect } from './verdict.ts';
import type { Workspace } from './verdict.ts';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace(await loadDocuments(workspaceDocuments(process.cwd()), {}));
});

test.each([21, 22])('nothing is told of a backend that errs nowhere, live or recorded, seed %i', async (seed) => {
  const way = await ride([], seed);
  expect(way.exchanges.length).toBeGreaterThan(300);
  expect((await judge(workspace, way)).filter(isAlarm)).toEqual([]);
  expect((await judgeRecorded(workspace, way)).filter(isAlarm)).toEqual([]);
});

describe('a defect is found by a rule that names it', () => {
  // One of most kinds; npm run mutation tries them all.
  const sample: readonly DefectId[] = [
    'auth-refresh-reuse',
    'auth-token-type-case',
    'task-create-201',
    'task-no-token-html',
    'task-page-overlap',
    'task-time-utc',
    'task-status-filter-ignored',
    'file-attachment',
    'file-truncated',
    'tie-success-boolean',
    'tie-id-rounded',
    'tie-deleted-listed',
    'tie-title-too-long',
  ];
  test.each(sample)('%s', async (id) => {
    expect((await tryDefect(workspace, id, 3)).verdict).toBe('hit');
  });
});

test('every defect that can be expressed has its expectation, and no other', () => {
  const withOne = DEFECTS.filter(({ id }) => expectedOf(id) !== undefined).map(({ id }) => id);
  expect(withOne).toEqual(DEFECTS.filter(({ expressible }) => expressible).map(({ id }) => id));
});

test('what is expected is about operations that there are', () => {
  const known = new Set(workspace.table.routes.map(({ id }) => id));
  const named = DEFECTS.flatMap(({ id }) => expectedOf(id)?.operations ?? []);
  expect(named.filter((id) => !known.has(id))).toEqual([]);
});
