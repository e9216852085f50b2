import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { code, languageOf, splitText } from './text.ts';

describe('splitText', () => {
  const rows: readonly [name: string, given: string, zh: string, en: string][] = [
    ['Chinese first', '贴的编号 · Id of the tie', '贴的编号', 'Id of the tie'],
    ['English first', 'Token issuing · 签发令牌', '签发令牌', 'Token issuing'],
    ['one language', '用户编号', '用户编号', '用户编号'],
    ['a dot that separates nothing', 'GET · POST', 'GET · POST', 'GET · POST'],
    ['more dots than one', '甲 · 乙 · a · b', '甲 · 乙', 'a · b'],
    ['folded over lines', '说明 ·\nExplanation', '说明', 'Explanation'],
    [
      'codes in the Chinese half',
      '成员状态：NOT_REACHED 未触达，CUSTOMER_SERVICE_INTERVENES 客服介入 · Member status',
      '成员状态：NOT_REACHED 未触达，CUSTOMER_SERVICE_INTERVENES 客服介入',
      'Member status',
    ],
    ['paragraphs', '中文一。\n\n中文二。\n\nOne.\n\nTwo.', '中文一。\n\n中文二。', 'One.\n\nTwo.'],
    ['pairs of paragraphs', '中文一。\n\nOne.\n\n中文二。\n\nTwo.', '中文一。\n\n中文二。', 'One.\n\nTwo.'],
    ['a rule between the languages', '中文。\n\n---\n\nEnglish.', '中文。', 'English.'],
    ['paragraphs that do not take turns', '中文。\n\nEnglish.\n\n中文。', '中文。\n\nEnglish.\n\n中文。', '中文。\n\nEnglish.\n\n中文。'],
    ['a bilingual line among paragraphs', '中文 · English\n\n标题 · Title', '中文\n\n标题', 'English\n\nTitle'],
    ['nothing', ' ', '', ''],
  ];
  test.each(rows)('%s', (_name, given, zh, en) => {
    expect(splitText(given)).toEqual({ zh, en });
  });

  test('what is not text is nothing', () => {
    expect(splitText({ zh: 'x' })).toEqual({ zh: '', en: '' });
  });
});

test('languageOf looks at prose, not at code', () => {
  expect([languageOf('传 `startTime` 与 `endTime`'), languageOf('the `中文` header'), languageOf('`x` 12')]).toEqual([
    'zh',
    'en',
    undefined,
  ]);
});

test('code holds any text as one code span', () => {
  const engine = new MarkdownIt();
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' ', '*', '<', '\\', '中') }), (value) => {
      const html = engine.renderInline(code(value));
      expect(html).toMatch(/^<code>[^<]*<\/code>$/);
    }),
  );
});
