import { describe, expect, test } from 'vitest';
import { play } from '../bench/play.ts';
import type { Finding } from '../finding.ts';
import { sentence } from './sentence.ts';

/** The group of one finding, as far as its sentence asks. */
function said(finding: Finding): { en: string; zh: string } {
  return sentence({ message: finding.message, samples: [{ finding }] });
}

const common: Finding = {
  rule: 'request-body',
  side: 'client',
  severity: 'error',
  message: '',
  exchange: { file: 'a.har', index: 0 },
  method: 'POST',
  path: '/a',
};

describe('Chinese sentences', () => {
  test.each([
    ['request-parameter', 'is required in the query', '缺少必填的查询参数'],
    ['response-header', 'is required in the response headers', '缺少文档要求的响应头'],
    [
      'request-media-type',
      'media type text/plain is not documented; supported: application/json',
      '媒体类型 text/plain 未在文档中声明；已声明：application/json',
    ],
    ['unexpected-body', 'must be empty: a 204 has no body', '应为空：204 响应没有响应体'],
    ['response-body', 'must be JSON: Unexpected token', '应为 JSON：Unexpected token'],
    ['recording-gap', 'The body of the response is recorded in part: 2 of 10 bytes.', '响应体只录制了一部分：2 of 10 字节'],
    ['recording-gap', 'something nobody translated', '录制有缺失：something nobody translated'],
    // What a value looks like does not make it a replacement.
    ['request-media-type', 'media type a/$& is not documented; supported: $1', '媒体类型 a/$& 未在文档中声明；已声明：$1'],
  ])('%s: %s', (rule, english, want) => {
    expect(said({ ...common, rule, message: english })).toEqual({ en: english, zh: want });
  });

  test('all that is found in the planted exchanges is told in Chinese', async () => {
    const findings = (await play('3.1')).flatMap((played) => played.findings);
    expect(findings.length).toBeGreaterThan(60);
    const untold = findings.map((finding) => said(finding)).filter(({ en, zh }) => zh.includes(en) || !/\p{Script=Han}/u.test(zh));
    expect(untold).toEqual([]);
  });
});
