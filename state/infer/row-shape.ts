import type { Operation } from '../../operations/index.ts';
import type { Row } from '../world.ts';
import { answerOf, isObject, objectsIn, partAt, withPart } from './answer-sample.ts';
import type { Answer } from './answer-sample.ts';
import type { Resource } from './find-resources.ts';
import { keyNames, keyOf, planKey } from './key.ts';
import type { KeyPlan } from './key.ts';
import { plain, singular } from './names.ts';
import { isMarked, membersOf, sayingsAt } from './schema-members.ts';

/** What the answer to reading one member tells about a resource's rows. */
export interface RowShape {
  /** The field of the key. */
  readonly key: string;
  /** The document never shows the key: rows have it all the same. */
  readonly keyHidden: boolean;
  readonly keyNames: readonly string[];
  readonly keyPlan: KeyPlan;
  /** A whole row as the document has it. */
  readonly sample: Row;
  /** Names that the schema has; empty: it names none. */
  readonly known: ReadonlySet<string>;
  readonly readOnly: ReadonlySet<string>;
  readonly writeOnly: ReadonlySet<string>;
  /** The schema's verdict on a row: the fields at fault; `''` for the row as a whole. */
  readonly flaws: (row: Row) => readonly string[];
}

/** A field no document has. */
const HIDDEN_KEY = '_key';
/** Names under which a row stands inside an answer. */
const WRAPPERS = new Set([
  'data',
  'result',
  'results',
  'response',
  'item',
  'payload',
  'body',
  'resource',
  'record',
  'value',
  'entity',
  'object',
]);

/** @returns `undefined` when reading a member shows no object. */
export function rowShapeOf(resource: Resource): RowShape | undefined {
  const get = resource.operations.find(({ verb }) => verb === 'get');
  if (get === undefined) return undefined;
  const answer = answerOf(get.operation);
  const names = keyNames(resource);
  const place = findPlace(answer, resource, names) ?? hiddenPlace(answer, resource);
  if (place === undefined) return undefined;
  const { path, whole } = place;
  const { lookup } = get.operation.validators;
  const members = membersOf(sayingsAt(answer.schema, lookup, path), lookup);
  const marked = (annotation: 'readOnly' | 'writeOnly'): Set<string> =>
    new Set([...members].flatMap(([name, sayings]) => (isMarked(sayings, annotation) ? [name] : [])));
  const writeOnly = marked('writeOnly');
  const row = partAt(whole, path) as Row;
  const sample = Object.fromEntries(Object.entries(row).filter(([name]) => !writeOnly.has(name)));
  const key = keyOf(sample, names);
  const at = path.map((token) => `/${token}`).join('');
  return {
    key: key ?? HIDDEN_KEY,
    keyHidden: key === undefined,
    keyNames: names,
    keyPlan: planKey({
      answer,
      path: [...path, key ?? HIDDEN_KEY],
      sample: key === undefined ? undefined : sample[key],
      withKey: (value) => (key === undefined ? whole : withPart(whole, [...path, key], value)),
      addressing: addressingOf(resource),
    }),
    sample,
    known: members.size === 0 ? new Set() : new Set([...members.keys(), ...Object.keys(sample)].filter((name) => !writeOnly.has(name))),
    readOnly: marked('readOnly'),
    writeOnly,
    flaws: (candidate) =>
      answer
        .flaws(withPart(whole, path, candidate))
        .map((pointer) => (pointer.startsWith(`${at}/`) ? (pointer.slice(at.length + 1).split('/')[0] ?? '') : '')),
  };
}

function addressingOf({ operations }: Resource): { operation: Operation; parameter: string }[] {
  return operations.filter(({ byPath }) => byPath).map(({ operation, keyParameter }) => ({ operation, parameter: keyParameter }));
}

interface Place {
  readonly path: readonly string[];
  /** The sample that the row was found in. */
  readonly whole: unknown;
}

/** The outermost object that has a key: the answer itself, or what is wrapped in it. */
function findPlace({ samples }: Answer, resource: Resource, names: readonly string[]): Place | undefined {
  for (const whole of samples) {
    for (const { path, object } of objectsIn(whole)) {
      if (keyOf(object, names) !== undefined && (path.length === 0 || isWrapper(path, whole, resource))) return { path, whole };
    }
  }
  return undefined;
}

/** Where no key is shown: the answer, or what stands in it under a name that says so. */
function hiddenPlace({ samples }: Answer, resource: Resource): Place | undefined {
  const whole = samples.find(isObject);
  if (whole === undefined) return undefined;
  const wrapped = Array.from(objectsIn(whole)).find(({ path }) => path.length > 0 && isWrapper(path, whole, resource));
  return { path: wrapped?.path ?? [], whole };
}

/** Said by the name, or by being the only object there. */
function isWrapper(path: readonly string[], whole: unknown, { name }: Resource): boolean {
  return path.every((token, index) => {
    const spelled = plain(token);
    if (WRAPPERS.has(spelled) || spelled === plain(name) || spelled === plain(singular(name))) return true;
    const around = partAt(whole, path.slice(0, index));
    return isObject(around) && Object.keys(around).length <= 3 && Object.values(around).filter(isObject).length === 1;
  });
}
