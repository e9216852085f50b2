import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createHarWriter } from '../recording/index.ts';
import type { Dialect } from './exchange.ts';
import { benchDocument, benchExchange, play } from './play.ts';

/** One case as the benchmark of `npm run bench:checker` reads it. */
export interface ReportedCase {
  readonly name: string;
  /** Absent: nothing is wrong with it. */
  readonly planted?: {
    readonly rule: string;
    readonly side: string;
    readonly pointer?: string;
    readonly name?: string;
    readonly property?: string;
  };
  readonly method: string;
  readonly target: string;
  readonly hit: boolean;
  /** Errors and warnings that were said of it. */
  readonly accusations: number;
}

export interface ReportedDialect {
  readonly dialect: Dialect;
  readonly document: string;
  /** The same exchanges as HAR, an entry a case. */
  readonly recording: string;
  readonly cases: readonly ReportedCase[];
}

/** Plays the right-reason bench in every dialect, writes its exchanges as HAR into a folder, and prints what was said of them as JSON. */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node contracts/bench/main.ts FOLDER');
const told: ReportedDialect[] = [];
for (const dialect of ['2.0', '3.0', '3.1'] as const) {
  const played = await play(dialect);
  const recording = join(folder, `${dialect}.har`);
  rmSync(recording, { force: true });
  const writer = await createHarWriter(recording);
  for (const [index, { test }] of played.entries()) await writer.append(benchExchange(test, dialect, index));
  await writer.close();
  const cases = played.map(({ test: { name, planted, request }, hit, accusations }) => ({
    name,
    ...(planted === undefined ? {} : { planted }),
    method: request.method,
    target: request.target,
    hit,
    accusations: accusations.length,
  }));
  told.push({ dialect, document: benchDocument(dialect), recording, cases });
}
process.stdout.write(JSON.stringify(told));
