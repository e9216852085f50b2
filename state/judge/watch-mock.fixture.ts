import { startMock } from '../../mock/index.ts';
import type { JournalEntry, MockSession, StartedMock, StartMockOptions } from '../../mock/index.ts';
import type { Watched } from './observe-mock.fixture.ts';

/** What each session went through, in the order of its exchanges. */
export const watchedSessions: Watched[][] = [];

const WATCH = 'x-watch';
let count = 0;

/** The mock as tests start it; what its sessions answer is noted. */
export async function startWatchedMock(options: StartMockOptions = {}): Promise<StartedMock> {
  const mock = await startMock(options);
  return { ...mock, ...watch(mock), session: (given) => watch(mock.session(given)), url: mock.url, faults: mock.faults, close: mock.close };
}

/** @param session one whose exchanges, and other changes of its world, are noted; by its own clock. */
export function watch(session: MockSession): MockSession {
  const seen: Watched[] = [];
  watchedSessions.push(seen);
  let clock: { readonly at: number } | { readonly offset: number } = { offset: 0 };
  const now = (): number => ('at' in clock ? clock.at : Date.now() + clock.offset);
  const starts = new Map<string, number>();
  let last = 0;
  const drain = (): void => {
    for (const entry of session.journal()) {
      if (entry.id <= last) continue;
      last = entry.id;
      const mark = String(entry.request.headers[WATCH] ?? '');
      if (entry.fault === undefined)
        seen.push({ request: entry.request, reply: replyOf(entry), startedAt: starts.get(mark) ?? now(), endedAt: now() });
      else seen.push('forget');
    }
  };
  const changed = async (work: Promise<void>): Promise<void> => {
    drain();
    await work;
    seen.push('forget');
  };
  return {
    ...session,
    async fetch(path, request = {}) {
      count += 1;
      const mark = String(count);
      starts.set(mark, now());
      const answer = await session.fetch(path, { ...request, headers: { ...request.headers, [WATCH]: mark } });
      drain();
      return answer;
    },
    state: { read: session.state.read, patch: (rows) => changed(session.state.patch(rows)) },
    snapshot: { save: session.snapshot.save, restore: (name) => changed(session.snapshot.restore(name)) },
    reset: (scenario) => changed(session.reset(scenario)),
    clock: {
      async freeze(at) {
        await session.clock.freeze(at);
        clock = { at: at === undefined ? now() : typeof at === 'string' ? Date.parse(at) : at };
      },
      async advance(milliseconds) {
        await session.clock.advance(milliseconds);
        clock = 'at' in clock ? { at: clock.at + milliseconds } : { offset: clock.offset + milliseconds };
      },
      async shift(milliseconds) {
        await session.clock.shift(milliseconds);
        clock = 'at' in clock ? { at: clock.at + milliseconds } : { offset: clock.offset + milliseconds };
      },
      async resume() {
        await session.clock.resume();
        clock = { offset: now() - Date.now() };
      },
    },
  };
}

function replyOf({ reply }: JournalEntry): Exclude<Watched, 'forget'>['reply'] {
  return { status: reply.status, headers: reply.headers, body: reply.body };
}
