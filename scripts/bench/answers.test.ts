import { describe, expect, test } from 'vitest';
import { createJudge, judgeCase } from './answers.ts';
import { CASES, casesDocument } from './cases.ts';
import { inputExample } from './document.ts';

describe('what an answer to a case is worth', () => {
  const judge = createJudge(casesDocument());
  const notice = JSON.stringify({ id: 1_000_005, ...inputExample() });
  const rows: readonly [name: string, test: string, status: number, body: string, want: { counts: boolean; note: string }][] = [
    ['right', 'GET path parameter', 200, notice, { counts: true, note: '' }],
    ['an item that breaks its schema', 'GET path parameter', 200, '{"id":0}', { counts: true, note: 'answer breaks the document' }],
    ['nothing found', 'GET path parameter', 404, '{}', { counts: false, note: 'answers 404' }],
    ['no JSON', 'GET path parameter', 200, 'hello', { counts: false, note: 'answers 200 without JSON' }],
    ['a refusal', 'POST invalid body', 422, '{}', { counts: true, note: '' }],
    ['no refusal', 'POST invalid body', 201, notice, { counts: true, note: 'does not validate' }],
    ['a refusal of what is valid', 'POST valid body', 400, '{}', { counts: false, note: 'answers 400' }],
    ['a breakdown', 'POST invalid body', 500, '{}', { counts: false, note: 'answers 500' }],
  ];
  test.each(rows)('%s', (_name, name, status, body, want) => {
    const found = CASES.find((item) => item.name === name);
    if (found === undefined) throw new Error(`no case ${name}`);
    const answer = { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
    expect(judgeCase(found, answer, judge)).toEqual(want);
    if (want.counts) expect(judgeCase(found, answer)).toEqual({ counts: true, note: '' });
  });
});
