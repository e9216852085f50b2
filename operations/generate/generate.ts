import type { Schema, SchemaLookup } from '../schema/schema.ts';
import { build } from './build.ts';
import { analysisOf, listOf, targetOf } from './conjunction.ts';
import { cookbookOf } from './cookbook.ts';
import { isSchema } from './keywords.ts';
import { hintOf } from './name-hints.ts';
import { deriveSeed } from './random.ts';
import { enter, NONE, nextWalk, type Mode, type Plan, type Walk } from './walk.ts';

export interface GenerateOptions {
  /** `sample`: the plain, stable value; `fake`: plausible data drawn from the seed. */
  readonly mode: Mode;
  /** Same seed and same schema give the same value, byte for byte, on every machine; `sample` takes no notice of it. */
  readonly seed: string;
  /** Finds what the `$ref` keys of the schema stand for. Give the same function for the same document: what is learnt of its schemas is kept with it. */
  readonly lookup: SchemaLookup;
  /** The judge of the whole value. */
  readonly validate: (value: unknown) => boolean;
  /** Properties marked so are never generated, not even required ones: `writeOnly` for a response, `readOnly` for a request. */
  readonly omit: 'writeOnly' | 'readOnly' | 'none';
  /** How many objects, arrays and scalars the value may have; default 10,000. */
  readonly budget?: number;
}

export type Generated =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      /** The best that was found; it does not satisfy the schema. */
      readonly value: unknown;
      /** An English sentence without a subject: `needs at least 1000000000 items`. */
      readonly reason: string;
    };

const DEFAULT_BUDGET = 10_000;
const TEXT_BUDGET = 500_000;

/**
 * From lavish to bare; the first whose value the judge accepts wins. In `fake` mode every plan is tried on trust first, which is a tenth of the work, for as
 * long as the judge accepts what comes of it.
 */
function plansFor(mode: Mode, budget: number): readonly Plan[] {
  const revisits = mode === 'fake' ? 1 : 0;
  const depths = [12, 5, 3, 2, 1, 0];
  const plans = depths.map((optionalDepth): Plan => ({
    optionalDepth,
    revisits: optionalDepth > 3 ? revisits : 0,
    annotated: optionalDepth > 2,
    // What is optional may take half of the budget; the rest is for what has to be there.
    nodes: optionalDepth === 0 ? budget : Math.ceil(budget / 2),
    lenient: false,
    trusting: false,
  }));
  return mode === 'sample' ? plans : plans.flatMap((plan) => [{ ...plan, trusting: true }, plan]);
}

const USUAL_PLANS: Readonly<Record<Mode, readonly Plan[]>> = {
  sample: plansFor('sample', DEFAULT_BUDGET),
  fake: plansFor('fake', DEFAULT_BUDGET),
};

/**
 * Generates a value that satisfies a normalised schema (JSON Schema 2020-12).
 *
 * `sample` takes what the document gives, in the order that Prism has: `default`, the first of `examples`, the first of `enum`, the format's sample, then `"string"`, `0`, `true`;
 * all optional properties are filled in as far as the value stays finite and within the budget. `fake` draws every scalar from a seed that
 * its place in the value determines, so that a new property leaves the others as they were.
 *
 * @returns `ok: false` when the schema can't be satisfied or only beyond the budget; `value` is then the best attempt. Never throws.
 */
export function generate(schema: Schema, options: GenerateOptions): Generated {
  if (!isSchema(schema)) return generate(true, options);
  const { mode, budget = DEFAULT_BUDGET } = options;
  const plans = budget === DEFAULT_BUDGET ? USUAL_PLANS[mode] : plansFor(mode, budget);
  const last = plans.at(-1);
  let trusting = mode === 'fake';
  let best: unknown = NONE;
  let reason = 'no value was found that satisfies the schema';
  for (const plan of plans) {
    if (plan.trusting !== trusting && plan !== last) continue;
    const walk = startWalk(schema, options, plan);
    const value = walkFrom(walk, schema, options);
    if (walk.stopped !== undefined) reason = walk.stopped;
    // What was too much will be less with the next plan; everything else takes a search.
    trusting &&= walk.stopped !== undefined;
    if (value === NONE) continue;
    if (judge(options, value)) return { ok: true, value };
    best = value;
    reason = 'the value that was found does not satisfy the schema';
  }
  // For what can't be satisfied: stand-ins for what is missing, and failing that a value that is right in its parts.
  for (const trusting of [false, true]) {
    if (best !== NONE) break;
    const plan: Plan = {
      optionalDepth: trusting ? 3 : 0,
      revisits: 0,
      annotated: false,
      nodes: Math.min(budget, 1000),
      lenient: true,
      trusting,
    };
    best = walkFrom(startWalk(schema, options, plan), schema, options);
  }
  return { ok: false, value: best === NONE ? null : best, reason };
}

function startWalk(schema: Schema, options: GenerateOptions, plan: Plan): Walk {
  const analysis = analysisOf(options.lookup);
  const omit = options.omit === 'none' ? undefined : options.omit;
  const walk: Walk = {
    number: nextWalk(),
    analysis,
    plan,
    omit,
    check: { lookup: options.lookup, omitted: undefined, steps: 50 * plan.nodes },
    nodes: plan.nodes,
    failures: undefined,
    text: TEXT_BUDGET,
    stopped: undefined,
    build: plan.trusting
      ? (schemas, { seed, depth, name, bare }) => cookbookOf(analysis, omit).recipeFor(schemas, hintOf(name))(walk, seed, depth, bare)
      : (schemas, place) => build(walk, schemas, place),
  };
  enter(walk, [targetOf(analysis, schema)]);
  return walk;
}

function walkFrom(walk: Walk, schema: Schema, options: GenerateOptions): unknown {
  try {
    return walk.build(listOf(schema), {
      seed: deriveSeed(0, options.mode === 'fake' ? options.seed : ''),
      depth: 0,
      mode: options.mode,
      name: '',
      bare: false,
    });
  } catch (error) {
    // Schemas nested thousands deep can still use up the stack somewhere; that must not end the process.
    if (!(error instanceof RangeError)) throw error;
    walk.stopped = 'nests too deep to be followed';
    return NONE;
  }
}

/** A judge that fails, on a value too deep for its stack for instance, has not accepted it. */
function judge(options: GenerateOptions, value: unknown): boolean {
  try {
    return options.validate(value);
  } catch {
    return false;
  }
}
