import { childPointer } from '../../operations/index.ts';
import { objectAt } from '../shape.ts';
import { textOf } from '../text.ts';
import type { Row } from '../world.ts';
import { differenceOf, isMasked, isNothing } from './difference.ts';
import { evaluate, parseText } from './evaluate.ts';
import type { Place } from './evaluate.ts';
import { hasHole, HOLE } from './hole.ts';
import { matchField } from './match-field.ts';
import { derivedValueWrong } from './rules/derived-value-wrong.ts';
import { noteClaim } from './claims.ts';
import { operatorOf } from './template-shape.ts';
import { isSecretPlace } from './trial.ts';

/** What an answer tells of a list. */
export interface ToldList {
  rows?: { readonly value: unknown; readonly pointer: string };
  /** The first row alone, where the answer holds no more of them. */
  first?: { readonly value: unknown; readonly pointer: string };
  total?: { readonly value: unknown; readonly pointer: string };
  /** Members of `$page`. */
  readonly page: Map<string, { readonly value: unknown; readonly pointer: string }>;
}

/** Where a template is held against an answer. */
export interface MatchPlace extends Place {
  /** What `$data` stands for there. */
  readonly onData?: (actual: unknown, pointer: string) => void;
  readonly told?: ToldList;
}

/**
 * Holds a template against the value that an answer has in its place: what the template names of rows is learned, and what is known is compared. Constants are left to the document, which
 * says the same about them; so are values of other types.
 */
export function match(template: unknown, actual: unknown, place: MatchPlace, pointer: string): void {
  if (typeof template === 'string') return matchText(template, actual, place, pointer);
  if (typeof template !== 'object' || template === null) return;
  if (Array.isArray(template)) {
    if (!Array.isArray(actual) || template.length !== actual.length) return;
    for (const [index, item] of template.entries()) match(item, actual[index], place, pointerTo(pointer, index));
    return;
  }
  const operator = operatorOf(template);
  if (operator !== undefined) return matchOperator(operator, template as Row, actual, place, pointer);
  if (typeof actual === 'object' && actual !== null && !Array.isArray(actual))
    matchMembers(template as Row, actual as Row, place, pointer, new Set());
}

function matchText(text: string, actual: unknown, place: MatchPlace, pointer: string): void {
  const parsed = parseText(text);
  if (parsed.kind === 'text') return;
  if (parsed.kind === 'mixed') return matchValue(text, actual, place, pointer);
  const { root, tokens } = parsed;
  const { told } = place;
  switch (root) {
    case 'data':
      return tokens.length === 0 ? place.onData?.(actual, pointer) : undefined;
    case 'rows':
      if (told !== undefined && tokens.length === 0) told.rows = { value: actual, pointer };
      if (told !== undefined && tokens.length === 1 && tokens[0] === '0') told.first = { value: actual, pointer };
      return;
    case 'total':
      if (told !== undefined) told.total = { value: actual, pointer };
      return;
    case 'page':
      told?.page.set(tokens[0] ?? '', { value: actual, pointer });
      return;
    case 'row':
      return matchRow(place, tokens, actual, pointer);
    case 'before':
      if (place.before !== undefined) matchRow({ ...place, row: place.before, issued: undefined }, tokens, actual, pointer, true);
      return;
    case 'outer':
      if (place.outer !== undefined) matchRow({ ...place, row: place.outer, issued: undefined }, tokens, actual, pointer);
      return;
    case 'request.body':
    case 'request.path':
    case 'request.query':
    case 'request.files':
    case 'item':
    case 'index':
      return matchValue(text, actual, place, pointer);
    default:
  }
}

function matchRow(place: MatchPlace, tokens: readonly string[], actual: unknown, pointer: string, isBefore = false): void {
  const { trial, issued } = place;
  const row = issued === undefined ? place.row : issued.get(tokens[0] ?? '');
  const [field, ...rest] = issued === undefined ? tokens : tokens.slice(1);
  if (row === undefined) return;
  if (field !== undefined) return matchField({ trial, row, field, rest, actual, pointer, isBefore });
  for (const [name, value] of Object.entries(objectAt(actual)))
    matchField({ trial, row, field: name, rest: [], actual: value, pointer: pointerTo(pointer, name), isBefore });
}

