import { describe, expect, it } from 'vitest';
import { GROWTH_PLACE, growthTables, writeGrowth } from './growth-page.ts';
import type { GrowthPart } from './growth-page.ts';

const figure = (name: string, size: string, cpuMicros: number | undefined, wrong = ''): GrowthPart['figures'][number] => ({
  case: name,
  size,
  cpuMicros,
  ofFloor: cpuMicros === undefined ? undefined : 13 / cpuMicros,
  perSecond: 1_000,
  wrong,
});

const PART: GrowthPart = {
  title: 'rows',
  figures: [figure('GET', '1', 20), figure('GET', '1,000', 25), figure('list', '1', undefined), figure('list', '1,000', 26, '3 x 500')],
  starts: [
    { size: '1', firstAnswerMs: 300, atStart: 90.12, after: 120 },
    { size: '1,000', firstAnswerMs: 310, atStart: undefined, after: 130 },
  ],
  more: [['bytes | each', '1813']],
};

describe('tables', () => {
  it('have a column for each size and say how much throughput is left', () => {
    expect(growthTables(PART)[0]).toEqual({
      head: ['rows', '1', '1,000', '1,000 of 1'],
      rows: [
        ['GET', '20.0 (0.650)', '25.0 (0.520)', '80 %'],
        ['list', undefined, '26.0 (0.500) ! 3 x 500', undefined],
      ],
    });
  });

  it('compare the first size with the one that is named', () => {
    const more = [...PART.figures, figure('GET', 'too many', 100)];
    expect(growthTables({ ...PART, figures: more, flatTo: '1,000' })[0]?.rows[0]).toEqual([
      'GET',
      '20.0 (0.650)',
      '25.0 (0.520)',
      '100 (0.130)',
      '80 %',
    ]);
  });

  it('tell starts and what else there is', () => {
    expect(growthTables(PART).slice(1)).toEqual([
      {
        head: ['rows', '1', '1,000'],
        rows: [
          ['first answer, ms', '300', '310'],
          ['MB at start', '90.1', undefined],
          ['MB after all of this', '120', '130'],
        ],
      },
      { head: ['rows', ''], rows: [['bytes | each', '1813']] },
    ]);
  });
});

describe('the page', () => {
  const page = `# Performance\n\n${GROWTH_PLACE}\n\n## Limits\n`;

  it('has the tables between its marks, and nothing else of it changes', () => {
    const written = writeGrowth(page, ['How it was measured.'], [PART]);
    expect(written).toContain('| rows | 1 | 1,000 | 1,000 of 1 |\n| --- | --: | --: | --: |\n| GET | 20.0 (0.650) | 25.0 (0.520) | 80 % |');
    expect(written).toContain(String.raw`| bytes \| each | 1813 |`);
    expect(written.startsWith('# Performance\n\n<!-- bench:growth -->\n\nHow it was measured.\n\n')).toBe(true);
    expect(written.endsWith('\n\n<!-- /bench:growth -->\n\n## Limits\n')).toBe(true);
  });

  it('is the same when written twice', () => {
    const once = writeGrowth(page, ['Told.'], [PART]);
    expect(writeGrowth(once, ['Told.'], [PART])).toBe(once);
  });

  it('must have a place for them', () => {
    expect(() => writeGrowth('# Performance', [], [PART])).toThrow('<!-- bench:growth -->');
  });
});
