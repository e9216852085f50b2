import { xml } from '../../report/index.ts';
import type { DiffResult, PlacedChange } from '../result.ts';
import { LEVEL_TEXTS, ruleTitle } from '../rule-texts.ts';
import { operationText, sentence } from './words.ts';

/**
 * JUnit XML as Jenkins and GitLab read it: a test suite for each document, a test case for each change. Breaking changes are failures; a document
 * without a change is one case that passed.
 */
export function diffJunit(result: DiffResult): string {
  const names = [...new Set([...result.new.map(({ name }) => name), ...result.changes.map(({ document }) => document)])];
  const suites = names.map((name) =>
    suite(
      name,
      result.changes.filter(({ document }) => document === name),
    ),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="hufu diff"${totals(result.changes, result.changes.length + names.filter((name) => !result.changes.some(({ document }) => document === name)).length)}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(name: string, changes: readonly PlacedChange[]): string {
  const cases = changes.length === 0 ? [`    <testcase name="no difference" classname="${xml(name)}" time="0"/>`] : changes.map(testCase);
  return `  <testsuite name="${xml(name)}"${totals(changes, cases.length)}>\n${cases.join('\n')}\n  </testsuite>`;
}

function totals(changes: readonly PlacedChange[], tests: number): string {
  const failures = changes.filter(({ level }) => level === 'breaking').length;
  return ` tests="${tests}" failures="${failures}" errors="0" skipped="0" time="0"`;
}

function testCase(change: PlacedChange): string {
  const { rule, level, document, id, newPlace, oldPlace } = change;
  const operation = operationText(change, 'en');
  const name = `${operation ?? 'the document'}: ${sentence(change, 'en')}`;
  const place = newPlace ?? oldPlace;
  const details = [
    `id: ${id}`,
    `level: ${level}`,
    ...(oldPlace === undefined ? [] : [`before: ${oldPlace.file}:${oldPlace.line}`]),
    ...(newPlace === undefined ? [] : [`after: ${newPlace.file}:${newPlace.line}`]),
    LEVEL_TEXTS[level].advice.en,
  ].join('\n');
  const open = `    <testcase name="${xml(name)}" classname="${xml(`${document}.${change.operation?.id ?? 'document'}`)}"${place === undefined ? '' : ` file="${xml(place.file)}"`} time="0">`;
  const body =
    level === 'breaking'
      ? `      <failure type="${xml(rule)}" message="${xml(`${ruleTitle(rule).en}: ${change.message}`)}">${xml(details)}</failure>`
      : `      <system-out>${xml(details)}</system-out>`;
  return `${open}\n${body}\n    </testcase>`;
}
