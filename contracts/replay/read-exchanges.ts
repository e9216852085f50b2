import type { Checker } from '../checker.ts';
import type { Judged } from '../judged.ts';
import { readRecording } from '../recording/index.ts';
import type { Flaw } from '../recording/index.ts';
import type { RecordingSummary } from '../result.ts';
import { ReplayError } from './replay-error.ts';

export interface ReadExchanges {
  /** In the order of the files, judged as they stand there. */
  readonly recorded: readonly Judged[];
  readonly recordings: readonly RecordingSummary[];
  /** Entries that are no exchanges, or that no server had a part in: the reason of each. */
  readonly asides: readonly string[];
  readonly flaws: readonly Flaw[];
}

/** What is held at once: a replay looks back and ahead. */
const MAX_EXCHANGES = 100_000;
const MAX_BYTES = 1024 * 1024 * 1024;

/**
 * Reads recordings into memory.
 * @param checker judges what was recorded; another one than judges the new answers.
 * @throws RecordingError where a file can't be read; ReplayError where there are too many exchanges.
 */
export async function readExchanges(
  files: readonly string[],
  checker: Checker,
  maxExchanges: number = MAX_EXCHANGES,
): Promise<ReadExchanges> {
  const recorded: Judged[] = [];
  const recordings: RecordingSummary[] = [];
  const asides: string[] = [];
  const flaws: Flaw[] = [];
  let bytes = 0;
  for (const file of files) {
    const recording = readRecording(file);
    for await (const item of recording) {
      if (item.kind === 'flaw') flaws.push(item);
      else if (item.kind === 'aside') asides.push(item.reason);
      else if (item.hints.fromCache === true) asides.push('cached');
      else if (item.hints.fulfilled === true) asides.push('fulfilled');
      else {
        bytes += (item.exchange.request.body?.length ?? 0) + (item.exchange.response?.body?.length ?? 0);
        if (recorded.length >= maxExchanges)
          throw new ReplayError(`${file} has more than the ${maxExchanges} exchanges that one replay can hold; replay parts of it`);
        if (bytes > MAX_BYTES)
          throw new ReplayError(
            `${file} holds more than ${MAX_BYTES} bytes of bodies, the most that one replay can hold; replay parts of it`,
          );
        recorded.push(await checker.check(item.exchange, item.hints));
      }
    }
    recordings.push(recording.summary());
  }
  return { recorded, recordings, asides, flaws };
}
