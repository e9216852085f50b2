import { pointerTokens } from '../operations/index.ts';
import { nearest } from './flaws.ts';
import type { Scope } from './scope.ts';

/** A compiled runtime expression: a function from the scope to a value; `undefined` where it leads nowhere. */
export type Expression = (scope: Scope) => unknown;

export type CompiledExpression =
  | {
      readonly ok: true;
      readonly expression: Expression;
      /** The variable it begins with, such as `row`. */
      readonly root: string;
      /** The members it follows from there. */
      readonly tokens: readonly string[];
    }
  | { readonly ok: false; readonly reason: string };

/** The names that stand at the head of an expression, each with the members it has. */
const REQUEST_PARTS = ['body', 'path', 'query', 'header', 'cookie', 'files'] as const;
const ROOTS = ['row', 'before', 'outer', 'item', 'index', 'data', 'rows', 'matches', 'total', 'page', 'error'] as const;
const NOW_FORMS = ['iso', 'ms', 'seconds', 'local', 'date'] as const;

/** What a pager tells about a page. */
export const PAGE_MEMBERS = [
  'current',
  'size',
  'total',
  'pages',
  'number',
  'offset',
  'count',
  'from',
  'to',
  'first',
  'last',
  'next',
  'previous',
  'lastPage',
  'empty',
  'paged',
  'unpaged',
] as const;
/** Variables of which every member is known. */
const MEMBERS: Readonly<Partial<Record<string, readonly string[]>>> = {
  page: PAGE_MEMBERS,
  error: ['name', 'code', 'message', 'status'],
  index: [],
  total: [],
};

/**
 * Compiles one expression: OpenAPI's runtime expressions (OpenAPI 3.1 section 4.8.20.4: `$request.body#/id`, `$request.path.taskId`, `$method`, `$url`) and the
 * state file's own variables (`$row`, `$before`, `$outer`, `$item`, `$index`, `$page`, `$total`, `$rows`, `$matches`, `$data`, `$error`, `$now`, `$uuid`, `$absent`).
 * A JSON pointer after `#` goes into the value.
 */
export function compileExpression(text: string): CompiledExpression {
  const hash = text.indexOf('#');
  const head = hash < 0 ? text : text.slice(0, hash);
  const inner = hash < 0 ? [] : pointerTokens(text.slice(hash + 1));
  if (inner === undefined) return { ok: false, reason: `${text}: what follows # must be a JSON pointer such as #/id` };
  const [root = '', ...members] = head.slice(1).split('.');
  if (root === 'request') return requestExpression(members, inner, head);
  const known = ROOTS.find((name) => name === root);
  if (known !== undefined) {
    const tokens = [...members, ...inner];
    const [first] = tokens;
    const allowed = MEMBERS[known];
    if (first !== undefined && allowed !== undefined && !allowed.includes(first))
      return {
        ok: false,
        reason: `${text}: $${known} has no "${first}"${nearest(first, allowed)}; it has ${allowed.join(', ') || 'no members'}`,
      };
    const variable: Expression = known === 'matches' ? matchesOf : (scope) => scope[known];
    return { ok: true, root, tokens, expression: tokens.length === 0 ? variable : (scope) => follow(variable(scope), tokens) };
  }
  const value = valueOf(root, members, head);
  if (typeof value === 'string') return { ok: false, reason: value };
  if (inner.length > 0) return { ok: false, reason: `${text}: $${root} has no members` };
  return { ok: true, root, tokens: [], expression: value };
}

function matchesOf({ matches }: Scope): unknown {
  return typeof matches === 'function' ? matches() : matches;
}

/** Variables that are plain values. */
function valueOf(root: string, members: readonly string[], head: string): Expression | string {
  if (root === 'now') {
    const form = members.length === 0 ? 'iso' : NOW_FORMS.find((known) => known === members.join('.'));
    return form === undefined ? `${head}: $now has the forms ${NOW_FORMS.join(', ')}` : (scope) => scope.clock.write(scope.now, form);
  }
  const values: Readonly<Record<string, Expression>> = {
    method: (scope) => scope.request.method,
    url: (scope) => scope.request.url,
    uuid: (scope) => scope.uuid(),
    absent: () => undefined,
  };
  const value = Object.hasOwn(values, root) ? values[root] : undefined;
  if (value === undefined) {
    const names = ['request', 'method', 'url', 'now', 'uuid', 'absent', ...ROOTS];
    return `${head}: there is no such variable${nearest(root, names)}; there are ${names.map((name) => `$${name}`).join(', ')}`;
  }
  return members.length === 0 ? value : `${head}: $${root} has no members`;
}

function requestExpression([part, ...members]: readonly string[], inner: readonly string[], head: string): CompiledExpression {
  const known = REQUEST_PARTS.find((name) => name === part);
  if (known === undefined) return { ok: false, reason: `${head}: a request has ${REQUEST_PARTS.join(', ')}` };
  if (known === 'body' && members.length > 0) return { ok: false, reason: `${head}: write $request.body#/${members.join('/')}` };
  const name = members.join('.');
  const root = `request.${known}`;
  // A parameter's name may hold dots.
  const tokens = members.length === 0 ? inner : [name, ...inner];
  if (known !== 'header' || members.length === 0)
    return { ok: true, root, tokens, expression: (scope) => follow(scope.request[known], tokens) };
  // Header names are case-insensitive (RFC 9110 section 5.1).
  const lower = name.toLowerCase();
  const header: Expression = (scope) => Object.entries(scope.request.header).find(([key]) => key.toLowerCase() === lower)?.[1];
  return { ok: true, root, tokens, expression: inner.length === 0 ? header : (scope) => follow(header(scope), inner) };
}

/** Own members only: `constructor` of a row is what the row holds, not what JavaScript does. */
export function follow(value: unknown, tokens: readonly string[]): unknown {
  let current = value;
  for (const token of tokens) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, token)) return undefined;
    // The length of a list is no member of it.
    if (Array.isArray(current) && token === 'length') return undefined;
    current = (current as Record<string, unknown>)[token];
  }
  return current;
}
