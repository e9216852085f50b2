import { childPointer } from '../operations/index.ts';
import { compileChecks } from './checks.ts';
import type { Check } from './checks.ts';
import { EMPTY_COLLECTION } from './collection.ts';
import type { Collection } from './collection.ts';
import { compileEffects } from './effects.ts';
import type { Effect } from './effects.ts';
import { isStatus, STATUS_WANTED } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { nearest, objectOf, unknownKeys } from './flaws.ts';
import type { Pager } from './pager.ts';
import { findRow } from './rows.ts';
import type { Scope } from './scope.ts';
import type { Template, Variables } from './template-context.ts';
import { textOf } from './text.ts';
import { compileCreate, CREATE_KEYS } from './verbs/create.ts';
import { compileDelete, DELETE_KEYS } from './verbs/delete.ts';
import { compileGet, GET_KEYS } from './verbs/get.ts';
import { compileList, LIST_KEYS } from './verbs/list.ts';
import { compileToken, TOKEN_KEYS } from './verbs/token.ts';
import { compileTransition, TRANSITION_KEYS } from './verbs/transition.ts';
import { compileUpdate, UPDATE_KEYS } from './verbs/update.ts';
import { compileUpsert, UPSERT_KEYS } from './verbs/upsert.ts';
import type { OperationContext, Verb, VerbContext } from './verbs/verb.ts';
import type { Row } from './world.ts';

/** One operation's behaviour. */
export interface OperationModel {
  readonly operationId: string;
  readonly verb: Verb | undefined;
  readonly checks: readonly Check[];
  readonly effects: readonly Effect[];
  /** What goes into the envelope; `undefined`: what the verb made. */
  readonly data: Template | undefined;
  readonly hasData: boolean;
  readonly show: Template | undefined;
  readonly envelope: Envelope;
  readonly status: number | undefined;
  /** Headers of the answer by name; a value that is absent or null is left to the document. */
  readonly headers: Template | undefined;
  /** The error when the row that the path names is not there; checked before the rest of the request is (404 comes before 400). */
  readonly unaddressed: (scope: Scope) => string | undefined;
}

/** Members of every operation, whatever its verb. */
export const COMMON_KEYS = [
  'do',
  'in',
  'checks',
  'also',
  'show',
  'data',
  'headers',
  'envelope',
  'status',
  'bytes',
  'promises',
  'x-assumption',
] as const;

interface VerbKind {
  readonly keys: readonly string[];
  readonly compile: (context: VerbContext) => Verb;
  /** Needs the row of `key` to be there. */
  readonly addresses?: boolean;
}

export const VERBS: ReadonlyMap<string, VerbKind> = new Map<string, VerbKind>([
  ['create', { keys: CREATE_KEYS, compile: compileCreate }],
  ['upsert', { keys: UPSERT_KEYS, compile: compileUpsert }],
  ['get', { keys: GET_KEYS, compile: compileGet, addresses: true }],
  ['update', { keys: UPDATE_KEYS, compile: compileUpdate, addresses: true }],
  ['delete', { keys: DELETE_KEYS, compile: compileDelete, addresses: true }],
  ['list', { keys: LIST_KEYS, compile: compileList }],
  ['transition', { keys: TRANSITION_KEYS, compile: compileTransition, addresses: true }],
  ['token', { keys: TOKEN_KEYS, compile: compileToken }],
]);

/** What of the file around an operation it refers to by name. */
export interface OperationParts {
  readonly context: OperationContext;
  readonly envelope: (name: unknown, pointer: string) => Envelope;
  readonly pager: (name: unknown, pointer: string) => Pager | undefined;
  /** The names of the module's own collections, to be told. */
  readonly names: ReadonlySet<string>;
}

