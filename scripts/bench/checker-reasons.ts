import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureProcess, REDOCLY } from './checker-process.ts';
import type { Row } from './report.ts';

/** What `contracts/bench/main.ts` prints. */
interface Told {
  readonly dialect: string;
  readonly document: string;
  readonly recording: string;
  readonly cases: readonly {
    readonly planted?: { readonly pointer?: string; readonly name?: string; readonly property?: string };
    readonly method: string;
    readonly target: string;
    readonly hit: boolean;
    readonly accusations: number;
  }[];
}

interface Problem {
  readonly exchangeIndex: number;
  readonly severity: string;
  readonly message: string;
  readonly dataPath?: string | null;
  readonly details?: { readonly parameter?: { readonly name?: string } | null } | null;
}

/** Right-reason bench: hits of what was planted and accusations of what is clean, ours and redocly drift's. */
export async function reasons(folder: string, withPeer: boolean): Promise<Row[]> {
  const played = await measureProcess(join(import.meta.dirname, '../../contracts/bench/main.ts'), [folder], folder);
  const rows: Row[] = [];
  for (const told of JSON.parse(played.out) as Told[]) {
    const planted = told.cases.filter((test) => test.planted !== undefined).length;
    const clean = told.cases.length - planted;
    const hits = told.cases.filter(({ hit }) => hit).length;
    const alarms = told.cases.filter((test) => test.planted === undefined && test.accusations > 0).length;
    rows.push([`hufu, OpenAPI ${told.dialect}`, `${hits}/${planted}`, `${alarms}/${clean}`]);
    if (!withPeer) continue;
    const peer = await drift(told, folder);
    rows.push([`redocly drift, OpenAPI ${told.dialect}`, `${peer.hits}/${planted}`, `${peer.alarms}/${clean}`]);
  }
  return rows;
}

/**
 * Judged as generously as can be: any problem told of an exchange is a hit if it names the pointer, the property or the parameter, under any rule and
 * at any severity; where the deviation has no such place (a status, a media type, a path), any problem is one. An alarm is an error or a warning
 * about a clean exchange. Problems of one operation are merged, with the first exchange's number only: so each run holds one exchange of an operation.
 */
async function drift(told: Told, folder: string): Promise<{ hits: number; alarms: number }> {
  const { log } = JSON.parse(readFileSync(told.recording, 'utf8')) as { log: { entries: unknown[] } };
  const rounds: number[][] = [];
  const taken = new Map<string, number>();
  for (const [index, { method, target }] of told.cases.entries()) {
    const key = `${method} ${target.split(/[?]/)[0]?.split('/').slice(0, 2).join('/') ?? ''}`;
    const round = taken.get(key) ?? 0;
    taken.set(key, round + 1);
    (rounds[round] ??= []).push(index);
  }
  let [hits, alarms] = [0, 0];
  for (const round of rounds) {
    const [file, report] = [join(folder, 'round.har'), join(folder, 'round.json')];
    writeFileSync(file, JSON.stringify({ log: { ...log, entries: round.map((index) => log.entries[index]) } }));
    writeFileSync(report, '{"problems":[]}');
    await measureProcess(REDOCLY, ['drift', file, '--api', told.document, '--format', 'json', '-o', report], folder);
    const { problems } = JSON.parse(readFileSync(report, 'utf8')) as { problems: readonly Problem[] };
    for (const [position, index] of round.entries()) {
      const test = told.cases[index];
      const said = problems.filter(({ exchangeIndex }) => exchangeIndex === position);
      if (test?.planted === undefined) alarms += said.some(({ severity }) => severity !== 'info') ? 1 : 0;
      else hits += said.some((problem) => names(problem, test.planted ?? {})) ? 1 : 0;
    }
  }
  return { hits, alarms };
}

function names(problem: Problem, { pointer = '', name, property }: NonNullable<Told['cases'][number]['planted']>): boolean {
  const place = [pointer.split('/').at(-1), name, property].filter((word) => word !== undefined && word !== '');
  if (place.length === 0) return true;
  const said = `${problem.message} ${problem.dataPath ?? ''} ${problem.details?.parameter?.name ?? ''}`.toLowerCase();
  return place.some((word) => said.includes(String(word).toLowerCase()));
}
