import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CheckResult, Group } from '../result.ts';
import { githubReport, jsonReport, junitReport, markdownSummary, sarifReport, terminalReport, verdictOf } from './index.ts';
import { sampleResult } from './sample.fixture.ts';
import { width } from './width.ts';

let result: CheckResult;
beforeAll(async () => {
  ({ result } = await sampleResult());
});

/** Text that means something in every format there is. */
const PAYLOAD = '<script>alert(1)</script>]]>"\'><img src=x onerror=alert(1)>\u0000\u0008\u001B[31m\u2028\u202E\uD800%\r\n::error::x|`**';

function hostile(): CheckResult {
  const [group] = result.groups;
  const [sample] = group?.samples ?? [];
  if (group === undefined || sample === undefined) throw new Error('the sample has no group');
  const finding = {
    ...sample.finding,
    message: PAYLOAD,
    path: PAYLOAD,
    name: PAYLOAD,
    pointer: `/${PAYLOAD}`,
    expected: PAYLOAD,
    actual: PAYLOAD,
  };
  const bad: Group = {
    ...group,
    rule: PAYLOAD,
    message: PAYLOAD,
    document: `${PAYLOAD}.yaml#/${PAYLOAD}`,
    operations: [{ document: PAYLOAD, id: PAYLOAD, method: PAYLOAD, path: PAYLOAD }],
    samples: [{ ...sample, finding }],
  };
  return {
    ...result,
    documents: [{ name: PAYLOAD, title: PAYLOAD, file: `${PAYLOAD}.yaml`, dialect: '3.1', operations: 1 }],
    recordings: [{ file: PAYLOAD, exchanges: 1, format: PAYLOAD }],
    groups: [bad],
    coverage: {
      ...result.coverage,
      operations: [
        {
          document: PAYLOAD,
          id: PAYLOAD,
          method: PAYLOAD,
          path: PAYLOAD,
          exchanges: 1,
          failing: 1,
          cells: 1,
          covered: 0,
          list: [{ kind: 'status', name: PAYLOAD, ok: 0, failing: 1 }],
        },
      ],
    },
    baseline: {
      file: PAYLOAD,
      known: 0,
      expired: 0,
      new: 1,
      fixed: [{ id: '0'.repeat(12), rule: PAYLOAD, message: PAYLOAD, reason: PAYLOAD }],
    },
  };
}

test('the same input gives the same bytes in every format', async () => {
  const again = (await sampleResult()).result;
  for (const report of [jsonReport, junitReport, sarifReport, githubReport, markdownSummary, terminalReport])
    expect(report(again)).toBe(report(result));
});

test('no report shows a secret', () => {
  for (const report of [jsonReport, junitReport, sarifReport, githubReport, markdownSummary, terminalReport])
    expect(report(result)).not.toMatch(/secret-of-somebody|secret-cookie|correct horse|access_token=abc|eyJhbGci/);
});

describe('JSON', () => {
  const schema: object = JSON.parse(readFileSync(new URL('result.schema.json', import.meta.url), 'utf8'));
  const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);

  test('keeps to its schema', () => {
    validate(JSON.parse(jsonReport(result)));
    expect(validate.errors).toBeNull();
    validate(JSON.parse(jsonReport(hostile())));
    expect(validate.errors).toBeNull();
  });
  test('the schema is closed', () => {
    expect(validate({ ...JSON.parse(jsonReport(result)), more: 1 })).toBe(false);
    expect(validate({ ...JSON.parse(jsonReport(result)), version: 2 })).toBe(false);
  });
  test('members have one order, whatever order they were made in', () => {
    const turned = Object.fromEntries(Object.entries(result).toReversed()) as unknown as CheckResult;
    expect(jsonReport(turned)).toBe(jsonReport(result));
    expect(jsonReport(result)).toMatch(/^\{\n {2}"version": 1,\n/);
  });
  test('integers keep their digits', () => {
    const [group] = result.groups;
    const [sample] = group?.samples ?? [];
    if (group === undefined || sample === undefined) throw new Error('the sample has no group');
    const big = {
      ...result,
      groups: [{ ...group, samples: [{ ...sample, finding: { ...sample.finding, actual: 9_007_199_254_740_993n } }] }],
    };
    expect(jsonReport(big)).toContain('"actual": 9007199254740993');
  });
});

