import { FIRST_PATH } from './cases.ts';
import { FLOOR } from './contestants.ts';
import type { Contestant } from './contestants.ts';
import { coldStart } from './measure.ts';
import { middle } from './report.ts';

export interface StartOptions {
  readonly rounds: number;
  /** Further placeholders of commands. */
  readonly values: Readonly<Record<string, string>>;
  readonly documents: readonly StartDocument[];
  /** Is told what happens: it takes minutes. */
  readonly tell: (text: string) => void;
}

export interface StartDocument {
  readonly name: string;
  readonly doc: string;
  /** Only those take part that are measured with large documents; the slow ones once. */
  readonly large: boolean;
}

/** One server and one document; medians of the rounds. */
export interface StartFigures {
  readonly server: string;
  readonly document: string;
  /** Milliseconds from the spawn to the end of the first answer. */
  readonly firstAnswerMs: number | undefined;
  /** That, divided by the floor's in the same round: how many bare Node starts it takes. */
  readonly bareStarts: number | undefined;
  /** Resident, after the first answer. */
  readonly megabytes: number | undefined;
}

interface Start {
  readonly server: string;
  readonly document: string;
  readonly round: number;
  readonly firstAnswerMs: number;
  readonly megabytes: number | undefined;
}

/** A start that takes this long is not repeated. */
const SLOW_MS = 5_000;

/** From the spawn to the first answer, each server in turn. */
export async function measureStarts(contestants: readonly Contestant[], options: StartOptions): Promise<StartFigures[]> {
  const starts: Start[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    for (const { name: document, doc, large } of options.documents) {
      options.tell(`cold start with ${document}: round ${round + 1}`);
      for (const { name: server, template, largeDocuments } of contestants) {
        const slow = starts.some((start) => start.server === server && start.document === document && start.firstAnswerMs > SLOW_MS);
        if ((large && !largeDocuments) || slow) continue;
        const command = { template, doc, values: options.values, limitMs: 180_000 };
        const found = await coldStart(command, FIRST_PATH).catch((error: unknown) => options.tell(`left out: ${String(error)}`));
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
      return own.length === 0 ? [] : [{ server, document, ...middles(own, starts) }];
    }),
  );
}

function middles(own: readonly Start[], all: readonly Start[]): Omit<StartFigures, 'server' | 'document'> {
  const floors = (start: Start): number | undefined =>
    all.find(({ server, document, round }) => server === FLOOR && document === start.document && round === start.round)?.firstAnswerMs;
  return {
    firstAnswerMs: middle(own.map((start) => start.firstAnswerMs)),
    bareStarts: middle(own.map((start) => start.firstAnswerMs / (floors(start) ?? Number.NaN))),
    megabytes: middle(own.map((start) => start.megabytes)),
  };
}
