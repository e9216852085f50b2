import { childPointer } from '../../operations/index.ts';
import type { Collection } from '../collection.ts';
import { objectOf, unknownKeys } from '../flaws.ts';
import { refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { compileFilter } from '../predicate.ts';
import { changeRow, findRow, firstFitting, insertRow } from '../rows.ts';
import type { Scope } from '../scope.ts';
import { objectAt } from '../shape.ts';
import type { Template } from '../template-context.ts';
import { textOf } from '../text.ts';
import type { Row } from '../world.ts';
import { part } from './verb.ts';
import type { Verb, VerbContext } from './verb.ts';

export const TOKEN_KEYS = ['grant', 'grants', 'issue'] as const;
export const GRANT_KEYS = ['find', 'spend', 'key', 'where', 'set', 'otherwise'] as const;
export const ISSUE_KEYS = ['in', 'set'] as const;

/**
 * `do: token`: answers an OAuth-like grant (RFC 6749). `grant` names it; each of `grants` says what proves it:
 *
 * - `{ find: collection, where, otherwise }` a row that fits: user name and password;
 * - `{ spend: collection, key, where, set, otherwise }` a token that is used up by being used (`set` marks it): a refresh token works once.
 *
 * Then a row is added for each of `issue: { name: { in: collection, set } }`; `$row` holds them by name, `$before` is the row that proved the grant. A grant that is none of these is refused with INVALID.
 */
export function compileToken(context: VerbContext): Verb {
  const { given, pointer, problem } = context;
  const entries = (key: string): [string, Row, string][] =>
    Object.entries(objectOf(given[key], key, childPointer(pointer, key), problem)).map(([name, value]) => {
      const at = childPointer(childPointer(pointer, key), name);
      return [name, objectOf(value, name, at, problem), at];
    });
  const grant = part(context, 'grant');
  if (grant === undefined) problem(pointer, 'a token operation needs the grant that is asked for');
  const grants = new Map(entries('grants').map(([name, value, at]) => [name, compileGrant(value, at, context)] as const));
  if (grants.size === 0) problem(pointer, 'a token operation needs grants');
  const issues = entries('issue').map(([name, value, at]) => ({ name, ...compileIssue(value, at, context) }));
  return (scope) => {
    const proved = grants.get(textOf(grant?.(scope)))?.(scope) ?? refused('INVALID');
    if (!proved.ok) return proved;
    const issued: Record<string, Row> = {};
    for (const { name, target, set } of issues) {
      if (target === undefined) continue;
      issued[name] = insertRow(scope, target, objectAt(set({ ...scope, before: proved.row, row: issued }))).row;
    }
    return { ok: true, before: proved.row, row: issued };
  };
}

type Grant = (scope: Scope) => Outcome;

function compileGrant(given: Row, pointer: string, context: VerbContext): Grant {
  unknownKeys(given, GRANT_KEYS, 'a grant', pointer, context.problem);
  const kind = given['spend'] === undefined ? 'find' : 'spend';
  const target = context.collectionModel(given[kind]);
  const otherwise = context.error(given['otherwise'], 'UNAUTHORIZED', childPointer(pointer, 'otherwise'));
  if (target === undefined) {
    context.problem(childPointer(pointer, kind), `there is no collection "${textOf(given[kind])}"; a grant has find or spend`);
    return () => refused(otherwise);
  }
  const inner = context.withVariables({ row: target.name });
  const where = compileFilter(given['where'], childPointer(pointer, 'where'), inner);
  const key: Template | undefined = given['key'] === undefined ? undefined : context.template(given['key'], childPointer(pointer, 'key'));
  if (key === undefined && given['where'] === undefined)
    context.problem(pointer, 'a grant needs a key, or where: else every request has it');
  context.writes(target.name, given['set']);
  const set = inner.template(given['set'] ?? {}, childPointer(pointer, 'set'));
  return (scope) => {
    const row = key === undefined ? firstFitting(scope, target, where) : findRow(scope, target, textOf(key(scope)));
    if (row === undefined || !where.bind(scope)(row)) return refused(otherwise);
    if (kind === 'find') return { ok: true, row };
    return { ok: true, row: changeRow(scope, target, textOf(row[target.key.field]), row, objectAt(set({ ...scope, row }))) };
  };
}

function compileIssue(
  given: Row,
  pointer: string,
  context: VerbContext,
): { readonly target: Collection | undefined; readonly set: Template } {
  unknownKeys(given, ISSUE_KEYS, 'what is issued', pointer, context.problem);
  const target = context.collectionModel(given['in']);
  if (target === undefined) context.problem(childPointer(pointer, 'in'), `there is no collection "${textOf(given['in'])}"`);
  else context.writes(target.name, given['set']);
  return { target, set: context.template(given['set'] ?? {}, childPointer(pointer, 'set')) };
}
