import { expect, test, vi } from 'vitest';
import { changes, judgeAll, loadWorkspace } from './observe-mock.fixture.ts';
import { watchedSessions } from './watch-mock.fixture.ts';

vi.mock('../../index.ts', async (original) => {
  const { startWatchedMock } = await import('./watch-mock.fixture.ts');
  return { ...(await original<object>()), startMock: startWatchedMock };
});

// The modules' scenarios are done again here, by a mock whose exchanges are noted.
await import('../../mock/scenarios/auth.test.ts');
await import('../../mock/scenarios/distribute.test.ts');
await import('../../mock/scenarios/file.test.ts');
await import('../../mock/scenarios/invite-plan.test.ts');
await import('../../mock/scenarios/marketing-notice.test.ts');
await import('../../mock/scenarios/member.test.ts');
await import('../../mock/scenarios/notification-task.test.ts');
await import('../../mock/scenarios/sop-task.test.ts');
await import('../../mock/scenarios/tie.test.ts');

test('nothing that the mock answered in the scenarios contradicts the state files', { timeout: 60_000 }, async () => {
  const workspace = await loadWorkspace();
  expect(watchedSessions.flat().length).toBeGreaterThan(500);
  for (const sequence of watchedSessions) {
    expect(await judgeAll(workspace, sequence)).toEqual([]);
    expect(await judgeAll(workspace, sequence, { shared: true })).toEqual([]);
  }
});

test('nor does it for whoever came later', { timeout: 60_000 }, async () => {
  const workspace = await loadWorkspace();
  for (const sequence of watchedSessions)
    for (const from of [1, 2, 4, 9]) expect(await judgeAll(workspace, sequence.slice(from))).toEqual([]);
});

test('nor for whoever missed some of what changed nothing', { timeout: 60_000 }, async () => {
  const workspace = await loadWorkspace();
  for (const sequence of watchedSessions)
    for (const every of [2, 3])
      expect(
        await judgeAll(
          workspace,
          sequence.filter((watched, index) => index % every !== 1 || changes(watched)),
        ),
      ).toEqual([]);
});

test('nor for whoever missed anything, if others are known to write', { timeout: 60_000 }, async () => {
  const workspace = await loadWorkspace();
  for (const sequence of watchedSessions)
    for (const every of [2, 3, 5])
      expect(
        await judgeAll(
          workspace,
          sequence.filter((watched, index) => watched === 'forget' || index % every !== 1),
          { shared: true },
        ),
      ).toEqual([]);
});
