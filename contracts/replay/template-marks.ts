import { childPointer, record } from '../../operations/index.ts';

/** What stands where in an answer; pointers with `*` for the elements of lists. */
export interface AnswerMarks {
  /** The field of a collection that a place shows: `task/task#id`. */
  readonly places: Map<string, string>;
  /** The collection whose whole row stands at a place. */
  readonly rows: Map<string, string>;
  /** Moments and numbers that the server makes up. */
  readonly volatile: Set<string>;
  /** Counts and sums over rows, the figures of pages. */
  readonly sums: Set<string>;
}

/** What the variables of a template stand for. */
export interface TemplateScope {
  /** `module/name` of the collection of `$row`; `''`: none. */
  readonly row: string;
  readonly rows: { readonly collection: string; readonly show: unknown } | undefined;
  /** Collections of `$row#/name` where a token operation issued them. */
  readonly items: ReadonlyMap<string, string>;
  readonly full: (name: unknown) => string;
  readonly data?: unknown;
  /** What `$data` is inside of `data`. */
  readonly shown?: unknown;
}

/** Templates nest no deeper than people write them. */
const MAX_DEPTH = 30;
const SUMS = ['$count', '$sum', '$max', '$ratio', '$size'];

/** Follows a template of a state file and marks the places that it fills. */
export function markTemplate(template: unknown, pointer: string, scope: TemplateScope, marks: AnswerMarks, depth = 0): void {
  if (depth > MAX_DEPTH || template === null || template === undefined) return;
  if (typeof template === 'string') return markText(template, pointer, scope, marks, depth);
  if (typeof template !== 'object') return;
  if (Array.isArray(template)) {
    for (const item of template as readonly unknown[]) markTemplate(item, `${pointer}/*`, scope, marks, depth + 1);
    return;
  }
  const members = record(template);
  const [first] = Object.keys(members);
  if (first?.startsWith('$') === true) return markOperator(first, members, pointer, scope, marks, depth);
  for (const [name, value] of Object.entries(members))
    markTemplate(value, name === '...' ? pointer : childPointer(pointer, name), scope, marks, depth + 1);
}

function markText(text: string, pointer: string, scope: TemplateScope, marks: AnswerMarks, depth: number): void {
  if (text === '$data') return markTemplate(scope.data, pointer, { ...scope, data: scope.shown }, marks, depth + 1);
  const variable = /^\$(row|before|item|outer|rows|matches|total|page|now|uuid)\b(?:[.\w]*)(?:#(.*))?$/.exec(text);
  if (variable === null) {
    if (/\{?\$(?:now|uuid)\b/.test(text)) marks.volatile.add(pointer);
    return;
  }
  const [, name, path = ''] = variable;
  const tokens = path.split('/').slice(1);
  switch (String(name)) {
    case 'row':
    case 'before':
      return markRow(tokens, pointer, scope, marks);
    case 'rows': {
      const at = tokens.length === 0 ? `${pointer}/*` : pointer;
      if (scope.rows === undefined) return;
      const { collection, show } = scope.rows;
      return markTemplate(show ?? '$row', at, { ...scope, row: collection, rows: undefined }, marks, depth + 1);
    }
    case 'total':
    case 'page':
    case 'matches':
      marks.sums.add(pointer);
      return;
    case 'now':
    case 'uuid':
      marks.volatile.add(pointer);
      return;
    default:
  }
}

function markRow(tokens: readonly string[], pointer: string, { row, items }: TemplateScope, marks: AnswerMarks): void {
  const [first, second] = tokens;
  if (first === undefined) {
    if (row !== '') marks.rows.set(pointer, row);
    return;
  }
  const issued = items.get(first);
  if (issued !== undefined && second !== undefined) marks.places.set(pointer, `${issued}#${second}`);
  else if (row !== '' && tokens.length === 1) marks.places.set(pointer, `${row}#${first}`);
}

function markOperator(
  name: string,
  given: Readonly<Record<string, unknown>>,
  pointer: string,
  scope: TemplateScope,
  marks: AnswerMarks,
  depth: number,
): void {
  const next = depth + 1;
  if (SUMS.includes(name)) {
    marks.sums.add(pointer);
    return;
  }
  if (name === '$default' && Array.isArray(given[name])) {
    for (const choice of given[name] as readonly unknown[]) markTemplate(choice, pointer, scope, marks, next);
    return;
  }
  if (name === '$first' || name === '$list') {
    const of = typeof given[name] === 'string' && !given[name].startsWith('$') ? scope.full(given[name]) : '';
    return markTemplate(given['show'] ?? '$row', name === '$list' ? `${pointer}/*` : pointer, { ...scope, row: of }, marks, next);
  }
  if (name === '$each') return markTemplate(given['show'], `${pointer}/*`, scope, marks, next);
  if (name === '$time' || name === '$uri') {
    if (JSON.stringify(given[name]).includes('$now')) marks.volatile.add(pointer);
    else if (typeof given[name] === 'string') markText(given[name], pointer, scope, marks, next);
  }
}
