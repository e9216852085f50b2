/**
 * The rules of a schema that no table of fields shows, in words: `if`/`then`/`else`, `dependentRequired`, `dependentSchemas`, `not`, choices between required
 * fields (JSON Schema 2020-12: Core section 10.2, Validation section 6.5). What can't be said in words is shown as the schema's own JSON, so that no rule is lost.
 */
import { record } from '../../operations/index.ts';
import { constraintsOf, shown } from './constraints.ts';
import { code, list, text } from './text.ts';
import type { Text } from './text.ts';

type Keywords = Readonly<Record<string, unknown>>;
/** Finds what a `$ref` inside a rule stands for. */
export type Follow = (schema: Keywords) => Keywords;

/** Words that say nothing about which values are valid. */
const ANNOTATIONS = new Set(['description', 'title', 'example', 'examples', 'deprecated', 'readOnly', 'writeOnly', '$comment', 'default']);
const MAX_DEPTH = 6;

/** Every such rule of one schema object; rules inside of its properties belong to them. */
export function rulesOf(schema: Keywords, follow: Follow): Text[] {
  return [
    ...conditional(schema, follow),
    ...dependencies(schema, follow),
    ...negation(schema, follow),
    ...requiredChoice(schema, 'oneOf'),
    ...requiredChoice(schema, 'anyOf'),
    ...closed(schema),
    ...contains(schema, follow),
  ];
}

/** Whether the branches of a choice only say which fields have to be there: then the rule says it all and no branch is shown. */
export function isRequiredChoice(branches: unknown): branches is readonly Keywords[] {
  return Array.isArray(branches) && branches.length > 0 && branches.every((branch) => requiredOnly(branch) !== undefined);
}

function conditional(schema: Keywords, follow: Follow): Text[] {
  if (schema['if'] === undefined) return [];
  const when = asCondition(schema['if'], follow);
  const rules: Text[] = [];
  if (isDemanding(schema['then'])) {
    const then = asDemand(schema['then'], follow);
    rules.push(text(`${when.zh}时，${then.zh}。`, `If ${when.en}, ${then.en}.`));
  }
  if (isDemanding(schema['else'])) {
    const other = asDemand(schema['else'], follow);
    rules.push(text(`除非${when.zh}，否则${other.zh}。`, `Unless ${when.en}, ${other.en}.`));
  }
  return rules;
}

function dependencies(schema: Keywords, follow: Follow): Text[] {
  // `dependencies` is what both keywords were called before 2019-09.
  const entries = ['dependentRequired', 'dependentSchemas', 'dependencies'].flatMap((key) => Object.entries(record(schema[key])));
  return entries.flatMap(([name, demand]) => {
    const given = code(name);
    if (Array.isArray(demand)) {
      if (demand.length === 0) return [];
      const names = demand.map((item) => code(String(item)));
      return [text(`给出 ${given} 时，必须同时给出 ${names.join('、')}。`, `If ${given} is given, ${names.join(', ')} must be given too.`)];
    }
    if (!isDemanding(demand)) return [];
    const said = asDemand(demand, follow);
    return [text(`给出 ${given} 时，${said.zh}。`, `If ${given} is given, ${said.en}.`)];
  });
}

function negation(schema: Keywords, follow: Follow): Text[] {
  const { not } = schema;
  if (not === undefined || !isDemanding(not)) return [];
  const names = requiredOnly(not);
  if (names !== undefined) {
    const spelt = names.map(code);
    return names.length === 1
      ? [text(`不得给出 ${spelt.join('')}。`, `${spelt.join('')} must not be given.`)]
      : [text(`不得同时给出 ${spelt.join('、')}。`, `${spelt.join(', ')} must not all be given.`)];
  }
  const said = asCondition(not, follow);
  return [text(`不允许：${said.zh}。`, `Not allowed: ${said.en}.`)];
}

