import { writeJson } from '../../operations/index.ts';
import type { CheckResult, Group } from '../result.ts';
import { documentPlace, slashes } from './document-file.ts';
import { ruleText } from './rule-texts.ts';
import { placeText, valueText } from './sentence.ts';
import { baselineState } from './text.ts';

const LEVELS = { error: 'error', warning: 'warning', notice: 'note' } as const;
const STATES = { new: 'new', known: 'unchanged', expired: 'unchanged' } as const;

/**
 * SARIF 2.1.0 (OASIS): a result for each root cause, at its line in the document, with the exchanges it was seen in as related locations. The group's id is
 * the partial fingerprint, so that a code scanning service follows a finding over time.
 */
export function sarifReport(result: CheckResult): string {
  const ids = [...new Set(result.groups.map((group) => group.rule))].sort();
  const rules = ids.map((id) => {
    const { title, explanation } = ruleText(id);
    return {
      id,
      name: id.replaceAll(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase()),
      shortDescription: { text: title.en },
      fullDescription: { text: explanation.en },
      help: { text: `${explanation.en}\n\n${title.zh}：${explanation.zh}` },
    };
  });
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'hufu', rules } },
        columnKind: 'utf16CodeUnits',
        results: result.groups.map((group) => resultOf(group, result, ids.indexOf(group.rule))),
        properties: { exchanges: result.exchanges, coverage: { cells: result.coverage.cells, covered: result.coverage.covered } },
      },
    ],
  };
  return `${writeJson(log, 2)}\n`;
}

function resultOf(group: Group, result: CheckResult, ruleIndex: number): Record<string, unknown> {
  const place = documentPlace(group, result);
  const state = baselineState(group, result.baseline !== undefined);
  const recorded = group.samples.map(({ exchange }) => exchange.place);
  // Every result needs a place to be shown at; what is in no document stands in its recording.
  const file = place?.file ?? recorded[0]?.file;
  return {
    ruleId: group.rule,
    ruleIndex,
    level: LEVELS[group.severity],
    message: { text: sentenceOf(group) },
    locations: file === undefined ? [] : [physical(file, place?.line)],
    relatedLocations: recorded.map(({ file, index }, id) => ({ id, ...physical(file, undefined), message: { text: `entry ${index}` } })),
    partialFingerprints: { 'hufuGroup/v1': group.id },
    ...(state === undefined ? {} : { baselineState: STATES[state] }),
    ...(state === 'known' ? { suppressions: [{ kind: 'external', status: 'accepted' }] } : {}),
    occurrenceCount: group.count,
    properties: {
      side: group.side,
      operations: group.operations.map(({ document, id }) => `${document} ${id}`),
      ...(group.document === undefined ? {} : { document: group.document }),
    },
  };
}

function sentenceOf(group: Group): string {
  const finding = group.samples[0]?.finding;
  const operation = group.operations[0];
  const where = finding === undefined ? '' : placeText(finding).en;
  const values = finding?.actual === undefined ? '' : ` (found ${valueText(finding.actual)})`;
  const more = group.operations.length > 1 ? ` and ${group.operations.length - 1} more` : '';
  const met = operation === undefined ? '' : ` In ${operation.method} ${operation.path}${more}.`;
  return `${where === '' ? '' : `${where}: `}${group.message}${values}.${met} Met ${group.count} ${group.count === 1 ? 'time' : 'times'}.`;
}

/** A place in a file; relative to the root of the repository where the path is relative. */
function physical(file: string, line: number | undefined): Record<string, unknown> {
  const path = slashes(file);
  const isAbsolute = /^(?:\/|[A-Za-z]:\/)/.test(path);
  const encoded = path
    .split('/')
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join('/');
  const uri = /^https?:/.test(path)
    ? path
    : isAbsolute
      ? `file://${path.startsWith('/') ? '' : '/'}${encoded.replace('%3A', ':')}`
      : encoded;
  return { physicalLocation: { artifactLocation: { uri }, ...(line === undefined ? {} : { region: { startLine: line } }) } };
}
