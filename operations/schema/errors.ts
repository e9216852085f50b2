import type { Discriminator } from './discriminator.ts';
import type { Failure } from './failure.ts';

/** Judges a value by one branch of a `oneOf` or `anyOf`, alone. */
export type JudgeBranch = (branch: unknown, value: unknown) => readonly Failure[];

/** Branches are looked into for at most this many failed choices of one value; the others are told as a whole. */
const MAX_CHOICES = 100;

/**
 * Makes of the failures those that tell a person what to change.
 *
 * A failed `oneOf` or `anyOf` is reported as a whole (see keywords.ts). It is replaced by the errors of one branch where it is clear which one is
 * meant: with a discriminator (OpenAPI 3.1 section 4.8.25) the one that the value names; otherwise the only one, or the only one that the value's
 * type or constants fit. The branch that `nullable` added is never worth a word.
 * @param judge gives the errors of a branch; their place is relative to the branch's value.
 */
export function relevantErrors(errors: readonly Failure[], judge: JudgeBranch, budget = { choices: MAX_CHOICES }): readonly Failure[] {
  if (errors.every(standsForItself)) return once(errors);
  const undecided = new Set(errors.filter((error) => isChoice(error) || error.keyword === 'if').map((error) => error.instancePath));
  const kept = errors.filter((error) => {
    // The key itself is judged inside `propertyNames`: "must match pattern" would be read as said of the object.
    if (error.propertyName !== undefined && error.keyword !== 'propertyNames') return false;
    // What no branch has evaluated is unevaluated only because no branch matched, or because a "then" did not hold.
    return !(error.keyword.startsWith('unevaluated') && undecided.has(error.instancePath));
  });
  const relevant = kept.flatMap((error) => (isChoice(error) ? expand(error, judge, budget) : [error]));
  return once(relevant.filter((error) => error.keyword !== 'if' || relevant.length === 1));
}

/** The errors less those that say the same of the same value: a schema that two others inherit is asked twice. */
function once(errors: readonly Failure[]): readonly Failure[] {
  if (errors.length < 2 || (errors.length <= FEW && !haveTwins(errors))) return errors;
  const known = new Map<unknown, Set<string>>();
  return errors.filter(({ keyword, instancePath, params, parentSchema }) => {
    let told = known.get(parentSchema);
    if (told === undefined) known.set(parentSchema, (told = new Set()));
    const names = NAMES.map((name) => (params as Readonly<Record<string, unknown>>)[name]);
    const text = JSON.stringify([keyword, instancePath, ...names]);
    return !told.has(text) && told.add(text);
  });
}

/** Of so many errors each is compared with each other one. */
const FEW = 16;

/** Whether a keyword of one schema was found broken twice at one place. */
function haveTwins(errors: readonly Failure[]): boolean {
  return errors.some((error, index) => {
    for (let other = index + 1; other < errors.length; other += 1) {
      const twin = errors[other];
      if (twin?.parentSchema === error.parentSchema && twin?.keyword === error.keyword && twin.instancePath === error.instancePath)
        return true;
    }
    return false;
  });
}

/** What an error says of names: texts, all of them. */
const NAMES = ['property', 'missingProperty', 'additionalProperty', 'unevaluatedProperty', 'propertyName'];

/** Most errors: nothing about them depends on what else is wrong. */
function standsForItself({ keyword, propertyName }: Failure): boolean {
  return propertyName === undefined && keyword !== 'oneOf' && keyword !== 'anyOf' && keyword !== 'if';
}

function isChoice(error: Failure): boolean {
  return (error.keyword === 'oneOf' || error.keyword === 'anyOf') && Array.isArray(error.schema);
}

/** The errors that stand for a failed choice: those of the branch that is meant, or its own. */
function expand(whole: Failure, judge: JudgeBranch, budget: { choices: number }): readonly Failure[] {
  const { passingSchemas } = whole.params as { passingSchemas?: readonly number[] };
  // Which of the branches that a value fits is meant, the discriminator says.
  if (Array.isArray(passingSchemas)) return namesOne(whole, passingSchemas) ? [] : [whole];
  budget.choices -= 1;
  if (budget.choices < 0) return [whole];
  const branches = (whole.schema as unknown[]).filter((branch) => !isNullBranch(branch));
  const named = byDiscriminator(whole);
  const isNameless = named !== undefined && named.branch === undefined;
  const chosen = isNameless && named.isMapped ? undefined : branchErrors(named?.branch, branches, whole.data, judge);
  if (chosen === undefined && isNameless)
    return [{ ...whole, keyword: 'discriminator', params: { name: named.name, expected: named.expected, propertyName: named.name } }];
  if (chosen === undefined || chosen.length === 0) return [whole];
  // Without a name of its own the branch is a guess from the value: whoever doubts the value has to doubt the guess as well.
  const guessed = named?.branch === undefined && branches.length > 1 ? { choice: whole.instancePath } : {};
  return relevantErrors(chosen, judge, budget).map((error) => {
    const inner = (error.params as { choice?: string }).choice;
    const choice = inner === undefined ? guessed : { choice: whole.instancePath + inner };
    return { ...error, instancePath: whole.instancePath + error.instancePath, params: { ...error.params, ...choice, ...guessed } };
  });
}

