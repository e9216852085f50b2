import { createRequire } from 'node:module';
import type { Faker } from '@faker-js/faker';
import { currentName } from './faker-names.ts';
import { isRecord } from './keywords.ts';
import { preparedTexts } from './prepared-texts.ts';
import { randomFrom, type Random } from './random.ts';

/** "Now" for every generated date: the same value has to come out on every day. */
const REFERENCE_DATE = '2024-06-01T00:00:00.000Z';

const load = createRequire(import.meta.url);
const source = { random: randomFrom(0) };
let instance: Faker | undefined;

/**
 * faker with Chinese data, at the start of the stream of a seed. It is the kit's own instance with its own random numbers:
 * nothing else in the process can disturb it, and setting the seed costs nothing.
 *
 * Loaded when first used, because that takes tens of milliseconds that a server which never fakes need not pay.
 */
function fakerAt(seed: number): Faker {
  instance ??= createFaker();
  source.random = randomFrom(seed);
  return instance;
}

/** Texts by faker, drawn from a list that is made of them as they are needed. */
export function fakerTexts(kind: string, make: (faker: Faker) => string): (random: Random) => string {
  const draw = preparedTexts(kind, (seed) => make(fakerAt(seed)));
  return (random) => draw(random.int(0, 0xffffffff)) ?? '';
}

function createFaker(): Faker {
  const { faker } = load('@faker-js/faker/locale/zh_CN') as { faker: Faker };
  // The entry of one locale exports only an instance; importing the class would load all seventy locales.
  const made = Reflect.construct(faker.constructor, [
    { locale: faker.rawDefinitions, randomizer: { next: () => source.random.next(), seed: () => undefined } },
  ]) as Faker;
  made.setDefaultRefDate(REFERENCE_DATE);
  return made;
}

/** Modules whose methods could be made to run or grow without end, or that are no data. */
const REFUSED_MODULES: ReadonlySet<string> = new Set(['fakerCore', 'definitions', 'rawDefinitions']);
/** Of the helpers, those that only choose or tidy what they are given. */
const HELPERS: ReadonlySet<string> = new Set(['slugify', 'arrayElement', 'arrayElements']);
const GREATEST_ARGUMENT = 1000;

/**
 * The value of an `x-faker` annotation: `person.firstName`, `{ "person.firstName": ["female"] }` or `{ "lorem.words": 3 }`.
 * @returns `undefined` when it names no method of faker or the call fails.
 */
export function callFaker(annotation: unknown, seed: number): unknown {
  const [path, given]: readonly [unknown, unknown] = isRecord(annotation) ? (Object.entries(annotation)[0] ?? ['', []]) : [annotation, []];
  if (typeof path !== 'string') return undefined;
  const [moduleName = '', methodName = '', ...rest] = currentName(path).split('.');
  if (rest.length > 0 || REFUSED_MODULES.has(moduleName) || methodName === 'constructor') return undefined;
  if (moduleName === 'helpers' && !HELPERS.has(methodName)) return undefined;
  const parameters: readonly unknown[] = Array.isArray(given) ? given : [given];
  // A length of a thousand million is not meant; spans of `number.int` and `date.between` may be as wide as they like.
  if (!['number', 'date', 'finance', 'commerce'].includes(moduleName) && !isModest(parameters)) return undefined;
  const faker: unknown = fakerAt(seed);
  const owner = readMember(faker, moduleName);
  const method = readMember(owner, methodName);
  if (typeof method !== 'function') return undefined;
  try {
    const value: unknown = Reflect.apply(method, owner, parameters);
    if (value instanceof Date) return value.toISOString();
    return typeof value === 'bigint' ? Number(value) : value;
  } catch {
    return undefined;
  }
}

function readMember(owner: unknown, name: string): unknown {
  return typeof owner === 'object' && owner !== null && !(name in Object.prototype) ? Reflect.get(owner, name) : undefined;
}

function isModest(value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) <= GREATEST_ARGUMENT;
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isModest);
  return true;
}