describe('JUnit', () => {
  const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => ['testsuite', 'testcase', 'failure'].includes(name) });

  test('a suite for each document, a case for each operation, failures that no baseline knows', () => {
    const text = junitReport(result);
    expect(XMLValidator.validate(text)).toBe(true);
    const parsed = parser.parse(text) as {
      testsuites: {
        '@_failures': string;
        '@_tests': string;
        testsuite: { '@_name': string; testcase: { '@_name': string; failure?: { '@_message': string }[]; skipped?: unknown }[] }[];
      };
    };
    const suites = parsed.testsuites.testsuite;
    expect(suites.map((suite) => suite['@_name'])).toEqual([...result.documents.map((document) => document.name), 'other']);
    const cases = suites.flatMap((suite) => suite.testcase);
    expect(cases).toHaveLength(Number(parsed.testsuites['@_tests']));
    const failed = cases.filter((one) => one.failure !== undefined);
    expect(failed.map((one) => one['@_name'])).toEqual([
      'GET /api/v1/marketing-notice',
      'GET /api/v1/notification-tasks',
      'POST /api/v1/notification-tasks',
      'GET /api/v1/notification-tasks/{taskId}',
      'POST /tie/saveOrUpdate.json',
    ]);
    expect(parsed.testsuites['@_failures']).toBe('5');
    expect(cases.filter((one) => one.skipped !== undefined)).toHaveLength(6);
  });

  test('what XML can not say is replaced', () => {
    const text = junitReport(hostile());
    expect(XMLValidator.validate(text)).toBe(true);
    // eslint-disable-next-line no-control-regex -- these are what XML forbids
    expect(text).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]|<script|<img/);
    expect(text.isWellFormed()).toBe(true);
  });
});

