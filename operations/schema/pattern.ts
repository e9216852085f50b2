import { setFlagsFromString } from 'node:v8';
import { Script, createContext } from 'node:vm';

/**
 * Regular expressions of documents, made safe to run on strings of strangers.
 *
 * A backtracking engine can need exponential time: `^(a+)+$` on 30 letters takes minutes. Three measures:
 * 1. V8 goes over to its linear engine when a pattern backtracks too much. It can do so only for patterns without the `u` flag,
 *    look-around and back-references, so the `u` flag is set only where the pattern can't do without.
 * 2. Without `u` a character beyond U+FFFF counts as two; such characters in the text are replaced by one stand-in first, so that `.` and `{1,2}`
 *    still count code points (JSON Schema 2020-12 section 6.3.3).
 * 3. Patterns that keep backtracking run under a watchdog of {@link TIME_LIMIT_MS} when the text is long enough to matter.
 */
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');

export interface Pattern {
  /** Whether the text holds a match; false as well when no answer was found within the time limit. */
  readonly test: (text: string) => boolean;
}

export type CompiledPattern = { readonly ok: true; readonly pattern: Pattern } | { readonly ok: false; readonly reason: string };

const TIME_LIMIT_MS = 100;
/** Expressions that were interrupted may use this much of every second; after that, long texts count as no match at once. */
const ALLOWANCE_MS = 300;
/** Shorter texts can't keep even a nested quantifier busy for long. */
const WATCHED_LENGTH = 18;
const LONE_FEATURES = /\(\?<?[=!]|\\[1-9]|\\k</;
const ASTRAL = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;
/** A character that is no letter, digit or space: what `.` and negated classes match, and nothing else does. */
const STAND_IN = '\uE000';

const cache = new Map<string, CompiledPattern>();
const CACHE_SIZE = 10_000;

/**
 * Compiles a pattern (ECMA-262, as JSON Schema asks) or says why it is none.
 * Also read, since real documents hold them: a leading `(?i)`, `\A`, `\z`, `\Z`, and a pattern between slashes is left as it is.
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
  let body = source.replaceAll('\\A', '^').replace(/\\[zZ]/g, '$');
  let flags = '';
  if (body.startsWith('(?i)')) {
    body = body.slice(4);
    flags = 'i';
  }
  const needsUnicode = /\\[pP]\{|\\u\{/.test(body);
  const attempts = needsUnicode ? [`${flags}u`, `${flags}v`] : [flags, `${flags}u`];
  let reason = '';
  for (const attempt of attempts) {
    try {
      return { ok: true, pattern: guard(new RegExp(body, attempt)) };
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  return { ok: false, reason };
}

function guard(expression: RegExp): Pattern {
  const unicode = expression.unicode || expression.unicodeSets;
  const prepare = unicode ? (text: string): string => text : (text: string): string => text.replace(ASTRAL, STAND_IN);
  if (!unicode && !LONE_FEATURES.test(expression.source)) {
    return { test: (text) => expression.test(prepare(text)) };
  }
  return {
    test: (text) => (text.length < WATCHED_LENGTH ? expression.test(prepare(text)) : watched(expression, prepare(text))),
  };
}

const room = createContext({ expression: /x/, text: '' });
const script = new Script('expression.test(text)');

const allowance = { since: 0, left: ALLOWANCE_MS };

/** The one way to interrupt a running expression without a thread of its own. */
function watched(expression: RegExp, text: string): boolean {
  const now = performance.now();
  if (now - allowance.since > 1000) Object.assign(allowance, { since: now, left: ALLOWANCE_MS });
  if (allowance.left <= 0) return false;
  room['expression'] = expression;
  room['text'] = text;
  try {
    return script.runInContext(room, { timeout: TIME_LIMIT_MS }) === true;
  } catch {
    allowance.left -= TIME_LIMIT_MS;
    return false;
  }
}
