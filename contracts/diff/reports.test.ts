import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { record } from '../../operations/index.ts';
import { apiOf } from './diff.fixture.ts';
import { diffGithub, diffHtml, diffJson, diffJunit, diffMarkdown, diffSarif, diffTerminal, diffVersions } from './index.ts';
import { LEVELS } from './change.ts';
import { LEVEL_TEXTS, RULES, ruleTitle } from './rule-texts.ts';

const HOSTILE = '<script>alert(1)</script>%0A::error::`|@me\u202e\u0007';
const body = (properties: object): object => ({
  requestBody: { content: { 'application/json': { schema: { type: 'object', properties } } } },
});
const version = (properties: object): Parameters<typeof diffVersions>[0] => ({
  documents: [apiOf(body(properties))],
  stateFiles: new Map(),
  root: '/virtual',
});
const result = diffVersions(
  version({ a: { type: 'string' }, [HOSTILE]: {} }),
  version({ a: { type: 'integer' }, b: { type: 'string', enum: [HOSTILE] } }),
);
const none = diffVersions(version({}), version({}));

describe('reports', () => {
  it('has counts and lines', () => {
    expect(result.counts).toEqual({ breaking: 1, warning: 1, compatible: 1 });
    expect(result.changes[0]).toMatchObject({
      rule: 'type-changed',
      oldPlace: { file: 'api.json', line: 1 },
      newPlace: { file: 'api.json', line: 1 },
    });
    expect(JSON.parse(diffJson(result))).toEqual(JSON.parse(JSON.stringify(result)));
  });

  it('terminal: by operation, in both languages, nothing of a stranger rings the bell', () => {
    const shown = diffTerminal(result, { columns: 100 });
    expect(shown).toContain(
      '  POST /a\n    ✕ breaking  request application/json /a\n      the type was string, it is integer\n      api.json:1 -> api.json:1  type-changed ',
    );
    expect(shown).toContain('1 breaking change, 1 warning, 1 compatible change');
    for (const unfit of ['\u0007', '\u202e']) expect(shown).not.toContain(unfit);
    const chinese = diffTerminal(result, { language: 'zh', maxChanges: 1 });
    expect(chinese).toContain('✕ 不兼容  request application/json /a\n      类型由 string 变为 integer');
    expect(chinese).toContain('另有 2 处变化');
    expect(diffTerminal(none)).toBe('No difference for clients\n');
  });

  it('JUnit: a failure for what breaks', () => {
    const suites = record(record(new XMLParser({ ignoreAttributes: false }).parse(diffJunit(result)))['testsuites']);
    expect([suites['@_tests'], suites['@_failures']]).toEqual(['3', '1']);
    expect(diffJunit(none)).toContain('<testsuites name="hufu diff" tests="1" failures="0"');
    expect(diffJunit(result)).not.toContain('<script>');
  });

  it('SARIF: a result with its fingerprint', () => {
    const { runs } = JSON.parse(diffSarif(result)) as {
      runs: { results: { level: string; partialFingerprints: object; locations: unknown[] }[] }[];
    };
    expect(runs[0]?.results.map(({ level }) => level)).toEqual(['error', 'warning', 'note']);
    expect(runs[0]?.results[0]?.partialFingerprints).toEqual({ 'hufuChange/v1': result.changes[0]?.id });
    expect(runs[0]?.results.every(({ locations }) => locations.length === 1)).toBe(true);
  });

  it('GitHub: commands that nothing can add to', () => {
    const lines = diffGithub(result).trimEnd().split('\n');
    expect(lines.map((line) => /^::(\w+) /.exec(line)?.[1])).toEqual(['error', 'warning', 'notice']);
    expect(lines[0]).toMatch(
      /^::error file=api\.json,line=1,title=Type changed \(type-changed\)::POST \/a: request application\/json \/a: the type was string, it is integer%0Abreaking, id /,
    );
    expect(diffGithub(none)).toBe('');
  });

  it('Markdown: text stays text', () => {
    const shown = diffMarkdown(result);
    expect(shown).toContain('## ❌ Changes of the API: 1 breaking change');
    expect(shown).not.toMatch(/<script>|@me/);
    expect(diffMarkdown(none, { language: 'zh' })).toBe('## ✅ API 变化: 对调用方没有任何变化\n');
  });

  it('HTML: no scripts, both languages', () => {
    const page = diffHtml(result, { language: 'zh' });
    expect(page).toContain("default-src 'none'");
    expect(page).not.toContain('<script');
    expect(page).toContain('类型由 string 变为 integer');
    expect(page).toContain('the type was string, it is integer');
  });

  it('every rule and level has words in both languages', () => {
    for (const { rule } of result.changes) expect(Object.keys(RULES)).toContain(rule);
    for (const { en, zh } of [...Object.values(RULES), ...LEVELS.flatMap((level) => Object.values(LEVEL_TEXTS[level]))]) {
      expect(en).toMatch(/^[\x20-\x7e]+$/);
      expect(zh).toMatch(/\p{Script=Han}|^(?:operationId|readOnly|writeOnly)/u);
    }
    expect(ruleTitle('constructor')).toEqual({ en: 'constructor', zh: 'constructor' });
  });
});
