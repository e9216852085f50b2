import { readBasic } from '../basic.ts';
import { compileExpression } from '../expression.ts';
import type { Scope } from '../scope.ts';
import { objectAt } from '../shape.ts';
import { createContext } from '../template-context.ts';
import { compileTemplate } from '../template.ts';
import { textOf } from '../text.ts';
import type { Row } from '../world.ts';
import { isMasked } from './difference.ts';
import { fits } from './fits.ts';
import { groupIn } from './groups.ts';
import { followKnown, hasHole, HOLE, OPEN } from './hole.ts';
import type { KnownRow } from './knowledge.ts';
import { observedFile } from './observed-file.ts';
import { operatorOf } from './template-shape.ts';
import { isUsable } from './trial.ts';
import type { Trial } from './trial.ts';

/** Where a template stands: what its variables mean there, as far as it is known. */
export interface Place {
  readonly trial: Trial;
  readonly row?: KnownRow | undefined;
  readonly before?: KnownRow | undefined;
  readonly outer?: KnownRow | undefined;
  /** The rows that a token operation issued, by name. */
  readonly issued?: ReadonlyMap<string, KnownRow> | undefined;
  readonly item?: unknown;
  readonly index?: number;
  /** What a request leaves out may stay as it is, or fall back to something: nobody has said which. */
  readonly keepsAbsent?: boolean;
  /** Inside of `set`: that nothing was given teaches no value, since what a server makes of that is its own affair. */
  readonly isSet?: boolean;
}

type Parsed =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly root: string; readonly tokens: readonly string[] }
  | { readonly kind: 'mixed'; readonly parts: readonly Parsed[] };

const parsed = new Map<string, Parsed>();

/** A text of a template. Those of state files alone come here, so that what is kept is bounded by them. */
export function parseText(text: string): Parsed {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const made = parse(text);
  parsed.set(text, made);
  return made;
}

function parse(text: string): Parsed {
  if (text.startsWith('$$')) return { kind: 'text', text: text.slice(1) };
  if (text.startsWith('$')) {
    const compiled = compileExpression(text);
    // A flaw is told where state files are compiled.
    return compiled.ok ? { kind: 'reference', root: compiled.root, tokens: compiled.tokens } : { kind: 'text', text };
  }
  if (!text.includes('{$')) return { kind: 'text', text };
  const parts = text
    .split(/(\{\$[^{}]*\})/)
    .map((part) => (part.startsWith('{$') ? parse(part.slice(1, -1)) : ({ kind: 'text', text: part } as const)));
  return { kind: 'mixed', parts };
}

/** What a template makes as far as it is known: parts that are not are holes; `undefined` is known absence. Exchanges that the value rests on are noted in `because`. */
export function evaluate(template: unknown, place: Place): unknown {
  if (typeof template === 'string') return evaluateText(parseText(template), place);
  if (typeof template !== 'object' || template === null) return template;
  if (Array.isArray(template)) return template.map((item: unknown) => evaluate(item, place)).filter((item) => item !== undefined);
  const operator = operatorOf(template);
  return operator === undefined ? evaluateObject(template as Row, place) : evaluateOperator(operator, template as Row, place);
}

function evaluateText(text: Parsed, place: Place): unknown {
  if (text.kind === 'text') return text.text;
  if (text.kind === 'reference') return evaluateReference(text.root, text.tokens, place);
  let made = '';
  for (const part of text.parts) {
    const value = evaluateText(part, place);
    if (hasHole(value) || isMasked(value, place.trial.eyes)) return HOLE;
    if (value === undefined || value === null) return null;
    made += textOf(value);
  }
  return made;
}

function evaluateReference(root: string, tokens: readonly string[], place: Place): unknown {
  const { request } = place.trial;
  switch (root) {
    case 'request.body':
      return given(followKnown(request.body, tokens), place);
    case 'request.path':
    case 'request.query':
    case 'request.cookie':
      return given(followKnown(request[root.slice('request.'.length) as 'path' | 'query' | 'cookie'], tokens), place);
    case 'request.header': {
      const name = tokens[0]?.toLowerCase();
      return Object.entries(request.header).find(([key]) => key.toLowerCase() === name)?.[1];
    }
    case 'request.files':
      return followKnown(observedFile(request.files?.get(tokens[0] ?? '')?.[0], tokens[1]), tokens.slice(1));
    case 'row':
      if (place.issued !== undefined) return readRow(place.issued.get(tokens[0] ?? ''), tokens.slice(1), place.trial);
      return readRow(place.row, tokens, place.trial);
    case 'before':
      return readRow(place.before, tokens, place.trial);
    case 'outer':
      return readRow(place.outer, tokens, place.trial);
    case 'item':
      return Object.hasOwn(place, 'item') ? given(followKnown(place.item, tokens), place) : HOLE;
    case 'index':
      return place.index ?? HOLE;
    case 'absent':
      return undefined;
    default:
      return HOLE;
  }
}

