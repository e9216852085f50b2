import { LEVELS } from '../change.ts';
import type { DiffResult, PlacedChange } from '../result.ts';
import { ruleTitle } from '../rule-texts.ts';
import { operationText, sentence } from './words.ts';

/** GitHub shows no more annotations of one step than this, of each kind. */
const MAX_ANNOTATIONS = 10;
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
  if (left > 0) lines.push(`::notice title=hufu diff::${data(`${left} further changes are not annotated; see the report`)}`);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function annotation(change: PlacedChange): string {
  const { newPlace, rule, level, id } = change;
  const place = newPlace === undefined ? '' : `file=${property(newPlace.file)},line=${newPlace.line},`;
  const operation = operationText(change, 'en');
  const text = `${operation === undefined ? '' : `${operation}: `}${sentence(change, 'en')}\n${level}, id ${id}`;
  return `::${COMMANDS[level]} ${place}title=${property(`${ruleTitle(rule).en} (${rule})`)}::${data(text)}`;
}

/** The message of a command: `%`, CR and LF are its escapes. */
function data(text: string): string {
  return text.toWellFormed().replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property of a command also ends at `,` and at `:`. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
