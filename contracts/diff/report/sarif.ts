import { writeJson } from '../../../operations/index.ts';
import type { DiffResult, FileLine, PlacedChange } from '../result.ts';
import { LEVEL_TEXTS, ruleTitle } from '../rule-texts.ts';
import { operationText, sentence } from './words.ts';

const SEVERITIES = { breaking: 'error', warning: 'warning', compatible: 'note' } as const;

/**
 * SARIF 2.1.0 (OASIS): a result for each change at its line of the new document; what is gone stands at its line of the old one. The change's id is the
 * partial fingerprint.
 */
export function diffSarif({ changes, counts }: DiffResult): string {
  const ids = [...new Set(changes.map(({ rule }) => rule))].sort();
  const rules = ids.map((id) => {
    const { en, zh } = ruleTitle(id);
    const name = id.replaceAll(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());
    return { id, name, shortDescription: { text: en }, help: { text: `${en} · ${zh}` } };
  });
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'hufu diff', rules } },
        columnKind: 'utf16CodeUnits',
        results: changes.map((change) => resultOf(change, ids.indexOf(change.rule))),
        properties: { ...counts },
      },
    ],
  };
  return `${writeJson(log, 2)}\n`;
}

function resultOf(change: PlacedChange, ruleIndex: number): Record<string, unknown> {
  const { rule, level, side, oldPlace, newPlace, id, count, operations } = change;
  const operation = operationText(change, 'en');
  const main = newPlace ?? oldPlace;
  return {
    ruleId: rule,
    ruleIndex,
    level: SEVERITIES[level],
    message: { text: `${operation === undefined ? '' : `${operation}: `}${sentence(change, 'en')}. ${LEVEL_TEXTS[level].advice.en}` },
    locations: main === undefined ? [] : [physical(main)],
    relatedLocations:
      oldPlace === undefined || newPlace === undefined ? [] : [{ id: 0, ...physical(oldPlace), message: { text: 'before' } }],
    partialFingerprints: { 'hufuChange/v1': id },
    properties: { side, level, count, operations: operations.map(({ document, id }) => `${document} ${id}`) },
  };
}

function physical({ file, line }: FileLine): Record<string, unknown> {
  const uri =
    /^[a-z]+:/i.test(file) && !/^https?:/.test(file)
      ? encodeURI(file.toWellFormed())
      : file
          .split('/')
          .map((part) => encodeURIComponent(part.toWellFormed()))
          .join('/');
  return { physicalLocation: { artifactLocation: { uri: /^https?:/.test(file) ? file : uri }, region: { startLine: line } } };
}
