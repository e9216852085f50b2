import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { createHarWriter, createNdjsonWriter } from '../contracts/index.ts';
import type { RecordingWriter } from '../contracts/index.ts';
import type { Language } from '../operations/index.ts';
import { say } from './language.ts';
import { UsageError } from './workspace.ts';

export type RecordingFormat = 'har' | 'ndjson';

const ENDINGS: ReadonlyMap<string, RecordingFormat> = new Map([
  ['har', 'har'],
  ['json', 'har'],
  ['ndjson', 'ndjson'],
  ['jsonl', 'ndjson'],
]);

/** The format that the ending of a recording's name says. */
export function formatByEnding(file: string): RecordingFormat | undefined {
  return ENDINGS.get(/\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? '');
}

/** @throws UsageError for a recording that is there already and holds something. */
export function refuseExisting(file: string, language: Language): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isFile() !== true || stats.size === 0) return;
  throw new UsageError(
    say(
      language,
      `${file} is there already; name another, or overwrite it with --force`,
      `${file} 已存在；请换一个文件名，或用 --force 覆盖`,
    ),
  );
}

/** Begins a recording, and makes the folder it stands in. @throws RecordingError */
export async function openRecording(file: string, format: RecordingFormat): Promise<RecordingWriter> {
  mkdirSync(dirname(file), { recursive: true });
  return format === 'har' ? createHarWriter(file) : createNdjsonWriter(file);
}
