import { childPointer } from '../../operations/index.ts';
import { changeRow, findRow, insertRow, liveRows, objectAt } from '../collection.ts';
import type { Collection } from '../collection.ts';
import { refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { compilePredicate } from '../predicate.ts';
import type { Predicate } from '../predicate.ts';
import type { Scope } from '../scope.ts';
import type { Template } from '../template-context.ts';
import type { Row } from '../world.ts';
import { part } from './verb.ts';
import type { Verb, VerbContext } from './verb.ts';
import { textOf } from '../text.ts';

/**
 * `do: token`: answers an OAuth-like grant (RFC 6749). `grant` names it; each of `grants` says what proves it:
 *
 * - `{ find: collection, where, otherwise }` a row that fits: user name and password;
 * - `{ spend: collection, key, where, set, otherwise }` a token that is used up by being used (`set` marks it): a refresh token works once.
 *
 * Then a row is added for each of `issue: { name: { in: collection, set } }`; `$row` holds them by name, `$before` is the row that proved the grant.
 */
export function compileToken(context: VerbContext): Verb {
  const { given, pointer } = context;
  const name = part(context, 'grant') ?? (() => undefined);
  const grants = new Map(
    Object.entries(objectAt(given['grants'])).map(
      ([key, value]) => [key, compileGrant(objectAt(value), `${pointer}/grants/${key}`, context)] as const,
    ),
  );
  if (grants.size === 0) context.problem(pointer, 'a token operation needs grants');
  const issues = Object.entries(objectAt(given['issue'])).map(([key, value]) =>
    compileIssue(key, objectAt(value), `${pointer}/issue/${key}`, context),
  );
  return (scope) => {
    const grant = grants.get(String(name(scope)));
    if (grant === undefined) return refused('INVALID');
    const proved = grant(scope);
    if (!proved.ok) return proved;
    const issued: Record<string, Row> = {};
    for (const issue of issues) {
      if (issue.target === undefined) continue;
      issued[issue.key] = insertRow(scope, issue.target, objectAt(issue.set({ ...scope, before: proved.row, row: issued }))).row;
    }
    return { ok: true, before: proved.row, row: issued };
  };
}

type Grant = (scope: Scope) => Outcome;

function compileGrant(given: Row, pointer: string, context: VerbContext): Grant {
  const spends = given['spend'] !== undefined;
  const name = String(given['spend'] ?? given['find']);
  const target = context.collectionModel(name);
  const otherwise = typeof given['otherwise'] === 'string' ? given['otherwise'] : 'UNAUTHORIZED';
  if (target === undefined) {
    context.problem(childPointer(pointer, spends ? 'spend' : 'find'), `there is no collection "${name}"`);
    return () => refused(otherwise);
  }
  const where: Predicate =
    given['where'] === undefined ? () => true : compilePredicate(given['where'], childPointer(pointer, 'where'), context);
  const key: Template | undefined = given['key'] === undefined ? undefined : context.template(given['key'], childPointer(pointer, 'key'));
  const set = context.template(given['set'] ?? {}, childPointer(pointer, 'set'));
  return (scope) => {
    const row = key === undefined ? firstFitting(scope, target, where) : findRow(scope, target, textOf(key(scope)));
    if (row === undefined || !where(row, { ...scope, row })) return refused(otherwise);
    if (!spends) return { ok: true, row };
    const spent = changeRow(scope, target, textOf(row[target.key.field]), row, objectAt(set({ ...scope, row })));
    return { ok: true, row: spent };
  };
}

function firstFitting(scope: Scope, target: Collection, where: Predicate): Row | undefined {
  for (const [, row] of liveRows(scope, target)) if (where(row, { ...scope, row })) return row;
  return undefined;
}

function compileIssue(
  key: string,
  given: Row,
  pointer: string,
  context: VerbContext,
): { key: string; target: Collection | undefined; set: Template } {
  const name = textOf(given['in']);
  const target = context.collectionModel(name);
  if (target === undefined) context.problem(childPointer(pointer, 'in'), `there is no collection "${name}"`);
  return { key, target, set: context.template(given['set'] ?? {}, childPointer(pointer, 'set')) };
}
