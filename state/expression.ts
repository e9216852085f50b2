import { pointerTokens } from '../operations/index.ts';
import type { Scope } from './scope.ts';

/** A compiled runtime expression: a function from the scope to a value; `undefined` where it leads nowhere. */
export type Expression = (scope: Scope) => unknown;

export type CompiledExpression = { readonly ok: true; readonly expression: Expression } | { readonly ok: false; readonly reason: string };

/** The names that stand at the head of an expression, each with the members it has. */
const REQUEST_PARTS = ['body', 'path', 'query', 'header', 'cookie'] as const;
const ROOTS = ['row', 'before', 'outer', 'item', 'index', 'data', 'rows', 'matches', 'total', 'page', 'error', 'file'] as const;
const NOW_FORMS = ['iso', 'ms', 'seconds', 'local', 'date'] as const;

/**
 * Compiles one expression: OpenAPI's runtime expressions (OpenAPI 3.1 section 4.8.20.4: `$request.body#/id`, `$request.path.taskId`, `$method`, `$url`) and the
 * state file's own variables (`$row`, `$before`, `$outer`, `$item`, `$index`, `$page`, `$total`, `$rows`, `$matches`, `$data`, `$error`, `$now`, `$uuid`). A JSON pointer after `#` goes into the value.
 */
export function compileExpression(text: string): CompiledExpression {
  const hash = text.indexOf('#');
  const head = hash < 0 ? text : text.slice(0, hash);
  const tokens = hash < 0 ? [] : pointerTokens(text.slice(hash + 1));
  if (tokens === undefined) return { ok: false, reason: `${text}: what follows # must be a JSON pointer such as #/id` };
  const root = compileHead(head);
  if (typeof root === 'string') return { ok: false, reason: root };
  return { ok: true, expression: tokens.length === 0 ? root : (scope) => follow(root(scope), tokens) };
}

function compileHead(head: string): Expression | string {
  const [name = '', ...rest] = head.slice(1).split('.');
  const member = rest.join('.');
  if (name === 'request') return requestPart(member, head);
  if (name === 'method') return (scope) => scope.request.method;
  if (name === 'url') return (scope) => scope.request.url;
  if (name === 'absent') return () => undefined;
  if (name === 'uuid') return (scope) => scope.uuid();
  if (name === 'now') {
    const form = member === '' ? 'iso' : NOW_FORMS.find((known) => known === member);
    return form === undefined ? `${head}: $now has the forms ${NOW_FORMS.join(', ')}` : (scope) => scope.clock.write(scope.now, form);
  }
  const root = ROOTS.find((known) => known === name);
  if (root === undefined)
    return `${head}: there is no such variable; there are $request, $method, $url, $now, $uuid, ${ROOTS.map((known) => `$${known}`).join(', ')}`;
  if (member === '') return (scope) => scope[root];
  const path = member.split('.');
  return (scope) => follow(scope[root], path);
}

function requestPart(member: string, head: string): Expression | string {
  const dot = member.indexOf('.');
  const part = REQUEST_PARTS.find((known) => known === (dot < 0 ? member : member.slice(0, dot)));
  if (part === undefined) return `${head}: a request has ${REQUEST_PARTS.join(', ')}`;
  if (part === 'body') return dot < 0 ? (scope) => scope.request.body : `${head}: write $request.body#/name`;
  if (dot < 0) return (scope) => scope.request[part];
  const name = member.slice(dot + 1);
  if (part !== 'header') return (scope) => scope.request[part][name];
  // Header names are case-insensitive (RFC 9110 section 5.1).
  const lower = name.toLowerCase();
  return (scope) => Object.entries(scope.request.header).find(([key]) => key.toLowerCase() === lower)?.[1];
}

/** Own members only: `constructor` of a row is what the row holds, not what JavaScript does. */
export function follow(value: unknown, tokens: readonly string[]): unknown {
  let current = value;
  for (const token of tokens) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, token)) return undefined;
    current = (current as Record<string, unknown>)[token];
  }
  return current;
}
