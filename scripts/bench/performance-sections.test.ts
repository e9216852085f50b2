import { expect, it } from 'vitest';
import type { Contestant } from './contestants.ts';
import type { DocumentFigures } from './large-documents.ts';
import { documentsSection, requestsSection, serversSection, startsSection } from './performance-sections.ts';
import type { RequestFigures } from './requests.ts';

/** The cells of the row that begins so, in the table with this number. */
function row(section: string, name: string, table = 0): string[] | undefined {
  const rows = section.split('\n').filter((line) => line.startsWith(`| ${name} `));
  return rows[table]
    ?.split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
}

const hufu: Contestant = {
  id: 'hufu',
  name: 'hufu mock',
  version: '1.2.3',
  template: '{node} cli/main.js mock {doc} -p {port} {flags}',
  work: 'everything',
  fixed: false,
  largeDocuments: true,
};

it('servers: version, command, what they do; who is missing and why', () => {
  const section = serversSection([hufu], [{ id: 'other', name: 'Other', reason: 'not installed' }]);
  expect(row(section, 'hufu mock')).toEqual(['1.2.3', '`node cli/main.js mock DOCUMENT -p PORT`', 'everything']);
  expect(section).toContain('Not measured: Other, not installed.');
});

it('requests: CPU with its share of the floor, requests a second, latency, and what a reader must know', () => {
  const figure = (server: string, ofFloor: number, note = ''): RequestFigures => ({
    server,
    case: 'GET path parameter',
    note,
    perSecond: 12_345.6,
    cpuMicros: 20,
    ofFloor,
    latency: { p50: 0.5, p99: 2, perSecond: 6_000, statuses: { 200: 1 }, unanswered: 0 },
  });
  const refused: RequestFigures = { server: 'other', case: 'GET path parameter', note: 'answers 404' };
  const section = requestsSection(
    { figures: [figure('hufu mock', 0.8), figure('prism mock -v error', 0.04, 'answer breaks the document'), refused], memory: {} },
    'on a machine',
  );
  expect(row(section, 'hufu mock')).toEqual(['20 (0.8)', '–', '–', '–', '–']);
  expect(row(section, 'prism mock -v error')?.[0]).toBe('20 (0.04) ¹');
  expect(row(section, 'other')?.[0]).toBe('– ²');
  expect(section).toContain('¹ answer breaks the document · ² answers 404');
  expect(section).toContain('times: GET path parameter 20.');
  expect(row(section, 'hufu mock', 1)?.[0]).toBe('12,346');
  expect(row(section, 'hufu mock', 2)).toEqual(['6,000', '0.5', '2', '–', '–', '–']);
});

it('starts: memory after the load stands with the document that was loaded', () => {
  const start = { server: 'hufu mock', firstAnswerMs: 200, bareStarts: 2.5, veryFirstMs: 900, megabytes: 100 };
  const section = startsSection(
    [
      { ...start, document: 'small' },
      { ...start, document: 'large' },
    ],
    { 'hufu mock': 150 },
    'on a machine',
  );
  expect(row(section, 'hufu mock')).toEqual(['200', '2.5', '900', '100', '150']);
  expect(row(section, 'hufu mock', 1)).toEqual(['200', '2.5', '900', '100']);
});

it('documents: a server that can not do it is told with its reason, once', () => {
  const base = { document: 'Shop 1', note: 'a copy' };
  const figures: DocumentFigures[] = [
    {
      ...base,
      server: 'hufu mock',
      firstAnswerMs: 500,
      megabytes: 100,
      called: 3,
      succeeded: 2,
      megabytesAfter: 120,
      cpuMicros: 30,
      ofFloor: 0.5,
    },
    { ...base, server: 'other', refused: 'it does not start' },
  ];
  const section = documentsSection(figures, 'on a machine');
  expect(row(section, 'Shop 1 ¹')).toEqual(['0.5', '– ²']);
  expect(row(section, 'Shop 1 ¹', 1)).toEqual(['100 → 120 (67 %)', '– ²']);
  expect(row(section, 'Shop 1 ¹', 2)).toEqual(['30 (0.5)', '– ²']);
  expect(section).toContain('¹ a copy · ² it does not start');
});