/** @param named members that a template around names itself. */
function matchMembers(template: Row, actual: Row, place: MatchPlace, pointer: string, named: ReadonlySet<string>): void {
  for (const [key, item] of Object.entries(template)) {
    if (key !== '...') {
      if (!named.has(key)) match(item, Object.hasOwn(actual, key) ? actual[key] : undefined, place, pointerTo(pointer, key));
      continue;
    }
    const own = new Set([...named, ...Object.keys(template).filter((name) => name !== '...')]);
    if (typeof item === 'object' && item !== null && operatorOf(item) === undefined) {
      matchMembers(item as Row, actual, place, pointer, own);
      continue;
    }
    const rest = Object.fromEntries(Object.entries(actual).filter(([name]) => !own.has(name)));
    if (item === '$row' || item === '$before') match(item, rest, place, pointer);
  }
}

function matchOperator(operator: string, template: Row, actual: unknown, place: MatchPlace, pointer: string): void {
  switch (operator) {
    case '$const':
    case '$mask':
      return;
    case '$default':
      return matchDefault(template['$default'] as readonly unknown[], actual, place, pointer);
    case '$each': {
      const list = evaluate(template['$each'], place);
      if (!Array.isArray(list) || !Array.isArray(actual) || list.length !== actual.length)
        return matchValue(template, actual, place, pointer);
      for (const [index, item] of (list as unknown[]).entries())
        match(template['show'], actual[index], { ...place, item, index }, pointerTo(pointer, index));
      return;
    }
    default:
      return matchValue(template, actual, place, pointer);
  }
}

/** Of several choices the one that can be meant, where only one can. */
function matchDefault(choices: readonly unknown[], actual: unknown, place: MatchPlace, pointer: string): void {
  const possible: unknown[] = [];
  for (const choice of choices) {
    if (choice === '$data' || isRows(choice)) {
      if (!isNothing(actual)) possible.push(choice);
      else if (isRows(choice)) match(choice, undefined, place, pointer);
      continue;
    }
    const value = evaluate(choice, place);
    if (value === undefined || value === null) {
      if (isNothing(actual)) possible.push(choice);
      continue;
    }
    // A later choice counts only where the earlier ones made nothing.
    const isConstant = typeof choice !== 'object' && !(typeof choice === 'string' && choice.startsWith('$'));
    if (!isConstant || differenceOf(value, actual, place.trial.eyes) === undefined) possible.push(choice);
    if (!hasHole(value) && value !== HOLE) break;
  }
  if (possible.length === 1) return match(possible[0], actual, place, pointer);
  if (possible.length === 0) matchValue({ $default: choices }, actual, place, pointer);
}

function isRows(choice: unknown): boolean {
  return typeof choice === 'string' && choice.startsWith('$rows');
}

/** A value that is computed from what is known. */
function matchValue(template: unknown, actual: unknown, place: MatchPlace, pointer: string): void {
  const { trial } = place;
  const before = new Set(trial.because);
  trial.because.clear();
  const known = evaluate(template, place);
  const because = [...trial.because];
  for (const by of before) trial.because.add(by);
  if (known === HOLE && typeof template === 'object' && template !== null && Object.hasOwn(template, '$count'))
    noteClaim(trial, template as Row, actual, place);
  // That something is left out is the document's affair.
  if (known === HOLE || known === undefined || actual === undefined || isMasked(actual, trial.eyes)) return;
  const difference = differenceOf(known, actual, trial.eyes, pointer);
  if (difference === undefined || isSecretPlace(trial, difference.pointer)) return;
  derivedValueWrong(trial, {
    ...difference,
    template: typeof template === 'string' ? template : textOf(Object.keys(objectAt(template))[0]),
    because,
  });
}

/** Nearly no name needs escaping, and nearly no pointer is ever read. */
function pointerTo(pointer: string, token: string | number): string {
  return typeof token === 'string' && /[~/]/.test(token) ? childPointer(pointer, token) : `${pointer}/${token}`;
}
