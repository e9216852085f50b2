import { join } from 'node:path';
import { FLOOR } from './contestants.ts';
import type { Contestant } from './contestants.ts';
import { coldStart } from './measure.ts';
import type { FirstRequest } from './measure.ts';
import { middle } from './report.ts';
import { shellWord } from '../mock-process.ts';

export interface StartOptions {
  readonly rounds: number;
  /** Further placeholders of commands. */
  readonly values: Readonly<Record<string, string>>;
  readonly documents: readonly StartDocument[];
  /** A folder that is not there yet, for what each server keeps of a start with a document for the next one. */
  readonly cache: string;
  /** Is told what happens: it takes minutes. */
  readonly tell: (text: string) => void;
}

export interface StartDocument {
  readonly name: string;
  readonly doc: string;
  readonly asked: FirstRequest;
  readonly takesPart: (contestant: Contestant) => boolean;
}

/** One server and one document; medians of the rounds, which begin with the second start. */
export interface StartFigures {
  readonly server: string;
  readonly document: string;
  /** Milliseconds from the spawn to the end of the first answer. */
  readonly firstAnswerMs: number | undefined;
  /** That, divided by the floor's in the same round: how many bare Node starts it takes. */
  readonly bareStarts: number | undefined;
  /** Milliseconds of the very first start, before anything is kept for another; not among the medians. */
  readonly veryFirstMs: number | undefined;
  /** Resident, after the first answer. */
  readonly megabytes: number | undefined;
}

interface Start {
  readonly server: string;
  readonly document: string;
  /** 0: the very first start. */
  readonly round: number;
  readonly firstAnswerMs: number;
  readonly megabytes: number | undefined;
}

/** A start that takes this long is not repeated. */
const SLOW_MS = 5_000;

/**
 * From the spawn to the first answer, each server in turn. Each is started once with each document before the rounds: from the second start on some find what they kept of the first (Hufu compiled
 * code and what YAML was read as), as they do for their users; `veryFirstMs` tells what the first one took.
 */
export async function measureStarts(contestants: readonly Contestant[], options: StartOptions): Promise<StartFigures[]> {
  const starts: Start[] = [];
  for (let round = 0; round <= options.rounds; round += 1) {
    for (const { name: document, doc, asked, takesPart } of options.documents) {
      options.tell(`cold start with ${document}: ${round === 0 ? 'the very first' : `round ${round}`}`);
      for (const { id, name: server, template } of contestants.filter(takesPart)) {
        if (starts.some((start) => start.server === server && start.document === document && start.firstAnswerMs > SLOW_MS)) continue;
        const cache = join(options.cache, `${id} ${document}`);
        const command = {
          template: `env XDG_CACHE_HOME=${shellWord(cache)} ${template}`,
          doc,
          values: options.values,
          limitMs: 180_000,
        };
        const found = await coldStart(command, asked).catch((error: unknown) => options.tell(`left out: ${String(error)}`));
        if (found === undefined) continue;
        const { server: started, ...start } = found;
        starts.push({ server, document, round, ...start });
        await started.stop();
      }
    }
  }
  return options.documents.flatMap(({ name: document }) =>
    contestants.flatMap(({ name: server }) => {
      const own = starts.filter((start) => start.server === server && start.document === document);
      return own.length === 0 ? [] : [{ server, document, ...figuresOf(own, starts) }];
    }),
  );
}

function figuresOf(own: readonly Start[], all: readonly Start[]): Omit<StartFigures, 'server' | 'document'> {
  const later = own.filter(({ round }) => round > 0);
  // One that was too slow to be repeated has the first alone.
  const measured = later.length > 0 ? later : own;
  const floors = (start: Start): number | undefined =>
    all.find(({ server, document, round }) => server === FLOOR && document === start.document && round === start.round)?.firstAnswerMs;
  return {
    firstAnswerMs: middle(measured.map((start) => start.firstAnswerMs)),
    bareStarts: middle(measured.map((start) => start.firstAnswerMs / (floors(start) ?? Number.NaN))),
    veryFirstMs: own.find(({ round }) => round === 0)?.firstAnswerMs,
    megabytes: middle(measured.map((start) => start.megabytes)),
  };
}
