import { describe, expect, it, test } from 'vitest';
import { createNotes, markdownTable, replaceSection, written } from './performance-page.ts';

describe('a section of the page', () => {
  const page = 'before\n<!-- bench:a -->\nold\n<!-- /bench:a -->\nbetween\n<!-- bench:b --><!-- /bench:b -->\nafter\n';

  it('is replaced, and only it', () => {
    expect(replaceSection(page, 'a', 'new\n')).toBe(page.replace('\nold\n', '\n\nnew\n\n'));
    expect(replaceSection(replaceSection(page, 'b', 'one'), 'b', 'two')).toBe(replaceSection(page, 'b', 'two'));
  });

  it('is asked for', () => {
    expect(() => replaceSection(page, 'c', 'new')).toThrow('no section between <!-- bench:c -->');
    expect(() => replaceSection('<!-- /bench:a --><!-- bench:a -->', 'a', 'new')).toThrow('no section');
  });
});

it('a table that can be read as it is', () => {
  const table = markdownTable(
    ['server', 'µs'],
    [
      ['a | b', '1'],
      ['c', undefined],
    ],
  );
  expect(table).toBe(['| server |  µs |', '|--------|----:|', String.raw`| a \| b |   1 |`, '| c      |   – |'].join('\n'));
});

it('a note has one mark, however often it is used', () => {
  const notes = createNotes();
  const marks = ['one', '', 'two', 'one'].map((text) => notes.mark(text));
  expect(marks).toEqual([' ¹', '', ' ²', ' ¹']);
  expect(notes.lines()).toBe('¹ one · ² two');
});

test.each([
  [0.01234, '0.012'],
  [0.1, '0.1'],
  [1.234, '1.23'],
  [99.96, '100'],
  [123.4, '123'],
  [12_345.6, '12,346'],
  [undefined, undefined],
  [Number.NaN, undefined],
])('%s is written %s', (value, want) => expect(written(value)).toBe(want));