function given(value: unknown, { keepsAbsent }: Place): unknown {
  return value === undefined && keepsAbsent === true ? HOLE : value;
}

/** A field of a row, or all that is known of it. */
export function readRow(row: KnownRow | undefined, tokens: readonly string[], trial: Trial): unknown {
  if (row === undefined) return HOLE;
  const [field, ...rest] = tokens;
  if (field === undefined) {
    const members = Array.from(row.fields.keys(), (name) => [name, readField(row, name, trial)] as const);
    return { ...Object.fromEntries(members), [OPEN]: true };
  }
  return followKnown(readField(row, field, trial), rest);
}

function readField(row: KnownRow, field: string, trial: Trial): unknown {
  const known = row.fields.get(field);
  if (known === undefined || !isUsable(trial, known)) return HOLE;
  if (row.isLoose && field === row.collection.machine?.field) return HOLE;
  trial.because.add(known.by);
  return known.value;
}

function evaluateObject(template: Row, place: Place): unknown {
  const made: Record<string | symbol, unknown> = {};
  for (const [key, item] of Object.entries(template)) {
    const value = evaluate(item, place);
    if (key !== '...') {
      if (value === undefined) delete made[key];
      else made[key] = value;
    } else if (value === HOLE) made[OPEN] = true;
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) Object.assign(made, value);
  }
  return made;
}

function evaluateOperator(name: string, template: Row, place: Place): unknown {
  const argument = template[name];
  switch (name) {
    case '$const':
      return argument;
    case '$default':
      return evaluateDefault(argument as readonly unknown[], place);
    case '$each': {
      const list = evaluate(argument, place);
      if (!Array.isArray(list)) return list === HOLE ? HOLE : undefined;
      return list.map((item: unknown, index) => evaluate(template['show'], { ...place, item, index })).filter((item) => item !== undefined);
    }
    case '$map': {
      const key = evaluate(argument, place);
      if (hasHole(key)) return HOLE;
      const table = objectAt(template['to']);
      const text = textOf(key);
      return Object.hasOwn(table, text) ? evaluate(table[text], place) : undefined;
    }
    case '$basic': {
      const header = evaluate(argument, place);
      if (hasHole(header)) return HOLE;
      return readBasic(header)?.[template['part'] === 'name' ? 'name' : 'password'] ?? null;
    }
    case '$size':
    case '$number':
    case '$ratio':
    case '$time':
      return compute(name, template, place);
    case '$count':
    case '$sum':
    case '$list':
    case '$first':
      return evaluateRows(name, template, place);
    default:
      // What a mask hides, and the greatest of rows that nobody has seen all of.
      return HOLE;
  }
}

function evaluateDefault(choices: readonly unknown[], place: Place): unknown {
  let empty: null | undefined;
  for (const [index, choice] of choices.entries()) {
    const value = evaluate(choice, place);
    if (value === HOLE) return HOLE;
    if (index > 0 && place.isSet === true && (choice === null || typeof choice !== 'object') && !isReference(choice)) return HOLE;
    if (value !== undefined && value !== null) return value;
    if (value === null) empty = null;
  }
  return empty;
}

function isReference(template: unknown): boolean {
  return typeof template === 'string' && template.startsWith('$');
}

/** An operator that looks at nothing but its arguments. */
function compute(name: string, template: Row, { trial, ...place }: Place): unknown {
  const filled: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(template)) {
    // The options of $time but for `plus` are words.
    if (key !== name && key !== 'plus') {
      filled[key] = value;
      continue;
    }
    const made = evaluate(value, { trial, ...place });
    if (hasHole(made) || isMasked(made, trial.eyes)) return HOLE;
    filled[key] = name === '$ratio' && Array.isArray(made) ? made.map((item: unknown) => ({ $const: item })) : { $const: made };
  }
  return compileTemplate(filled, '', BARE)({ ...NO_SCOPE, clock: trial.eyes.clock } as Scope);
}