/** Compiles one entry of `operations`. */
export function compileOperation(operationId: string, given: Row, pointer: string, parts: OperationParts): OperationModel {
  const { context } = parts;
  const at = (key: string): string => childPointer(pointer, key);
  const verb = textOf(given['do']);
  const kind = VERBS.get(verb);
  if (given['do'] !== undefined && kind === undefined)
    context.problem(at('do'), `there is no verb "${verb}"${nearest(verb, VERBS.keys())}; there are ${[...VERBS.keys()].join(', ')}`);
  else
    unknownKeys(
      given,
      [...COMMON_KEYS, ...(kind?.keys ?? [])],
      kind === undefined ? 'an operation without a verb' : `do: ${verb}`,
      pointer,
      context.problem,
    );
  const target = verb === 'token' || kind === undefined ? undefined : targetOf(given, pointer, parts);
  // What a token operation tells of by $row is a row for each name of `issue`.
  const variables: Variables = target === undefined ? {} : { row: target.name, before: target.name };
  const optional = (key: string): Template | undefined =>
    given[key] === undefined ? undefined : context.withVariables(variables).template(given[key], at(key));
  const { status, data } = given;
  // What the mock does not do by the state file is compiled all the same, for its flaws.
  optional('bytes');
  judgePromises(operationId, given, pointer, parts);
  if (status !== undefined && !isStatus(status)) context.problem(at('status'), STATUS_WANTED);
  const runs = kind !== undefined && (target !== undefined || verb === 'token');
  return {
    operationId,
    verb: runs ? kind.compile({ ...context, pointer, given, target: target ?? EMPTY_COLLECTION, pager: parts.pager }) : undefined,
    checks: compileChecks(given['checks'], at('checks'), context),
    effects: compileEffects(given['also'], at('also'), context, variables),
    data: optional('data'),
    hasData: data !== null && (data !== undefined || given['show'] !== undefined || verb === 'get' || verb === 'list'),
    show: verb === 'list' ? undefined : optional('show'),
    envelope: parts.envelope(given['envelope'], at('envelope')),
    status: isStatus(status) ? status : undefined,
    headers: optional('headers'),
    unaddressed: kind?.addresses === true && target !== undefined ? addressOf(given, pointer, target, context) : () => undefined,
  };
}

/** What an operation promises beside what the mock does by this entry, since an override does it: for whoever judges a real backend. It stands over the entry's own members. */
function judgePromises(operationId: string, { promises, ...own }: Row, pointer: string, parts: OperationParts): void {
  if (promises === undefined) return;
  const at = childPointer(pointer, 'promises');
  const promised = objectOf(promises, 'promises', at, parts.context.problem);
  const { refusals = [], ...members } = promised;
  judgeRefusals(refusals, childPointer(at, 'refusals'), parts.context);
  if (members['promises'] !== undefined) parts.context.problem(childPointer(at, 'promises'), 'promises have none of their own');
  else compileOperation(operationId, { ...own, ...members }, at, parts);
}

/** The errors that code alone tells: nobody else names them. */
function judgeRefusals(refusals: unknown, at: string, context: OperationContext): void {
  if (!Array.isArray(refusals)) return context.problem(at, 'it must be a list of names of errors');
  for (const [index, name] of refusals.entries()) context.error(name, 'INVALID', childPointer(at, index));
}

function targetOf(given: Row, pointer: string, { context, names }: OperationParts): Collection | undefined {
  const name = given['in'];
  const target = context.collectionModel(name);
  if (target === undefined) {
    const known = [...names].join(', ') || 'none';
    context.problem(
      childPointer(pointer, 'in'),
      `there is no collection "${textOf(name)}"${nearest(textOf(name), names)}; there are ${known}`,
    );
  }
  return target;
}

/** A key that the path alone names: one of its values, or several in one text. */
const BY_PATH = /^(?:\$request\.path\.[^{}]+|(?:[^{}]*\{\$request\.path\.[^{}]+\})+)$/;

/** For operations on one row that the path names: the name of their error when there is no such row. */
function addressOf(given: Row, pointer: string, target: Collection, context: OperationContext): OperationModel['unaddressed'] {
  const { key, missing, otherwise } = given;
  if (typeof key !== 'string' || !BY_PATH.test(key) || missing !== undefined) return () => undefined;
  const read = context.template(key, childPointer(pointer, 'key'));
  return (scope) => (findRow(scope, target, textOf(read(scope))) === undefined ? textOf(otherwise, 'NOT_FOUND') : undefined);
}
