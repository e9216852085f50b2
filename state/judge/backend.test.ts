import { beforeAll, expect, test } from 'vitest';
import type { DefectId } from '../../examples/backend/defects.ts';
import { driveBackend } from './drive-backend.fixture.ts';
import { judgeAll, loadWorkspace } from './observe-mock.fixture.ts';
import type { Workspace } from './observe-mock.fixture.ts';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await loadWorkspace();
});

test.each([1, 2, 3])('a correct backend is clean, seed %i', { timeout: 60_000 }, async (seed) => {
  const sequence = await driveBackend([], seed);
  expect(sequence.length).toBeGreaterThan(300);
  expect(await judgeAll(workspace, sequence)).toEqual([]);
});

test.each<{ defect: DefectId; want: string }>([
  { defect: 'auth-refresh-reuse', want: 'used-refresh-token-accepted' },
  { defect: 'auth-expired-token-accepted', want: 'expired-token-accepted' },
  { defect: 'task-terminate-twice', want: 'illegal-transition' },
  { defect: 'task-terminate-previous-after', want: 'transition-misreported' },
  { defect: 'task-success-count-all', want: 'derived-value-wrong' },
  { defect: 'task-page-ignored', want: 'page-overlap' },
  { defect: 'task-time-utc', want: 'stamp-wrong' },
  { defect: 'file-truncated', want: 'file-bytes-changed' },
  { defect: 'tie-update-lost', want: 'update-lost' },
  { defect: 'tie-title-filter-exact', want: 'row-missing-from-list' },
  { defect: 'tie-deleted-drawn', want: 'deleted-row-listed' },
])('$defect is found as $want', { timeout: 60_000 }, async ({ defect, want }) => {
  const found = await judgeAll(workspace, await driveBackend([defect]));
  expect(found.map((one) => one.found.rule)).toContain(want);
});
