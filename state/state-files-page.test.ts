import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parseSource, writeJson } from '../operations/index.ts';
import { PAGE_MEMBERS } from './expression.ts';
import { BUILT_IN_ERRORS } from './named-error.ts';
import { VERBS } from './operation-model.ts';
import { OPERATORS } from './predicate.ts';
import { objectAt } from './shape.ts';
import { flawsOf, start } from './state.fixture.ts';
import { TEMPLATE_OPERATORS } from './template.ts';
import type { Row } from './world.ts';

const read = (name: string): Promise<string> => readFile(join(import.meta.dirname, '..', 'docs', name), 'utf8');
const [english, chinese] = await Promise.all([read('state-files.md'), read('state-files.zh-CN.md')]);
const blocksOf = (page: string): string[] => Array.from(page.matchAll(/^```yaml\n([^]*?)^```$/gm), ([, text = '']) => text);
const [first = '', ...others] = blocksOf(english);

/** A block together with the first example, whose parts it takes the place of. */
function whole(block: string): string {
  const [base, own] = [first, block].map((text) => objectAt(parseSource('page.yaml', text).value)) as [Row, Row];
  const parts = new Set([...Object.keys(base), ...Object.keys(own)]);
  const merged = Array.from(parts, (part) => {
    const [under, over] = [base[part], own[part]];
    return [part, typeof under === 'object' && typeof over === 'object' ? { ...under, ...over } : (over ?? under)] as const;
  });
  return stringify(JSON.parse(writeJson(Object.fromEntries(merged))));
}

describe('docs/state-files.md', () => {
  test('the first example does what the page says', () => {
    const { act } = start(first);
    expect(act('createOrder', { body: { customer: 7, title: '书' } }).body).toEqual({ success: true, data: { id: 1032 } });
    expect(act('payOrder', { path: { orderId: 1032 } }).body).toEqual({ success: true });
    expect(act('payOrder', { path: { orderId: 1032 } })).toMatchObject({ status: 409, body: { success: false, code: '40901' } });
    expect(act('listOrders', { query: { status: 'PAID' } }).body).toMatchObject({ data: { total: 2 } });
  });

  test.each(others.map((block) => ({ line: block.split('\n')[1] ?? '', block })))('the example of $line compiles', ({ block }) => {
    expect(flawsOf(whole(block))).toEqual([]);
  });

  test('the Chinese page has the same examples', () => {
    expect(blocksOf(chinese)).toEqual(blocksOf(english));
  });

  test.each([
    { page: 'English', text: english },
    { page: 'Chinese', text: chinese },
  ])('the $page page names every verb, operator, comparison, error and member of a page', ({ text }) => {
    const names = [
      ...[...VERBS.keys()].map((verb) => `**${verb}**`),
      ...Object.keys(TEMPLATE_OPERATORS).map((name) => `{ ${name}:`),
      ...BUILT_IN_ERRORS.keys(),
      ...PAGE_MEMBERS,
    ];
    expect([...names, ...OPERATORS.filter((name) => name !== 'equal')].filter((name) => !text.includes(name))).toEqual([]);
  });
});
