import { childPointer, generate, isJson } from '../../operations/index.ts';
import type { Operation } from '../../operations/index.ts';
import type { Row } from '../world.ts';
import { isObject } from './answer-sample.ts';
import { plain } from './names.ts';
import type { RowShape } from './row-shape.ts';
import { allowsType, isMarked, keyword, membersOf, sayingsAt, sayingsOf } from './schema-members.ts';
import type { Sayings } from './schema-members.ts';

/** What a request's body says about a row. */
export interface BodyForm {
  /** The expression of the body's object; `$item` where the body is a list of rows. */
  readonly source: string;
  readonly isList: boolean;
  /** The fields of the row that the body may give, by the name that they have there; readOnly ones are left out. */
  readonly fields: ReadonlyMap<string, string>;
  /** Names in the body that are not taken over: readOnly, writeOnly, or unknown to every answer. */
  readonly dropped: readonly string[];
  readonly required: ReadonlySet<string>;
  /** Fields of the row that have a default in the body's schema. */
  readonly preset: ReadonlySet<string>;
  /** A valid body's fields, under the names of the row. */
  readonly sample: Row;
}

/** @param isShown whether an answer knows a field of this name. */
export function bodyFormOf(operation: Operation, shape: RowShape, isShown: (name: string) => boolean): BodyForm | undefined {
  const contents = operation.requestBody?.contents ?? [];
  const content = contents.find((candidate) => isJson(candidate.range)) ?? contents[0];
  const validator = content?.validator;
  if (validator === undefined) return undefined;
  const { lookup } = operation.validators;
  const whole = sayingsOf(validator.schema, lookup);
  const isList = !allowsType(whole, 'object');
  const outer = isList ? sayingsAt(validator.schema, lookup, ['*']) : whole;
  if (outer.length === 0 || !allowsType(outer, 'object')) return undefined;
  const fieldOf = (name: string): string | undefined => {
    if (shape.known.has(name) || name === shape.key) return name;
    const alike = [...shape.known].filter((known) => plain(known) === plain(name));
    return alike.length === 1 ? alike[0] : shape.keyHidden && shape.keyNames.includes(plain(name)) ? shape.key : undefined;
  };
  const wrapper = wrapperOf(membersOf(outer, lookup), (sayings) => membersOf(sayings, lookup), fieldOf);
  const sayings = wrapper === undefined ? outer : (membersOf(outer, lookup).get(wrapper) ?? []);
  const made = generate(validator.schema, { mode: 'sample', seed: '1', lookup, validate: validator.isValid, omit: 'readOnly' }).value;
  const one: unknown = Array.isArray(made) ? made[0] : made;
  const inside = isObject(one) && wrapper !== undefined ? one[wrapper] : one;

  const fields = new Map<string, string>();
  const dropped: string[] = [];
  const preset = new Set<string>();
  for (const [name, member] of membersOf(sayings, lookup)) {
    const field = fieldOf(name) ?? name;
    const isKnown = shape.known.size === 0 || shape.known.has(field) || field === shape.key || isShown(field);
    if (
      isMarked(member, 'readOnly') ||
      shape.readOnly.has(field) ||
      isMarked(member, 'writeOnly') ||
      shape.writeOnly.has(field) ||
      !isKnown
    ) {
      dropped.push(name);
      continue;
    }
    fields.set(name, field);
    if (keyword(member, 'default') !== undefined) preset.add(field);
  }
  const required = new Set(sayings.flatMap((schema) => (Array.isArray(schema['required']) ? schema['required'].map(String) : [])));
  const sample = Object.entries(isObject(inside) ? inside : {}).flatMap(([name, value]) => {
    const field = fields.get(name);
    return field === undefined ? [] : [[field, value] as const];
  });
  const root = isList ? '$item' : '$request.body';
  const source = wrapper === undefined ? root : `${root}#${childPointer('', wrapper)}`;
  return { source, isList, fields, dropped, required, preset, sample: Object.fromEntries(sample) };
}

/** The member that holds what becomes the row, where the body says it one level deeper. */
function wrapperOf(
  members: ReadonlyMap<string, Sayings>,
  inside: (sayings: Sayings) => ReadonlyMap<string, Sayings>,
  fieldOf: (name: string) => string | undefined,
): string | undefined {
  const shared = (names: Iterable<string>): number => Array.from(names).filter((name) => fieldOf(name) !== undefined).length;
  let best: string | undefined;
  let most = shared(members.keys());
  for (const [name, sayings] of members) {
    if (fieldOf(name) !== undefined) continue;
    const count = shared(inside(sayings).keys());
    if (count > most) [best, most] = [name, count];
  }
  return best;
}

/** The template of a row's fields from a body: as it stands, renamed where the row spells them otherwise. */
export function setOf(form: BodyForm): Row {
  const renamed = [...form.fields].filter(([name, field]) => name !== field);
  const pointer = (name: string): string => childPointer(`${form.source}${form.source.includes('#') ? '' : '#'}`, name);
  return {
    '...': form.source,
    ...Object.fromEntries([...form.dropped, ...renamed.map(([name]) => name)].map((name) => [name, '$absent'])),
    ...Object.fromEntries(renamed.map(([name, field]) => [field, pointer(name)])),
  };
}
