import { describe, expect, test } from 'vitest';
import type { Body, Exchange, Headers, ServedOperation } from './exchange.ts';
import { forcedRule, isDocumented } from './forced-rule.ts';
import { fileName, overrideText } from './override-text.ts';
import type { FileText } from './override-text.ts';

const LIST: ServedOperation = {
  document: 'tie',
  operationId: 'listTies',
  method: 'POST',
  path: '/tie/list.json',
  statuses: ['200', '4XX'],
};
const utf8 = (text: string): Body => ({ size: text.length, encoding: 'utf-8', text });
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

function exchange(status: number, headers: Headers = {}, body?: Body, answer?: Exchange['why']['answer']): Exchange {
  return {
    id: 7,
    at: '2026-03-01T00:00:00Z',
    milliseconds: 1,
    session: 'default',
    step: 'answer',
    request: { method: 'POST', path: '/tie/list.json', query: '', headers: {} },
    response: { status, headers, ...(body === undefined ? {} : { body }) },
    violations: [],
    why: { step: 'answer', ...(answer === undefined ? {} : { answer }) },
  };
}

describe('an override', () => {
  test('is a whole file', () => {
    expect(overrideText(exchange(200, JSON_TYPE, utf8('{"success":"true","data":{"id":9007199254740993}}')), LIST)).toEqual({
      place: 'mock/overrides/tie.ts',
      name: 'tie.ts',
      text: `import { defineOverrides } from '../override.ts';
import type { Operations } from "./types/tie.ts";

export default defineOverrides<Operations>({
  listTies({ reply }) {
    // What exchange 7 was answered; \`return undefined;\` leaves a request to the state file and the document.
    return reply(200, {
      success: "true",
      data: {
        id: 9007199254740993n,
      },
    });
  },
});
`,
    });
  });

  test.each<[name: string, given: Exchange, want: string]>([
    ['no body', exchange(404), 'reply(404)'],
    ['text', exchange(200, { 'content-type': 'text/plain' }, utf8('a\n"b"')), 'reply(200, "a\\n\\"b\\"")'],
    ['JSON of a suffix', exchange(400, { 'content-type': 'application/problem+json' }, utf8('[1]')), 'reply(400, [\n      1,\n    ])'],
    [
      'bytes',
      exchange(200, { 'content-type': 'image/png' }, { size: 2, encoding: 'base64', text: 'AP8=' }),
      `reply(200, Buffer.from("AP8=", 'base64'), { 'content-type': "image/png" })`,
    ],
    [
      'XML',
      exchange(200, { 'content-type': 'text/xml' }, utf8('<a>`${1}`</a>')),
      'reply(200, Buffer.from("<a>`${1}`</a>"), { \'content-type\': "text/xml" })',
    ],
    [
      'JSON that was cut',
      exchange(200, JSON_TYPE, utf8('{"a":')),
      'reply(200, Buffer.from("{\\"a\\":"), { \'content-type\': "application/json; charset=utf-8" })',
    ],
  ])('%s', (_name, given, want) => {
    expect((overrideText(given, LIST) as FileText).text).toContain(`return ${want};`);
  });

  test('is not made of what no override may answer, nor of a part of a body', () => {
    expect(overrideText(exchange(500), LIST)).toBe('undocumented');
    expect(overrideText(exchange(0), LIST)).toBe('undocumented');
    expect(overrideText(exchange(200, JSON_TYPE, { ...utf8('{'), truncated: true }), LIST)).toBe('cut');
  });

  test('names lead nowhere else', () => {
    const odd = overrideText(exchange(200), { ...LIST, document: "../../etc/x'\n//", operationId: 'a(){}\n' }) as FileText;
    expect(odd.place).toBe('mock/overrides/-..-etc-x-.ts');
    expect(odd.text).toContain('  "a(){}\\n"({ reply }) {');
    expect(['..', '', 'a/b', '接口 v1'].map(fileName)).toEqual(['document', 'document', 'a-b', '接口-v1']);
  });
});

test.each<[statuses: string[], status: number, want: boolean]>([
  [['200'], 200, true],
  [['200'], 201, false],
  [['4XX'], 404, true],
  [['4xx'], 404, true],
  [['5XX'], 404, false],
  [['default'], 418, true],
  [['default'], 0, false],
])('of %j, %i is documented: %s', (statuses, status, want) => {
  expect(isDocumented({ statuses }, status)).toBe(want);
});

test('a forced answer is the status, and the example where it was one', () => {
  const rule = { document: 'tie', operationId: 'listTies', status: 200 };
  expect(forcedRule(exchange(200), LIST)).toEqual(rule);
  expect(forcedRule(exchange(200, {}, undefined, { kind: 'example', name: 'empty' }), LIST)).toEqual({ ...rule, example: 'empty' });
  expect(forcedRule(exchange(200, {}, undefined, { kind: 'state', name: 'x' }), LIST)).toEqual(rule);
  expect(forcedRule(exchange(503), LIST)).toBeUndefined();
});
