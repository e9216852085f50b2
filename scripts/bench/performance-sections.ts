/** What `npm run bench` found, as sections of PERFORMANCE.md; the terminal shows the same. */
import { CASES } from './cases.ts';
import { HUFU_AS_RUN, readableCommand, SILENT_PRISM } from './contestants.ts';
import type { Absent, Contestant } from './contestants.ts';
import type { DocumentFigures } from './large-documents.ts';
import { createNotes, markdownTable, written } from './performance-page.ts';
import type { RequestFigures, RequestResults } from './requests.ts';
import type { StartFigures } from './starts.ts';

/** Who takes part: versions, commands, what each does. */
export function serversSection(contestants: readonly Contestant[], absent: readonly Absent[]): string {
  const rows = contestants.map(({ name, version, template, work }) => [
    name,
    version.replace(/^v/, ''),
    `\`${readableCommand(template)}\``,
    work,
  ]);
  const missing = absent.map(({ name, reason }) => `Not measured: ${name}, ${reason}.`);
  return [leftTable(['server', 'version', 'command', 'what it does for a request'], rows), ...missing].join('\n\n');
}

/** CPU per request, requests a second, latency. @param conditions where, when and how it was measured */
export function requestsSection({ figures }: RequestResults, conditions: string): string {
  const servers = [...new Set(figures.map(({ server }) => server))];
  const find = (server: string, test: string): RequestFigures | undefined =>
    figures.find((item) => item.server === server && item.case === test);
  const notes = createNotes();
  const names = CASES.map(({ name }) => name);
  const cpu = servers.map((server) => [server, ...names.map((name) => cpuCell(find(server, name), notes.mark))]);
  const rates = servers.map((server) => [server, ...names.map((name) => written(find(server, name)?.perSecond))]);
  const timed = CASES.filter((test) => test.timed).map(({ name }) => name);
  const latencies = servers.map((server) => [server, ...timed.flatMap((name) => latencyCells(find(server, name)))]);
  return [
    conditions,
    'CPU of the server for a request in microseconds, in brackets the share of the floor (1 is the floor, 0.5 costs twice as much):',
    markdownTable(['', ...names], cpu),
    notes.lines(),
    comparison(find),
    'Requests a second at most (32 connections; the load has one core too, which limits the fastest):',
    markdownTable(['', ...names], rates),
    'Milliseconds until the answer when requests come at a steady half of that, counted from when each was due:',
    markdownTable(['', ...timed.flatMap((name) => [`${name}: requests/s`, 'p50', 'p99'])], latencies),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** From nothing to the first answer, and memory. @param memory megabytes after the load, by server */
export function startsSection(figures: readonly StartFigures[], memory: RequestResults['memory'], conditions: string): string {
  const documents = [...new Set(figures.map(({ document }) => document))];
  const parts = documents.map((document, index) => {
    const small = index === 0;
    const rows = figures
      .filter((item) => item.document === document)
      .map(({ server, firstAnswerMs, bareStarts, veryFirstMs, megabytes }) => [
        server,
        written(firstAnswerMs),
        written(bareStarts),
        written(veryFirstMs),
        written(megabytes),
        ...(small ? [written(memory[server])] : []),
      ]);
    const head = [
      '',
      'first answer, ms',
      'bare Node starts',
      'very first start, ms',
      'MB at start',
      ...(small ? ['MB after the load'] : []),
    ];
    return `${document}:\n\n${markdownTable(head, rows)}`;
  });
  return [conditions, ...parts].join('\n\n');
}

/** Real documents: a table for each thing measured, documents down, servers across. */
export function documentsSection(figures: readonly DocumentFigures[], conditions: string): string {
  const documents = [...new Set(figures.map(({ document }) => document))];
  const servers = [...new Set(figures.map(({ server }) => server))];
  const notes = createNotes();
  const tableOf = (cell: (item: DocumentFigures) => string | undefined): string =>
    markdownTable(
      ['', ...servers],
      documents.map((document) => [
        `${document}${notes.mark(figures.find((item) => item.document === document)?.note ?? '')}`,
        ...servers.map((server) => {
          const item = figures.find((other) => other.document === document && other.server === server);
          const text = item === undefined ? undefined : cell(item);
          return text === undefined && item?.refused !== undefined ? `–${notes.mark(item.refused)}` : text;
        }),
      ]),
    );
  return [
    conditions,
    'Start to the first answer, seconds:',
    tableOf(({ firstAnswerMs }) => written(firstAnswerMs === undefined ? undefined : firstAnswerMs / 1_000)),
    'Megabytes after the first answer → after every operation, 1,000 at most, was called once; in brackets the share that was answered with success:',
    tableOf(({ megabytes, megabytesAfter, called, succeeded }) => {
      if (called === undefined) return written(megabytes);
      return `${written(megabytes) ?? '–'} → ${written(megabytesAfter) ?? '–'} (${called === 0 ? '–' : `${Math.round((100 * (succeeded ?? 0)) / called)} %`})`;
    }),
    'CPU of a GET in microseconds, in brackets the share of the floor; the middle of up to five operations that every server answers (of others where a document has no GET):',
    tableOf(({ cpuMicros, ofFloor }) => withShare(cpuMicros, ofFloor)),
    notes.lines(),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** How many times less CPU Hufu takes than the Prism that is like it. */
function comparison(find: (server: string, test: string) => RequestFigures | undefined): string {
  const times = CASES.flatMap(({ name }) => {
    const [own, other] = [find(HUFU_AS_RUN, name)?.ofFloor, find(SILENT_PRISM, name)?.ofFloor];
    return own === undefined || other === undefined ? [] : [`${name} ${written(own / other) ?? '–'}`];
  });
  return times.length === 0 ? '' : `CPU of \`${SILENT_PRISM}\` in that of \`${HUFU_AS_RUN}\`, times: ${times.join(', ')}.`;
}

function cpuCell(item: RequestFigures | undefined, mark: (text: string) => string): string | undefined {
  if (item === undefined) return undefined;
  return `${withShare(item.cpuMicros, item.ofFloor) ?? '–'}${mark(item.note)}`;
}

function latencyCells(item: RequestFigures | undefined): (string | undefined)[] {
  const { latency } = item ?? {};
  return [written(latency?.perSecond), written(latency?.p50), written(latency?.p99)];
}

function withShare(micros: number | undefined, share: number | undefined): string | undefined {
  return micros === undefined ? undefined : `${written(micros) ?? '–'} (${written(share) ?? '–'})`;
}

/** Columns of words. */
function leftTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