function requiredChoice(schema: Keywords, keyword: 'oneOf' | 'anyOf'): Text[] {
  const branches = schema[keyword];
  if (!isRequiredChoice(branches)) return [];
  const groups = branches.map((branch) => (requiredOnly(branch) ?? []).map(code));
  const zh = groups.map((names) => names.join(' + ')).join('、');
  const en = groups.map((names) => names.join(' + ')).join(', ');
  return keyword === 'oneOf'
    ? [text(`${zh} 必须且只能给出一项。`, `Exactly one of ${en} must be given.`)]
    : [text(`${zh} 至少给出一项。`, `At least one of ${en} must be given.`)];
}

function closed(schema: Keywords): Text[] {
  const isClosed = schema['additionalProperties'] === false || schema['unevaluatedProperties'] === false;
  const rules = isClosed ? [text('不接受未列出的字段。', 'Fields that are not listed are refused.')] : [];
  const { propertyNames } = schema;
  if (isDemanding(propertyNames)) {
    const demands = constraintsOf(record(propertyNames));
    const said = demands.length > 0 ? list(demands) : raw(propertyNames);
    rules.push(text(`字段名：${said.zh}。`, `Names of fields: ${said.en}.`));
  }
  return rules;
}

function contains(schema: Keywords, follow: Follow): Text[] {
  if (!isDemanding(schema['contains'])) return [];
  const said = asCondition(schema['contains'], follow);
  const least = typeof schema['minContains'] === 'number' ? schema['minContains'] : 1;
  const most = typeof schema['maxContains'] === 'number' ? schema['maxContains'] : undefined;
  const zh = most === undefined ? `至少 ${least}` : `${least}–${most}`;
  const en = most === undefined ? `At least ${least}` : `${least}–${most}`;
  return [text(`${zh} 个元素满足：${said.zh}。`, `${en} of the items: ${said.en}.`)];
}

/** A schema as the condition of a sentence: “`a` is 1 and `b` is given”. */
function asCondition(schema: unknown, follow: Follow): Text {
  const clauses = clausesOf(schema, follow, 'condition', '', 0);
  return clauses === undefined || clauses.length === 0 ? raw(schema) : list(clauses, '且', ' and ');
}

/** A schema as what has to hold: “`a` must be given, `b` must be null”. */
function asDemand(schema: unknown, follow: Follow): Text {
  const clauses = clausesOf(schema, follow, 'demand', '', 0);
  return clauses === undefined || clauses.length === 0 ? raw(schema) : list(clauses, '，', ', and ');
}

type Mood = 'condition' | 'demand';

/** `undefined` where a keyword is met that has no words here. */
function clausesOf(given: unknown, follow: Follow, mood: Mood, path: string, depth: number): Text[] | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || depth > MAX_DEPTH) return undefined;
  const { required, properties, type, allOf, ...rest } = follow(given as Keywords);
  const names = Array.isArray(required) ? required.map(String) : [];
  const clauses: Text[] = [];
  for (const [name, property] of Object.entries(record(properties))) {
    const inner = valueClauses(property, follow, mood, path + name, depth + 1);
    if (inner === undefined) return undefined;
    clauses.push(...inner);
    // “is 1” already says that it is there.
    if (names.includes(name) && (inner.length === 0 || mood === 'demand')) clauses.unshift(presence([path + name], mood));
  }
  const other = names.filter((name) => !Object.hasOwn(record(properties), name));
  if (other.length > 0)
    clauses.unshift(
      presence(
        other.map((name) => path + name),
        mood,
      ),
    );
  for (const part of Array.isArray(allOf) ? allOf : []) {
    const inner = clausesOf(part, follow, mood, path, depth + 1);
    if (inner === undefined) return undefined;
    clauses.push(...inner);
  }
  if (path === '' && type !== undefined && type !== 'object') return undefined;
  return Object.keys(rest).every(isAnnotation) ? clauses : undefined;
}

