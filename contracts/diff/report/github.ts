import { MAX_ANNOTATIONS, message, property } from '../../report/index.ts';
import { LEVELS } from '../change.ts';
import type { DiffResult, PlacedChange } from '../result.ts';
import { ruleTitle } from '../rule-texts.ts';
import { operationText, sentence } from './words.ts';

const COMMANDS = { breaking: 'error', warning: 'warning', compatible: 'notice' } as const;

/** Workflow commands of GitHub Actions, a line for each change at its line of the new document; a last line tells of the rest. */
export function diffGithub({ changes }: DiffResult): string {
  const lines: string[] = [];
  let left = 0;
  for (const level of LEVELS) {
    const own = changes.filter((change) => change.level === level);
    lines.push(...own.slice(0, MAX_ANNOTATIONS).map(annotation));
    left += Math.max(0, own.length - MAX_ANNOTATIONS);
  }
  if (left > 0) lines.push(`::notice title=hufu diff::${message(`${left} further changes are not annotated; see the report`)}`);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function annotation(change: PlacedChange): string {
  const { newPlace, rule, level, id } = change;
  const place = newPlace === undefined ? '' : `file=${property(newPlace.file)},line=${newPlace.line},`;
  const operation = operationText(change, 'en');
  const text = `${operation === undefined ? '' : `${operation}: `}${sentence(change, 'en')}\n${level}, id ${id}`;
  return `::${COMMANDS[level]} ${place}title=${property(`${ruleTitle(rule).en} (${rule})`)}::${message(text)}`;
}
