import { computed, signal } from '@preact/signals';
import { ControlError, send, tokenWanted } from './control.ts';
import type { Summary } from './exchange.ts';
import { readFilter } from './filter.ts';
import { eventReader } from './stream.ts';
import type { StreamEvent } from './stream.ts';

/** As many as the mock itself keeps. */
export const MAX_ENTRIES = 10_000;
const RETRY_MS = 1_000;

/** Oldest first. */
export const entries = signal<readonly Summary[]>([]);
export const connection = signal<'connecting' | 'open' | 'lost' | 'off'>('connecting');
/** Why there is no journal, in the mock's words. */
export const offReason = signal('');
export const paused = signal(false);
/** How many came since the pause. */
export const held = signal(0);
export const filterText = signal('');
const filter = computed(() => readFilter(filterText.value));

/** What the filter lets through, newest first. */
export const shown = computed(() => {
  const fits = filter.value;
  return entries.value.filter((entry) => fits(entry)).toReversed();
});

let waiting: Summary[] = [];
let frame: number | undefined;
/** The run of the mock whose ids these are. */
let startedAt: number | undefined;
let lastId = 0;

/** Follows the journal for ever: what was missed while the connection was lost is asked for again. */
export async function follow(): Promise<never> {
  for (;;) {
    await followOnce().catch((error: unknown) => {
      if (error instanceof ControlError && error.code === 'JOURNAL_OFF') {
        offReason.value = error.message;
        connection.value = 'off';
      }
    });
    if (connection.value !== 'off') connection.value = 'lost';
    await pause();
  }
}

async function followOnce(): Promise<void> {
  const response = await send('journal/events?view=summary&since=0', { headers: { 'last-event-id': String(lastId) } });
  if (response.body === null) return;
  connection.value = 'open';
  const read = eventReader();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const event of read(value)) {
      if (take(event)) continue;
      await reader.cancel();
      return;
    }
  }
}

/** @returns false when the stream has to begin anew: another run of the mock answers, whose ids say nothing about the last one's. */
function take({ event, data }: StreamEvent): boolean {
  if (event === 'journal') {
    const started = (JSON.parse(data) as { startedAt: number }).startedAt;
    const isOther = startedAt !== undefined && started !== startedAt;
    startedAt = started;
    if (!isOther) return true;
    forget();
    lastId = 0;
    return false;
  }
  if (event !== 'exchange') return true;
  const entry = JSON.parse(data) as Summary;
  lastId = entry.id;
  waiting.push(entry);
  if (waiting.length > MAX_ENTRIES) waiting = waiting.slice(-MAX_ENTRIES);
  // However many come between two pictures, they are drawn once.
  frame ??= requestAnimationFrame(flush);
  return true;
}

function flush(): void {
  frame = undefined;
  if (paused.value) {
    held.value = waiting.length;
    return;
  }
  if (waiting.length === 0) return;
  entries.value = [...entries.value, ...waiting].slice(-MAX_ENTRIES);
  waiting = [];
}

export function setPaused(value: boolean): void {
  paused.value = value;
  held.value = 0;
  flush();
}

/** Forgets all exchanges, here and in the mock. */
export async function clear(): Promise<void> {
  await send('journal', { method: 'DELETE' });
  forget();
}

function forget(): void {
  waiting = [];
  held.value = 0;
  entries.value = [];
}

/** A second, or until the token is there. */
async function pause(): Promise<void> {
  if (tokenWanted.value === 'no') {
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    return;
  }
  await new Promise<void>((resolve) => {
    const stop = tokenWanted.subscribe((wanted) => {
      if (wanted !== 'no') return;
      queueMicrotask(() => stop());
      resolve();
    });
  });
}
