import { describe, expect, test } from 'vitest';
import { rulesOf } from './conditions.ts';
import { constraintsOf } from './constraints.ts';

const same = (schema: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => schema;

describe('rules in words', () => {
  const rows: readonly [name: string, given: Readonly<Record<string, unknown>>, zh: readonly string[], en: readonly string[]][] = [
    [
      'if a value, then a field',
      { if: { required: ['a'], properties: { a: { const: 1 } } }, then: { required: ['b'], properties: { b: { description: 'x' } } } },
      ['`a` 为 `1`时，必须给出 `b`。'],
      ['If `a` is `1`, `b` must be given.'],
    ],
    [
      'if a value, then a type and a length',
      { if: { properties: { a: { const: 2 } } }, then: { properties: { b: { type: 'string', minLength: 1 } } } },
      ['`a` 为 `2`时，`b` 须为 `string`，`b` 须满足 长度 至少 1 个字符。'],
      ['If `a` is `2`, `b` must be `string`, and `b` must have length at least 1 characters.'],
    ],
    [
      'then and else',
      {
        if: { properties: { s: { enum: ['A', 'B'] } } },
        then: { properties: { t: { type: 'string' } } },
        else: { properties: { t: { type: 'null' } } },
      },
      ['`s` 为 `"A"`、`"B"` 之一时，`t` 须为 `string`。', '除非`s` 为 `"A"`、`"B"` 之一，否则`t` 须为 `null`。'],
      ['If `s` is one of `"A"`, `"B"`, `t` must be `string`.', 'Unless `s` is one of `"A"`, `"B"`, `t` must be `null`.'],
    ],
    [
      'dependentRequired',
      { dependentRequired: { a: ['b', 'c'] } },
      ['给出 `a` 时，必须同时给出 `b`、`c`。'],
      ['If `a` is given, `b`, `c` must be given too.'],
    ],
    [
      'dependencies of old',
      { dependencies: { a: ['b'] } },
      ['给出 `a` 时，必须同时给出 `b`。'],
      ['If `a` is given, `b` must be given too.'],
    ],
    [
      'dependentSchemas',
      { dependentSchemas: { a: { required: ['b'] } } },
      ['给出 `a` 时，必须给出 `b`。'],
      ['If `a` is given, `b` must be given.'],
    ],
    ['not one field', { not: { required: ['a'] } }, ['不得给出 `a`。'], ['`a` must not be given.']],
    ['not several fields together', { not: { required: ['a', 'b'] } }, ['不得同时给出 `a`、`b`。'], ['`a`, `b` must not all be given.']],
    ['not a value', { not: { properties: { a: { const: 0 } }, required: ['a'] } }, ['不允许：`a` 为 `0`。'], ['Not allowed: `a` is `0`.']],
    [
      'exactly one of several fields',
      {
        oneOf: [
          { required: ['a'], properties: { a: { type: 'array', description: 'x' } } },
          { title: 'B', required: ['b', 'c'] },
        ],
      },
      ['`a`、`b` + `c` 必须且只能给出一项。'],
      ['Exactly one of `a`, `b` + `c` must be given.'],
    ],
    [
      'at least one of several fields',
      { anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      ['`a`、`b` 至少给出一项。'],
      ['At least one of `a`, `b` must be given.'],
    ],
    ['branches that say more are no rule', { oneOf: [{ required: ['a'], properties: { a: { minLength: 3 } } }] }, [], []],
    ['nothing else allowed', { additionalProperties: false }, ['不接受未列出的字段。'], ['Fields that are not listed are refused.']],
    [
      'contains',
      { contains: { required: ['a'] }, minContains: 2 },
      ['至少 2 个元素满足：给出了 `a`。'],
      ['At least 2 of the items: `a` is given.'],
    ],
    ['names of fields', { propertyNames: { pattern: '^x' } }, ['字段名：匹配 `^x`。'], ['Names of fields: matches `^x`.']],
    [
      'what has no words is shown as it is',
      { if: { anyOf: [{ required: ['a'] }, { minProperties: 2 }] }, then: { required: ['b'] } },
      ['满足 `{"anyOf":[{"required":["a"]},{"minProperties":2}]}`时，必须给出 `b`。'],
      ['If it matches `{"anyOf":[{"required":["a"]},{"minProperties":2}]}`, `b` must be given.'],
    ],
    ['an if without consequences', { if: { required: ['a'] } }, [], []],
  ];
  test.each(rows)('%s', (_name, given, zh, en) => {
    const rules = rulesOf(given, same);
    expect({ zh: rules.map((rule) => rule.zh), en: rules.map((rule) => rule.en) }).toEqual({ zh, en });
  });
});

describe('constraints', () => {
  const rows: readonly [name: string, given: Readonly<Record<string, unknown>>, want: readonly string[]][] = [
    ['a range of lengths', { minLength: 1, maxLength: 50 }, ['length 1–50 characters']],
    ['an exact length', { minLength: 8, maxLength: 8 }, ['length exactly 8 characters']],
    ['no least length', { minLength: 0 }, []],
    ['limits', { minimum: 0, maximum: 99 }, ['≥ 0', '≤ 99']],
    ['exclusive as 3.0 has it', { minimum: 0, exclusiveMinimum: true }, ['> 0']],
    ['exclusive as 3.1 has it', { exclusiveMaximum: 10 }, ['< 10']],
    ['beyond 2^53', { maximum: 9007199254740993n }, ['≤ 9007199254740993']],
    ['a pattern with backticks', { pattern: '`' }, ['matches `` ` ``']],
    ['items', { minItems: 1, uniqueItems: true }, ['items: at least 1', 'unique items']],
    ['a default', { default: 'a' }, ['default `"a"`']],
  ];
  test.each(rows)('%s', (_name, given, want) => {
    expect(constraintsOf(given).map(({ en }) => en)).toEqual(want);
  });
});
