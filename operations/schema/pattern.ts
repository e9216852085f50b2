import { setFlagsFromString } from 'node:v8';
import { Script, createContext } from 'node:vm';
import type { Context } from 'node:vm';
import { backtrackingCost } from './pattern-cost.ts';
import { asEcma, forUnicode, needsUnicode } from './pattern-dialect.ts';

/**
 * Regular expressions of documents, made safe to run on strings of strangers.
 *
 * A backtracking engine can need exponential time: `^(a+)+$` on 30 letters takes minutes, `\s+$` on 50,000 spaces seconds. Three measures:
 * 1. V8 has a second engine that takes linear time. It is used where a look at a pattern's quantifiers says that the first may take long. It can run
 *    only patterns without the flags `u` and `i`, look-ahead, back-references and counts above 16, so the `u` flag is set only where the pattern
 *    can't do without. (V8 can also change engines by itself, for every expression of the process; then a plain search in a large text is a
 *    hundred times slower.)
 * 2. Without `u` a character beyond U+FFFF counts as two; such characters in the text are replaced by one stand-in first, so that `.` and `{1,2}`
 *    still count code points (JSON Schema 2020-12 section 6.3.3).
 * 3. Patterns that only the first engine can run do so under a watchdog of {@link TIME_LIMIT_MS} where they may take long.
 */
// Makes the flag `l` known, which asks for the linear engine.
setFlagsFromString('--enable-experimental-regexp-engine');

export interface Pattern {
  /** Whether the text holds a match; false as well when no answer was found within the time limit. */
  readonly test: (text: string) => boolean;
}

export type CompiledPattern = { readonly ok: true; readonly pattern: Pattern } | { readonly ok: false; readonly reason: string };

const TIME_LIMIT_MS = 100;
/** Expressions that were interrupted may use this much of every second; after that, long texts count as no match at once. */
const ALLOWANCE_MS = 300;
/** Steps of the backtracking engine that are taken without a watchdog: a few milliseconds. */
const UNWATCHED_STEPS = 1_000_000;
const ASTRAL = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;
/** A character that is no letter, digit or space: what `.` and negated classes match, and nothing else does. */
const STAND_IN = '\uE000';

const cache = new Map<string, CompiledPattern>();
const CACHE_SIZE = 10_000;

/**
 * Compiles a pattern (ECMA-262, as JSON Schema asks) or says why it is none.
 * Also read, since real documents hold it: what other languages write (pattern-dialect.ts). A pattern between slashes is left as it is.
 */
export function compilePattern(source: string): CompiledPattern {
  const known = cache.get(source);
  if (known !== undefined) return known;
  const compiled = compile(source);
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(source, compiled);
  return compiled;
}

function compile(source: string): CompiledPattern {
  const { body, flags } = asEcma(source);
  const attempts = needsUnicode(body)
    ? [
        [body, `${flags}u`],
        [forUnicode(body), `${flags}u`],
        [body, `${flags}v`],
      ]
    : [
        [body, flags],
        [body, `${flags}u`],
      ];
  let reason = '';
  for (const [text = '', attempt] of attempts) {
    try {
      return { ok: true, pattern: guard(new RegExp(text, attempt)) };
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  return { ok: false, reason };
}

function guard(expression: RegExp): Pattern {
  const prepare = preparation(expression);
  const cost = backtrackingCost(expression.source);
  const linear = linearTwin(expression);
  return {
    test: (text) => {
      const prepared = prepare(text);
      if (cost(text.length) < UNWATCHED_STEPS) return expression.test(prepared);
      return linear === undefined ? watched(expression, prepared) : linear.test(prepared);
    },
  };
}

/** What is done to a text before a pattern sees it. A pattern that speaks of surrogates means the halves of a character and must see them. */
function preparation(expression: RegExp): (text: string) => string {
  const asItIs = expression.unicode || expression.unicodeSets || /\\u[dD][89a-fA-F]/.test(expression.source);
  return asItIs ? (text) => text : (text) => (mayBeAstral(text) ? text.replace(ASTRAL, STAND_IN) : text);
}

/** So short a text is looked through sooner than an expression is begun. */
const SHORT = 64;

function mayBeAstral(text: string): boolean {
  if (text.length > SHORT) return true;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) >= 0xd800) return true;
  return false;
}

/** The same expression for the linear engine; `undefined` when that can't run it. */
function linearTwin(expression: RegExp): RegExp | undefined {
  try {
    return new RegExp(expression.source, `${expression.flags}l`);
  } catch {
    return undefined;
  }
}

/** Made for the first expression that needs it: most documents hold none. */
let room: { readonly context: Context; readonly script: Script } | undefined;

const allowance = { since: 0, left: ALLOWANCE_MS };

/** The one way to interrupt a running expression without a thread of its own. */
function watched(expression: RegExp, text: string): boolean {
  const now = performance.now();
  if (now - allowance.since > 1000) Object.assign(allowance, { since: now, left: ALLOWANCE_MS });
  if (allowance.left <= 0) return false;
  room ??= { context: createContext(), script: new Script('expression.test(text)') };
  const { context, script } = room;
  context['expression'] = expression;
  context['text'] = text;
  try {
    return script.runInContext(context, { timeout: TIME_LIMIT_MS }) === true;
  } catch {
    allowance.left -= TIME_LIMIT_MS;
    return false;
  }
}
