import type { CheckResult, Group, OperationCoverage } from '../result.ts';
import { documentPlace } from './document-file.ts';
import { modulesOf } from './figures.ts';
import { ruleText } from './rule-texts.ts';
import { placeText, valueText } from './sentence.ts';
import { xml } from './xml.ts';

interface TestCase {
  readonly name: string;
  readonly group: string;
  readonly file: string | undefined;
  readonly failures: readonly Group[];
  /** Known errors, warnings and notices: told, not failed. */
  readonly told: readonly Group[];
  readonly skipped: string | undefined;
}

/**
 * JUnit XML as Jenkins and GitLab read it: a test suite for each document, a test case for each operation, failed by the errors that no baseline
 * knows; an operation that was never called is skipped. What belongs to no operation is a suite of its own.
 */
export function junitReport(result: CheckResult): string {
  const modules = modulesOf(result).map((module) => ({
    name: module.name,
    cases: module.operations.map((operation) => caseOf(operation, result)),
  }));
  const strays = result.groups.filter((group) => group.operations.every((operation) => !isListed(operation, result)));
  const other = strays.map((group): TestCase => {
    const isFailure = fails(group);
    const name = `${ruleText(group.rule).title.en} ${group.id}`;
    return {
      name,
      group: 'other',
      file: documentPlace(group, result)?.file,
      failures: isFailure ? [group] : [],
      told: isFailure ? [] : [group],
      skipped: undefined,
    };
  });
  const suites = [...modules, ...(other.length > 0 ? [{ name: 'other', cases: other }] : [])];
  const all = suites.flatMap((suite) => suite.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="hufu check"${totals(all)}>`,
    ...suites.map(
      (suite) =>
        `  <testsuite name="${xml(suite.name)}"${totals(suite.cases)}>\n${suite.cases.map((one) => testCase(one, result)).join('\n')}\n  </testsuite>`,
    ),
    '</testsuites>',
    '',
  ].join('\n');
}

function fails(group: Group): boolean {
  return group.severity === 'error' && group.baseline !== 'known';
}

function isListed(operation: { readonly document: string; readonly id: string }, result: CheckResult): boolean {
  return result.coverage.operations.some((known) => known.document === operation.document && known.id === operation.id);
}

function caseOf(operation: OperationCoverage, result: CheckResult): TestCase {
  const groups = result.groups.filter((group) =>
    group.operations.some((one) => one.id === operation.id && one.document === operation.document),
  );
  return {
    name: `${operation.method} ${operation.path}`,
    group: `${operation.document}.${operation.id}`,
    file: result.documents.find((document) => document.name === operation.document)?.file,
    failures: groups.filter(fails),
    told: groups.filter((group) => !fails(group)),
    skipped: operation.exchanges === 0 && !groups.some(fails) ? 'never called in the recordings' : undefined,
  };
}

function totals(cases: readonly TestCase[]): string {
  const failures = cases.filter((one) => one.failures.length > 0).length;
  const skipped = cases.filter((one) => one.skipped !== undefined).length;
  return ` tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}" time="0"`;
}

function testCase({ name, group, file, failures, told, skipped }: TestCase, result: CheckResult): string {
  const body = [
    ...failures.map(
      (one) => `      <failure type="${xml(one.rule)}" message="${xml(summary(one))}">${xml(details(one, result))}</failure>`,
    ),
    ...(skipped === undefined ? [] : [`      <skipped message="${xml(skipped)}"/>`]),
    ...(told.length === 0
      ? []
      : [
          `      <system-out>${xml(told.map((one) => `${one.baseline ?? one.severity}: ${summary(one)}\n${details(one, result)}`).join('\n\n'))}</system-out>`,
        ]),
  ];
  const open = `    <testcase name="${xml(name)}" classname="${xml(group)}"${file === undefined ? '' : ` file="${xml(file)}"`} time="0"`;
  return body.length === 0 ? `${open}/>` : `${open}>\n${body.join('\n')}\n    </testcase>`;
}

function summary(group: Group): string {
  return `${ruleText(group.rule).title.en}: ${group.message} (${group.count} times)`;
}

function details(group: Group, result: CheckResult): string {
  const place = documentPlace(group, result);
  const sample = group.samples[0];
  const finding = sample?.finding;
  const lines = [
    `id: ${group.id}`,
    `side: ${group.side}`,
    ...(place === undefined
      ? []
      : [`document: ${place.file}${place.line === undefined ? '' : `:${place.line}`} (${group.document ?? ''})`]),
    ...(finding === undefined ? [] : [`place: ${placeText(finding).en}`]),
    ...(finding?.expected === undefined ? [] : [`expected: ${valueText(finding.expected)}`]),
    ...(finding?.actual === undefined ? [] : [`actual: ${valueText(finding.actual)}`]),
    ...(sample === undefined ? [] : [`exchange: ${sample.exchange.place.file} entry ${sample.exchange.place.index}`]),
  ];
  return lines.join('\n');
}
