import type { Descend } from './compare-arrays.ts';
import type { View } from './compare-objects.ts';
import type { Conjunction } from './conjunction.ts';
import { NARROWED, WIDENED } from './difference.ts';
import type { Spot, TellDifference } from './difference.ts';
import type { Forms } from './forms.ts';
import { areAlike, areDisjoint, matchBranches } from './match-branches.ts';
import type { Choice } from './projection.ts';

/** A value takes some of these: at least one, or exactly one. */
export type Alternatives = Pick<Choice, 'kind' | 'branches'>;

interface Sides {
  readonly old: Forms;
  readonly next: Forms;
}

/** `oneOf` and `anyOf` of one type (JSON Schema 2020-12 section 10.2.1). */
export function compareChoices(
  old: readonly Choice[],
  next: readonly Choice[],
  forms: Sides,
  tell: TellDifference,
  descend: Descend,
): void {
  const print = (choice: Choice, side: Forms): string =>
    choice.branches
      .map((branch) => side.fingerprint(branch))
      .sort()
      .join(' ');
  const waiting = [...next];
  const unmatched: Choice[] = [];
  for (const choice of old) {
    const index = waiting.findIndex((other) => print(other, forms.next) === print(choice, forms.old));
    const [partner] = index < 0 ? [] : waiting.splice(index, 1);
    if (partner === undefined) unmatched.push(choice);
    else compareChoice(choice, partner, forms, tell, descend);
  }
  for (const choice of unmatched) {
    const partner = waiting.shift();
    if (partner === undefined)
      tell({ rule: 'choice-changed', effect: WIDENED, text: { en: 'a choice between alternatives is gone', zh: '取消了多选一的限制' } });
    else compareChoice(choice, partner, forms, tell, descend);
  }
  for (const _ of waiting)
    tell({ rule: 'choice-changed', effect: NARROWED, text: { en: 'a choice between alternatives is new', zh: '新增了多选一的限制' } });
}

function compareChoice(old: Choice, next: Choice, forms: Sides, tell: TellDifference, descend: Descend): void {
  compareBranches(old, next, forms, tell, descend);
  if (old.kind !== next.kind && !areDisjoint(old.branches, forms.old) && !areDisjoint(next.branches, forms.next)) {
    const narrowed = next.kind === 'oneOf';
    tell({
      rule: 'choice-changed',
      effect: narrowed ? { request: 'warning', response: 'compatible' } : { request: 'compatible', response: 'warning' },
      text: narrowed
        ? { en: 'exactly one alternative has to fit now, not at least one', zh: '由“至少满足一个分支”改为“只能满足一个分支”' }
        : { en: 'at least one alternative has to fit now, not exactly one', zh: '由“只能满足一个分支”改为“至少满足一个分支”' },
    });
  }
}

/**
 * A single schema that became several alternatives, or the other way round. The wider side has to be measured against each alternative that is like it: in
 * a response every new alternative must be one that the old schema allowed, in a request every old alternative one that the new schema allows. Otherwise
 * one partner is enough, since the others only add or take away.
 */
export function compareLifted(
  old: Alternatives,
  next: Alternatives,
  view: View,
  forms: Sides,
  tell: TellDifference,
  descend: Descend,
): void {
  const isSplit = old.branches.length === 1;
  const single = isSplit ? old.branches[0] : next.branches[0];
  if (single === undefined || isSplit !== (view === 'response')) {
    compareBranches(old, next, forms, tell, descend);
    return;
  }
  for (const branch of isSplit ? next.branches : old.branches) {
    const [before, after] = isSplit ? [single, branch] : [branch, single];
    if (areAlike(before, after, forms)) descend(isSplit ? label(branch, forms.next, next) : label(branch, forms.old, old), before, after);
    else if (isSplit) tellCome(branch, next, forms.next, tell);
    else tellGone(branch, old, forms.old, tell);
  }
}

/** Partners are compared, the others came or went. */
function compareBranches(old: Alternatives, next: Alternatives, forms: Sides, tell: TellDifference, descend: Descend): void {
  const { pairs, gone, come } = matchBranches(old.branches, next.branches, forms);
  for (const [before, after] of pairs) descend(label(after, forms.next, next), before, after);
  for (const branch of gone) tellGone(branch, old, forms.old, tell);
  for (const branch of come) tellCome(branch, next, forms.next, tell);
}

function tellGone(branch: Conjunction, all: Alternatives, forms: Forms, tell: TellDifference): void {
  const name = label(branch, forms, all);
  tell({
    rule: 'branch-removed',
    effect: mayOverlap(all, forms) ? { request: 'breaking', response: 'warning' } : NARROWED,
    old: spotOf(branch),
    text: { en: `the alternative ${name} is gone`, zh: `删除分支 ${name}` },
    before: name,
  });
}

function tellCome(branch: Conjunction, all: Alternatives, forms: Forms, tell: TellDifference): void {
  const name = label(branch, forms, all);
  tell({
    rule: 'branch-added',
    effect: mayOverlap(all, forms) ? { request: 'warning', response: 'breaking' } : WIDENED,
    new: spotOf(branch),
    text: { en: `the alternative ${name} is new`, zh: `新增分支 ${name}` },
    after: name,
  });
}

/** A value that fits two alternatives of a `oneOf` is invalid: one more alternative takes such values away, one less lets them in. */
function mayOverlap({ kind, branches }: Alternatives, forms: Forms): boolean {
  return kind === 'oneOf' && !areDisjoint(branches, forms);
}

function spotOf({ parts: [part] }: Conjunction): Spot | undefined {
  return part === undefined ? undefined : { part, pointer: '' };
}

/** `(Dog)`, or `(2)` for the second branch. */
function label(branch: Conjunction, forms: Forms, { branches }: Alternatives): string {
  return `(${forms.reader.nameOf(branch) ?? branches.indexOf(branch) + 1})`;
}
