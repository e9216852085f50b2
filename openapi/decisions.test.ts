import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { asNode, extensionValues, inventory, readDocuments, walk } from './documents.fixture.ts';

const documents = await readDocuments();
const sections = new Map(
  readFileSync(new URL('DECISIONS.md', import.meta.url), 'utf8')
    .split(/^## /m)
    .map((section) => [section.split('\n', 1)[0] ?? '', section]),
);
const RULE = /^R-[A-Z]+-\d+$/;

/** The cells of the table rows of a section whose first cell matches. */
function rows(section: string | undefined, first: RegExp): readonly (readonly string[])[] {
  const lines = section?.split('\n').filter((line) => line.startsWith('| ')) ?? [];
  return lines.map((line) => line.slice(2, -2).split(' | ')).filter(([id = '']) => first.test(id));
}

describe.each(documents.map((document) => ({ module: document.module, document })))('$module', ({ module, document }) => {
  const section = sections.get(module);
  const discrepancies = inventory.discrepancies.filter((item) => item.module === module);
  const rules = inventory.rules.filter((item) => item.module === module);

  test('marks each of its discrepancies, and no other', () => {
    const marked = new Set(extensionValues(document, 'x-discrepancy'));
    expect([...marked].map(String).toSorted()).toEqual(discrepancies.map(({ id }) => id).toSorted());
  });

  test('explains each discrepancy in one full row, with kind and lines', () => {
    const found = rows(section, /^D\d-\w+$/);
    expect(found.map(([id, severity, lines]) => ({ id, module, severity, lines }))).toEqual(discrepancies);
    expect(found.filter((cells) => cells.length !== 6 || cells.some((cell) => cell.trim() === ''))).toEqual([]);
  });

  test('names each of its rules under its basis, and no other', () => {
    const listed = [...walk(document.value)].flatMap(({ pointer, value }) =>
      pointer.endsWith('/x-rules')
        ? Object.entries(asNode(value)).flatMap(([basis, ids]) => (ids as string[]).map((id) => `${basis} ${id}`))
        : [],
    );
    expect([...new Set(listed)].toSorted()).toEqual(rules.map(({ id, basis }) => `${basis} ${id}`).toSorted());
  });

  test('explains each rule in one row', () => {
    const found = rows(section, RULE);
    const stated = found.filter((cells) => cells.length === 4).map(([id, basis]) => ({ id, module, basis }));
    const assumed = found.filter((cells) => cells.length === 3).map(([id]) => ({ id, module, basis: 'assumed' }));
    expect([...stated, ...assumed]).toEqual(rules.toSorted((a, b) => Number(a.basis === 'assumed') - Number(b.basis === 'assumed')));
  });

  test('marks each assumed rule where it applies; other assumptions are sentences', () => {
    const marks = extensionValues(document, 'x-assumption').map(String);
    const ids = new Set(marks.filter((mark) => RULE.test(mark)));
    expect([...ids].toSorted()).toEqual(
      rules
        .filter(({ basis }) => basis === 'assumed')
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(marks.filter((mark) => !RULE.test(mark) && !/^[A-Za-z].*[a-z].*\.$/.test(mark))).toEqual([]);
  });

  test('has open points', () => {
    expect(section).toContain(`### ${module}: open points`);
  });
});

test('the counts are those of the rows: 64 W, 86 S, 48 C, 198 in all; 98 stated, 18 evident, 35 assumed', () => {
  const counted = documents.map(({ module }) => {
    const kinds = inventory.discrepancies.filter((item) => item.module === module).map(({ severity }) => severity);
    const bases = inventory.rules.filter((item) => item.module === module).map(({ basis }) => basis);
    const operations = inventory.operations.filter((item) => item.module === module).length;
    const of = (list: readonly string[], wanted: string): number => list.filter((item) => item === wanted).length;
    return [
      module,
      operations,
      of(kinds, 'W'),
      of(kinds, 'S'),
      of(kinds, 'C'),
      kinds.length,
      of(bases, 'stated'),
      of(bases, 'evident'),
      of(bases, 'assumed'),
    ];
  });
  const table = rows(sections.get('Counts · 统计'), /^[a-z*-]+$/).filter(([module]) => module !== 'module');
  const written = table.map(([module = '', , ...numbers]) => [module, ...numbers.map((cell) => Number(cell.replaceAll('*', '')))]);
  expect(written.filter(([module]) => module !== '**all**').toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))).toEqual(counted);
  expect(written.at(-1)).toEqual(['**all**', 59, 64, 86, 48, 198, 98, 18, 35]);
});