/** The arguments of operators have been evaluated: nothing more is asked of the world around. */
const NO_SCOPE: Partial<Scope> = { now: 0 };
const BARE = createContext(
  {
    collection: () => undefined,
    rows: () => [],
    problem: () => undefined,
    variables: {},
    reads: () => undefined,
    writes: () => undefined,
  },
  compileTemplate,
);

/** Operators over the elements of a list that is known; over collections only the row of a known key. */
function evaluateRows(name: string, template: Row, place: Place): unknown {
  const argument = template[name];
  if (!isReference(argument)) return name === '$first' ? evaluateFirst(template, place) : evaluateCollection(name, template, place);
  const list = evaluate(argument, place);
  if (!Array.isArray(list)) return list === HOLE ? HOLE : name === '$count' || name === '$sum' ? 0 : undefined;
  const chosen: unknown[] = [];
  for (const item of list as unknown[]) {
    const verdict =
      template['where'] === undefined
        ? true
        : fits(
            template['where'],
            (tokens) => followKnown(item, tokens),
            (asked) => evaluate(asked, { ...place, outer: place.row, row: undefined }),
            place.trial.eyes,
          );
    if (verdict === undefined) return HOLE;
    if (verdict) chosen.push(item);
  }
  if (name === '$count') return chosen.length;
  const { of, show } = template;
  if (name === '$sum') {
    if (typeof of !== 'string' || isReference(of)) return HOLE;
    const values = chosen.map((item) => followKnown(item, [of]));
    return values.some((value) => typeof value !== 'number') ? HOLE : values.reduce<number>((sum, value) => sum + Number(value), 0);
  }
  if (show !== undefined) return HOLE;
  return name === '$list' ? chosen : chosen[0];
}

/** Rows of a collection: their number where all that can fit are known; none where one of nothing is asked for. */
function evaluateCollection(name: string, template: Row, place: Place): unknown {
  const { trial, row } = place;
  const target = trial.plan.collection(template[name]);
  const { where } = template;
  const ask = (asked: unknown): unknown => evaluate(asked, { ...place, outer: row, row: undefined });
  if (target === undefined) return HOLE;
  if (name === '$list' && Object.values(objectAt(where)).some((wanted) => isNone(objectAt(wanted)['in'], ask))) return [];
  if (name !== '$count') return HOLE;
  const known = groupIn(trial, target, where, ask);
  if (known === undefined) return HOLE;
  let count = 0;
  for (const member of known.group.rows) {
    const verdict = fits(known.rest, (tokens) => readSettled(member, tokens, trial), ask, trial.eyes);
    if (verdict === undefined) return HOLE;
    if (verdict) count += 1;
  }
  for (const by of known.group.by) trial.because.add(by);
  return count;
}

function isNone(wanted: unknown, ask: (template: unknown) => unknown): boolean {
  if (wanted === undefined) return false;
  const value = ask(wanted);
  return Array.isArray(value) && value.length === 0;
}

/** A field that time alone can't have changed since it was seen. */
function readSettled(row: KnownRow, tokens: readonly string[], trial: Trial): unknown {
  const { machine } = row.collection;
  const value = readRow(row, tokens, trial);
  if (machine === undefined || (tokens[0] !== machine.field && !machine.timedFields.has(tokens[0] ?? ''))) return value;
  const status = textOf(row.fields.get(machine.field)?.value);
  return machine.timed.some(({ from }) => from.has(status)) ? HOLE : value;
}

/** `{ $first: collection, where: { <key>: value }, show }`: the row that a key refers to. */
function evaluateFirst(template: Row, place: Place): unknown {
  const { trial, row } = place;
  const target = trial.plan.collection(template['$first']);
  const where = objectAt(template['where']);
  if (target === undefined || Object.keys(where).length !== 1 || !Object.hasOwn(where, target.keyField)) return HOLE;
  const key = evaluate(where[target.keyField], { ...place, outer: row, row: undefined });
  if (hasHole(key) || key === undefined || key === null) return HOLE;
  const found = trial.knowledge.find(target, textOf(key));
  if (found?.presence?.is !== 'present' || !isUsable(trial, found.presence)) return HOLE;
  trial.because.add(found.presence.by);
  return template['show'] === undefined ? readRow(found, [], trial) : evaluate(template['show'], { ...place, outer: row, row: found });
}