/**
 * Where names of schemas stand for values that nobody maps, many documents mean other values: a value that names none is looked at like one without a discriminator first.
 */
function branchErrors(named: unknown, branches: readonly unknown[], value: unknown, judge: JudgeBranch): readonly Failure[] | undefined {
  return named === undefined ? meant(branches, value, judge) : judge(named, value);
}

/** The errors of the branch that a value without a discriminator is meant for; `undefined` when that is not clear. */
function meant(branches: readonly unknown[], value: unknown, judge: JudgeBranch): readonly Failure[] | undefined {
  const judged = branches.map((branch) => judge(branch, value));
  if (judged.length === 1) return judged[0];
  const fitting = judged.filter((errors) => !errors.some((error) => error.instancePath === '' && isType(error)));
  if (fitting.length === 1) return fitting[0];
  // Told apart by a constant, by an enumeration, or by the names that they ask for: the first difference that leaves one branch decides.
  for (const isStrange of [isOtherConstant, isOtherChoice, isOtherForm]) {
    const told = fitting.filter((errors) => !errors.some(isStrange));
    if (told.length === 1) return told[0];
  }
  return undefined;
}

function isOtherConstant({ keyword, schema }: Failure): boolean {
  return keyword === 'const' || (keyword === 'enum' && Array.isArray(schema) && schema.length === 1);
}

function isOtherChoice({ keyword }: Failure): boolean {
  return keyword === 'const' || keyword === 'enum';
}

function isOtherForm({ keyword, instancePath }: Failure): boolean {
  return instancePath === '' && (keyword === 'required' || keyword === 'additionalProperties' || keyword === 'unevaluatedProperties');
}

function isType(error: Failure): boolean {
  return error.keyword === 'type' || error.keyword === 'exactType';
}

function isNullBranch(branch: unknown): boolean {
  if (typeof branch !== 'object' || branch === null) return false;
  const { type, exactType } = branch as Readonly<Record<string, unknown>>;
  return type === 'null' || (Array.isArray(exactType) && exactType.length === 1 && exactType[0] === 'null');
}

function namesOne(whole: Failure, passing: readonly number[]): boolean {
  const branch = byDiscriminator(whole)?.branch;
  return branch !== undefined && passing.some((index) => (whole.schema as unknown[])[index] === branch);
}

/** What a value's discriminator names. */
interface Named {
  readonly name: string;
  /** `undefined`: none of the branches. */
  readonly branch: unknown;
  readonly expected: readonly string[];
  /** The document maps values to all of the branches; else the names of schemas count as well. */
  readonly isMapped: boolean;
}

/** The branch that the value's discriminator names; `undefined` where there is none, or not every branch has a name. */
function byDiscriminator(whole: Failure): Named | undefined {
  const discriminator = whole.parentSchema?.['discriminator'] as Discriminator | undefined;
  const value: unknown = whole.data;
  if (discriminator === undefined || typeof value !== 'object' || value === null) return undefined;
  const { propertyName: name, mapping, named } = discriminator;
  const branches = whole.schema as { readonly $ref?: string }[];
  const given = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  const key = typeof given === 'string' ? (valueOf(mapping, given) ?? valueOf(named, given)) : undefined;
  const branch = key === undefined ? undefined : branches.find((item) => item.$ref === key);
  const mapped = new Set(Object.values(mapping));
  const others = branches.filter((item) => !isNullBranch(item) && (item.$ref === undefined || !mapped.has(item.$ref)));
  const names = Object.entries(named).filter(([, target]) => others.some((item) => item.$ref === target));
  const isMapped = others.length === 0;
  const expected = [...Object.keys(mapping), ...names.map(([text]) => text)];
  const isComplete = others.every((item) => names.some(([, target]) => item.$ref === target));
  return branch !== undefined || isComplete ? { name, branch, expected, isMapped } : undefined;
}

function valueOf(map: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