function valueClauses(given: unknown, follow: Follow, mood: Mood, path: string, depth: number): Text[] | undefined {
  const name = code(path);
  if (given === false)
    return [mood === 'demand' ? text(`不得给出 ${name}`, `${name} must not be given`) : text(`没有 ${name}`, `${name} is absent`)];
  if (given === true) return [];
  const schema = follow(record(given));
  if (schema['properties'] !== undefined || schema['required'] !== undefined) return clausesOf(given, follow, mood, `${path}.`, depth);
  const { type, enum: values, const: constant, not, ...rest } = schema;
  const clauses: Text[] = [];
  const say = (zh: string, en: string): void =>
    void clauses.push(mood === 'demand' ? text(`${name} 须${zh}`, `${name} must be ${en}`) : text(`${name} ${zh}`, `${name} is ${en}`));
  if (constant !== undefined) say(`为 ${shown(constant)}`, shown(constant));
  if (Array.isArray(values)) say(`为 ${values.map(shown).join('、')} 之一`, `one of ${values.map(shown).join(', ')}`);
  if (type !== undefined && constant === undefined && values === undefined) {
    const types = (Array.isArray(type) ? type : [type]).map((item) => code(String(item)));
    say(`为 ${types.join(' 或 ')}`, types.join(' or '));
  }
  if (not !== undefined) {
    const { const: banned, enum: several, ...more } = record(not);
    const bans = banned === undefined ? several : [banned];
    if (!Array.isArray(bans) || !Object.keys(more).every(isAnnotation)) return undefined;
    say(`不为 ${bans.map(shown).join('、')}`, `none of ${bans.map(shown).join(', ')}`);
  }
  const phrases = constraintsOf(schema);
  if (phrases.length > 0) {
    const { zh, en } = list(phrases);
    clauses.push(
      text(`${name} ${mood === 'demand' ? '须满足' : '满足'} ${zh}`, `${name} ${mood === 'demand' ? 'must have' : 'has'} ${en}`),
    );
  }
  return Object.keys(rest).every((key) => isAnnotation(key) || SPOKEN.has(key)) ? clauses : undefined;
}

/** Keywords that `constraintsOf` puts into words. */
const SPOKEN = new Set([
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'pattern',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'format',
  'contentEncoding',
  'contentMediaType',
]);

function presence(names: readonly string[], mood: Mood): Text {
  const spelt = names.map(code);
  return mood === 'demand'
    ? text(`必须给出 ${spelt.join('、')}`, `${spelt.join(', ')} must be given`)
    : text(`给出了 ${spelt.join('、')}`, `${spelt.join(', ')} ${spelt.length === 1 ? 'is' : 'are'} given`);
}

/** The names that a schema requires where it says nothing else. */
function requiredOnly(schema: unknown): string[] | undefined {
  const { required, properties, type, ...rest } = record(schema);
  if (!Array.isArray(required) || required.length === 0) return undefined;
  if (type !== undefined && type !== 'object') return undefined;
  // A branch may repeat the type of what it requires; the table of fields has it.
  const says = Object.values(record(properties)).some((property) =>
    Object.keys(record(property)).some((key) => key !== 'type' && !isAnnotation(key)),
  );
  return says || !Object.keys(rest).every(isAnnotation) ? undefined : required.map(String);
}

function isDemanding(schema: unknown): boolean {
  if (schema === false) return true;
  return Object.keys(record(schema)).some((key) => !isAnnotation(key));
}

function isAnnotation(key: string): boolean {
  return ANNOTATIONS.has(key) || key.startsWith('x-');
}

function raw(schema: unknown): Text {
  const json = shown(withoutExtensions(schema));
  return text(`满足 ${json}`, `it matches ${json}`);
}

function withoutExtensions(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutExtensions);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith('x-') && key !== 'description')
      .map(([key, item]) => [key, withoutExtensions(item)]),
  );
}
