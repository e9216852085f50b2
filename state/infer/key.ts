import { childPointer, generate } from '../../operations/index.ts';
import type { Operation } from '../../operations/index.ts';
import type { KeyStrategy } from '../collection.ts';
import { keyLike } from '../key-like.ts';
import type { Row } from '../world.ts';
import type { Answer } from './answer-sample.ts';
import type { Resource } from './find-resources.ts';
import { plain, singular, wordsOf } from './names.ts';
import { allowsType, keyword, sayingsAt, sayingsOf } from './schema-members.ts';
import type { Sayings } from './schema-members.ts';

/** How a collection's keys are made, in the form of a state file. */
export interface KeyPlan {
  readonly strategy: KeyStrategy;
  readonly start?: number;
  readonly like?: string;
  /** The first key that will be made. */
  readonly first: unknown;
}

/**
 * What the field may be called that a path's parameter names, the likeliest first, without spelling: `{petId}` of `/pets` is `petId`, then `id`; `{user_name}` is `user_name`, then `name`.
 */
export function keyNames({ keyParameter, name }: Pick<Resource, 'keyParameter' | 'name'>): string[] {
  const words = wordsOf(keyParameter);
  const tails = words.map((_, index) => words.slice(index).join(''));
  const last = words.at(-1) ?? '';
  return [
    ...new Set([
      plain(keyParameter),
      ...tails,
      plain(singular(name)) + last,
      `${plain(singular(name))}id`,
      'id',
      'uuid',
      'guid',
      'uid',
      'sid',
    ]),
  ];
}

/** The member of an object that is its key. */
export function keyOf(object: Row, names: readonly string[]): string | undefined {
  const members = Object.keys(object).filter((name) => ['string', 'number', 'bigint'].includes(typeof object[name]));
  for (const wanted of names) {
    const found = members.find((name) => plain(name) === wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
/** Keys are tried out as the first, some of the following, and where one more place is needed. */
const TRIED = [0, 1, 2, 9, 10, 35, 99, 100, 1000];

interface KeyPlace {
  readonly answer: Answer;
  /** Where the key stands in the answer. */
  readonly path: readonly string[];
  readonly sample: unknown;
  /** The answer with a key put in. */
  readonly withKey: (key: unknown) => unknown;
  /** Operations whose path names the key, with the name of its parameter there. */
  readonly addressing: readonly { readonly operation: Operation; readonly parameter: string }[];
}

/** A way of making keys that the schema of the key and every path that takes one allow. */
export function planKey(place: KeyPlace): KeyPlan {
  const { answer, path, sample, addressing } = place;
  const { lookup } = addressing[0]?.operation.validators ?? { lookup: () => undefined };
  const sayings = sayingsAt(answer.schema, lookup, path);
  const pointer = path.reduce(childPointer, '');
  const isGood = (key: unknown): boolean =>
    !answer.flaws(place.withKey(key)).includes(pointer) && addressing.every(({ operation, parameter }) => takes(operation, parameter, key));
  if (typeof sample === 'number' || typeof sample === 'bigint' || !allowsType(sayings, 'string')) {
    const asked = addressing.flatMap(({ operation, parameter }) => sayingsOf(schemaOf(operation, parameter), operation.validators.lookup));
    const start = firstNumber([...sayings, ...asked]);
    return { strategy: 'sequence', start, first: start };
  }
  const given = exampleOf(sayings) ?? (typeof sample === 'string' && !/^(?:string|)$/.test(sample) ? sample : undefined);
  if (typeof given === 'string' && UUID.test(given)) return { strategy: 'uuid', first: given };
  const generated = (['sample', 'fake'] as const).flatMap((mode) =>
    ['1', '2', '3'].map((seed) => generate({ allOf: sayings }, { mode, seed, lookup, validate: isGood, omit: 'none' }).value),
  );
  const hex = '0b57f2a19c4e4d7f8a3d6c5e1f209b84';
  const uuid = '3d0a9f5e-8a44-4c0b-9d3e-5b6f7a8c9d0e';
  const prefixed = typeof given === 'string' && /^[A-Za-z]+[_-][A-Za-z\d]/.test(given);
  const hasForm = sayings.some((schema) => ['pattern', 'maxLength', 'format', 'enum'].some((name) => schema[name] !== undefined));
  const plans: (KeyPlan | undefined)[] = [
    prefixed || hasForm ? likePlan(given) : undefined,
    { strategy: 'hex32', first: hex },
    { strategy: 'uuid', first: uuid },
    likePlan('1000001'),
    likePlan(given),
    ...generated.map(likePlan),
    likePlan('a0001'),
    likePlan('a1'),
  ];
  const samplesOf = (plan: KeyPlan): unknown[] =>
    plan.like === undefined ? [plan.first] : TRIED.map((count) => keyLike(plan.like ?? '', count));
  const fitting = plans.find((plan): plan is KeyPlan => plan !== undefined && samplesOf(plan).every(isGood));
  // Nothing fits for certain: what the document shows comes nearest.
  return (
    fitting ??
    likePlan(given) ??
    likePlan(generated.find((value) => typeof value === 'string' && isGood(value))) ?? { strategy: 'hex32', first: hex }
  );
}

function likePlan(like: unknown): KeyPlan | undefined {
  return typeof like === 'string' && /[A-Za-z\d]{1,}$/.test(like) ? { strategy: 'like', like, start: 0, first: like } : undefined;
}

function schemaOf(operation: Operation, parameter: string): unknown {
  return operation.parameters.find((declared) => declared.in === 'path' && declared.name === parameter)?.schema;
}

function takes(operation: Operation, parameter: string, key: unknown): boolean {
  const validator = operation.parameters.find((declared) => declared.in === 'path' && declared.name === parameter)?.validator;
  if (validator === undefined || validator.isValid(key)) return true;
  return typeof key === 'string' ? /^\d+$/.test(key) && validator.isValid(Number(key)) : validator.isValid(String(key));
}

function exampleOf(sayings: Sayings): unknown {
  const examples = keyword(sayings, 'examples');
  return Array.isArray(examples) ? examples[0] : keyword(sayings, 'default');
}

function firstNumber(sayings: Sayings): number {
  const numbers = (name: string): number[] => sayings.flatMap((schema) => (typeof schema[name] === 'number' ? [schema[name]] : []));
  const least = Math.max(1, ...numbers('minimum').map(Math.ceil), ...numbers('exclusiveMinimum').map((bound) => Math.floor(bound) + 1));
  const [step] = numbers('multipleOf');
  return step === undefined || !Number.isInteger(step) ? least : Math.ceil(least / step) * step;
}
