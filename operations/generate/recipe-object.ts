import { conjoin, type Conjunction } from './conjunction.ts';
import { setProperty } from './keywords.ts';
import { membersOf, schemasOfMember } from './members.ts';
import { hintOf, type Hint } from './name-hints.ts';
import { buildObject } from './object.ts';
import { childSeed, seedKey } from './random.ts';
import { placeAt, type Cookbook, type Recipe } from './recipe.ts';
import { isRecursive, NONE } from './walk.ts';

interface Member {
  readonly name: string;
  readonly key: number;
  readonly required: boolean;
  /** Worked out when the member is first met. */
  content: MemberContent | undefined;
}

interface MemberContent {
  readonly conjunction: Conjunction;
  readonly omitted: boolean;
  readonly recipe: Recipe;
}

/** Objects of declared properties; those whose properties are counted or depend on each other are searched for. */
export function objectRecipe(book: Cookbook, conjunction: Conjunction, hint: Hint): Recipe {
  const declared = membersOf(conjunction);
  if (declared.names.length === 0 || conjunction.parts.some(({ schema }) => SEARCHED.some((keyword) => schema[keyword] !== undefined)))
    return (walk, seed, depth, bare) => buildObject(walk, conjunction, placeAt(hint, seed, depth, bare));

  const members = declared.names.map((name): Member => {
    return { name, key: seedKey(name), required: declared.required.has(name), content: undefined };
  });
  const contentOf = (name: string): MemberContent => {
    const own = conjoin(book.analysis, schemasOfMember(book.analysis, conjunction, declared, name));
    const { omit } = book;
    const omitted = omit !== undefined && own.parts.some(({ schema }) => schema[omit] === true);
    return { conjunction: own, omitted, recipe: book.recipeOf(own, hintOf(name)) };
  };

  return (walk, seed, depth, bare) => {
    const requiredOnly = bare || depth >= walk.plan.optionalDepth;
    const value: Record<string, unknown> = {};
    for (const member of members) {
      const { name, required } = member;
      if (requiredOnly && !required) continue;
      const content = (member.content ??= contentOf(name));
      if (content.omitted) {
        (walk.check.omitted ??= new Set<string>()).add(name);
        continue;
      }
      if (!required && isRecursive(walk, content.conjunction)) continue;
      const made = content.recipe(walk, childSeed(seed, member.key), depth + 1, bare);
      if (made !== NONE) {
        if (name === '__proto__') setProperty(value, name, made);
        else value[name] = made;
      } else if (required || walk.stopped !== undefined) return NONE;
    }
    return value;
  };
}

const SEARCHED = ['minProperties', 'maxProperties', 'propertyNames', 'dependentRequired'];