describe('SARIF', () => {
  interface Log {
    version: string;
    runs: { tool: { driver: { rules: { id: string; help: { text: string } }[] } }; results: Finding[] }[];
  }
  interface Finding {
    ruleId: string;
    ruleIndex: number;
    level: string;
    baselineState: string;
    partialFingerprints: Record<string, string>;
    locations: { physicalLocation: { artifactLocation: { uri: string }; region?: { startLine: number } } }[];
    relatedLocations: unknown[];
  }
  const parse = (text: string): Log['runs'][number] => {
    const log = JSON.parse(text) as Log;
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    if (run === undefined) throw new Error('no run');
    return run;
  };

  test('rules with help, places in documents and recordings, fingerprints, states', () => {
    const run = parse(sarifReport(result));
    expect(run.results).toHaveLength(result.groups.length);
    for (const [index, one] of run.results.entries()) {
      const group = result.groups[index];
      expect(run.tool.driver.rules[one.ruleIndex]?.id).toBe(one.ruleId);
      expect(one.partialFingerprints).toEqual({ 'hufuGroup/v1': group?.id });
      expect(one.relatedLocations).toHaveLength(group?.samples.length ?? 0);
    }
    const done = run.results.find((one) => one.locations[0]?.physicalLocation.artifactLocation.uri === 'openapi/notification-task.yaml');
    expect(done).toMatchObject({ level: 'error', baselineState: 'new', locations: [{ physicalLocation: { region: { startLine: 591 } } }] });
    expect(run.results.map((one) => one.level)).toContain('note');
    expect(run.results.map((one) => one.baselineState)).toContain('unchanged');
    expect(run.tool.driver.rules.every((rule) => rule.help.text.length > 40)).toBe(true);
  });

  test('addresses are URIs', () => {
    for (const one of parse(sarifReport(hostile())).results)
      for (const place of one.locations) expect(place.physicalLocation.artifactLocation.uri).toMatch(/^[\w\-.~:/%!'()*]+$/);
  });
});

describe('GitHub', () => {
  test('one command a line, at the line of the document', () => {
    const lines = githubReport(result).trimEnd().split('\n');
    expect(lines).toHaveLength(result.groups.length);
    expect(lines[0]).toMatch(
      /^::error file=openapi\/notification-task\.yaml,line=591,title=Response body breaks the document \(response-body\)::.*found: "DONE"%0A/,
    );
    expect(lines.filter((line) => line.startsWith('::notice'))).toHaveLength(2);
  });
  test('text of strangers ends neither a property nor a command', () => {
    const lines = githubReport(hostile()).trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('\r');
    expect(lines[0]?.split('::')[1]?.match(/,\w+=/g)).toEqual([',line=', ',title=']);
  });
  test('at most ten of a kind, the rest is told', () => {
    const [group] = result.groups;
    if (group === undefined) throw new Error('the sample has no group');
    const many = { ...result, groups: Array.from({ length: 15 }, () => group) };
    expect(githubReport(many).trimEnd().split('\n')).toHaveLength(11);
    expect(githubReport(many)).toContain('5 further root causes');
  });
  test('nothing found, nothing said', () => expect(githubReport({ ...result, groups: [] })).toBe(''));
});

describe('Markdown', () => {
  test('verdict, doubts, figures, findings, documents', () => {
    const text = markdownSummary(result, { maxFindings: 3 });
    expect(text).toContain('## ❌ Contract check: Failed: 3 new root causes and 1 expired exception, met 31 times');
    expect(text).toContain('6 more are in the report.');
    expect(text.match(/^\| Notification Task API \|/m)).not.toBeNull();
  });
  test('text of strangers is neither markup nor a column', () => {
    const [header, ...rest] = markdownSummary(hostile())
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(header).toBeDefined();
    expect(rest.join('\n')).not.toMatch(/<script|<img|`|\*\*alert/);
    expect(rest.filter((line) => line.includes('alert')).every((line) => [5, 6].includes(line.split('|').length - 1))).toBe(true);
  });
});

describe('terminal', () => {
  test('in English', async () => {
    const text = terminalReport(result, { columns: 100, nextStep: 'hufu check --format html' });
    await expect(text).toMatchFileSnapshot('snapshots/terminal.en.txt');
  });
  test('in Chinese', async () => {
    const text = terminalReport(result, { columns: 100, language: 'zh', nextStep: 'hufu check --format html' });
    await expect(text).toMatchFileSnapshot('snapshots/terminal.zh.txt');
  });
  test('--max-findings shows what fails first and counts the rest', () => {
    const text = terminalReport(result, { maxFindings: 1 });
    expect(text).toContain('/records/1/status: must be equal');
    expect(text).toContain('8 more root causes');
  });
  test('no line is wider than the terminal, in columns', () => {
    for (const language of ['en', 'zh'] as const)
      for (const columns of [60, 80, 120])
        for (const line of terminalReport(result, { language, columns })
          .split('\n')
          .filter((text) => !/[█░]/.test(text)))
          expect(width(line), line).toBeLessThanOrEqual(columns);
  });
  test('only the given paint colours; nothing of a stranger reaches the terminal as a command', () => {
    // eslint-disable-next-line no-control-regex -- a terminal obeys these
    expect(terminalReport(hostile())).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202E]/);
    expect(terminalReport(result, { paint: (style, text) => `<${style}>${text}</${style}>` })).toContain('<red><bold>✕ Failed');
  });
});

describe('the verdict', () => {
  const empty: CheckResult = {
    version: 1,
    documents: [],
    recordings: [],
    exchanges: { total: 0, judged: 0, clean: 0, skipped: {} },
    groups: [],
    coverage: { cells: 0, covered: 0, failing: 0, operations: [] },
  };
  const document = { name: 'a', title: 'A', file: 'a.yaml', dialect: '3.1', operations: 1 };
  const operation = (name: string, ok: number): CheckResult['coverage'] => ({
    cells: 1,
    covered: 1,
    failing: 0,
    operations: [
      {
        document: 'a',
        id: 'x',
        method: 'GET',
        path: '/x',
        exchanges: ok,
        failing: 0,
        cells: 1,
        covered: 1,
        list: [{ kind: 'status', name, ok, failing: 0 }],
      },
    ],
  });
  test.each([
    { name: 'no document', given: {}, state: 'void', doubt: 'No document was given' },
    { name: 'no exchange', given: { documents: [document] }, state: 'void', doubt: 'hold no exchange' },
    {
      name: 'nothing matched',
      given: { documents: [document], exchanges: { total: 5, judged: 0, clean: 0, skipped: {} } },
      state: 'void',
      doubt: 'None of 5 exchanges',
    },
    {
      name: 'all refused',
      given: { documents: [document], exchanges: { total: 5, judged: 5, clean: 5, skipped: {} }, coverage: operation('401', 5) },
      state: 'void',
      doubt: 'All 5 responses were 401',
    },
    {
      name: 'half refused',
      given: { documents: [document], exchanges: { total: 9, judged: 9, clean: 9, skipped: {} }, coverage: operation('403', 5) },
      state: 'passed',
      doubt: '5 of 9 responses',
    },
    {
      name: 'mostly left aside',
      given: { documents: [document], exchanges: { total: 9, judged: 2, clean: 2, skipped: { asset: 7 } }, coverage: operation('200', 2) },
      state: 'passed',
      doubt: 'pages, scripts and images 7',
    },
    {
      name: 'clean',
      given: { documents: [document], exchanges: { total: 9, judged: 9, clean: 9, skipped: {} }, coverage: operation('200', 9) },
      state: 'passed',
      doubt: undefined,
    },
  ])('$name is $state', ({ given, state, doubt }) => {
    const verdict = verdictOf({ ...empty, ...given });
    expect(verdict.state).toBe(state);
    expect(verdict.doubts.map((one) => one.en).join('\n')).toContain(doubt ?? '');
    expect(verdict.doubts).toHaveLength(doubt === undefined ? 0 : 1);
  });
  test('known findings do not fail, expired ones do', () => {
    const known = result.groups.map((group) => ({ ...group, baseline: 'known' as const }));
    expect(verdictOf({ ...result, groups: known }).state).toBe('passed');
    expect(verdictOf({ ...result, groups: known.map((group) => ({ ...group, baseline: 'expired' as const })) }).headline.en).toContain(
      '5 expired exceptions',
    );
  });
});
