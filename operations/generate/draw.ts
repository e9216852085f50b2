import { annotatedValues } from './annotated.ts';
import type { Conjunction } from './conjunction.ts';
import type { Hint } from './name-hints.ts';
import { numberDrawer } from './number.ts';
import { unitAt } from './random.ts';
import { sampleString, stringDrawer } from './string.ts';

/** Draws a scalar from a seed; `undefined` when there is none to be had. */
export type Draw<Scalar> = (seed: number) => Scalar | undefined;

type Draws<Scalar> = WeakMap<Conjunction, Map<Hint, Draw<Scalar>>>;

const texts: Draws<string> = new WeakMap();
const integers: Draws<number> = new WeakMap();
const numbers: Draws<number> = new WeakMap();

const samples = new WeakMap<Conjunction, { readonly text: string | undefined }>();

/** The plain string of a conjunction. */
export function sampleText(conjunction: Conjunction): string | undefined {
  const known = samples.get(conjunction);
  if (known !== undefined) return known.text;
  const text = sampleString(conjunction.parts);
  samples.set(conjunction, { text });
  return text;
}

export function drawBoolean(seed: number): boolean {
  return unitAt(seed) < 0.5;
}

/** How strings of a conjunction are drawn; worked out once for each hint. */
export function textDraw(conjunction: Conjunction, hint: Hint): Draw<string> {
  return remembered(texts, conjunction, hint, () => {
    const examples = annotatedValues(conjunction).filter((example) => typeof example === 'string');
    return stringDrawer(conjunction.parts, hint.text, examples);
  });
}

/** How numbers of a conjunction are drawn; worked out once for each hint. */
export function numberDraw(conjunction: Conjunction, integer: boolean, hint: Hint): Draw<number> {
  return remembered(integer ? integers : numbers, conjunction, hint, () => {
    const example = annotatedValues(conjunction).find((value) => typeof value === 'number');
    return numberDrawer(conjunction.parts, integer, example === undefined ? hint.span : spanAround(example));
  });
}

/** Numbers of the size that the document shows; 0 and 1 are taken for a flag. */
function spanAround(example: number): readonly [low: number, high: number] {
  if (example === 0 || example === 1) return [0, 1];
  const [near, far] = [example * 0.5, example * 1.5];
  return example > 0 ? [near, far] : [far, near];
}

function remembered<Scalar>(draws: Draws<Scalar>, conjunction: Conjunction, hint: Hint, make: () => Draw<Scalar>): Draw<Scalar> {
  const own = draws.get(conjunction) ?? new Map<Hint, Draw<Scalar>>();
  draws.set(conjunction, own);
  const known = own.get(hint);
  if (known !== undefined) return known;
  const made = make();
  own.set(hint, made);
  return made;
}
