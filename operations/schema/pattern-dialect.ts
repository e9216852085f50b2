/** A pattern in the syntax of ECMA-262, with the flags that it brings along. */
export interface EcmaPattern {
  readonly body: string;
  readonly flags: string;
}

/** Anchors of other dialects that ECMA-262 reads as letters. */
const ANCHORS: ReadonlyMap<string, string> = new Map([
  ['\\A', '^'],
  ['\\z', '$'],
  ['\\Z', '$'],
]);

/** Classes of POSIX: letters of every script, as Ruby has them. */
const POSIX: ReadonlyMap<string, string> = new Map([
  ['alpha', '\\p{L}\\p{M}'],
  ['alnum', '\\p{L}\\p{M}\\p{N}'],
  ['digit', '\\d'],
  ['upper', '\\p{Lu}'],
  ['lower', '\\p{Ll}'],
  ['space', '\\s'],
  ['blank', ' \\t'],
  ['punct', '\\p{P}\\p{S}'],
  ['xdigit', '\\da-fA-F'],
  ['word', '\\w'],
]);

/** One step through a pattern: a property, another escape, a count without its lower end, or a character. */
const STEP = /\\[pP](?:\{[^}]*\}|[LMNPSZC])|\\x\{[\dA-Fa-f]+\}|\\.|\{,\d+\}|./suy;
/** The same in brackets, where classes of POSIX stand. */
const STEP_IN_CLASS = /\\[pP](?:\{[^}]*\}|[LMNPSZC])|\\x\{[\dA-Fa-f]+\}|\\.|\[:[a-z]+:\]|./suy;

/**
 * Reads what documents of other languages write and ECMA-262 takes for something else: flags in front (`(?i)`, `(?s)`, `(?m)`), the anchors `\A`, `\z`, `\Z`, one-letter properties (`\pL`), characters by number (`\x{4e00}`), classes of
 * POSIX (`[[:alpha:]]`), counts from none on (`{,3}`).
 */
export function asEcma(source: string): EcmaPattern {
  const front = /^\(\?([ims]+)\)/.exec(source);
  const flags = [...new Set(front?.[1])].join('');
  const body = source.slice(front?.[0].length ?? 0);
  // What every pattern in the wild but a few is made of.
  if (!/\\(?:[AzZpP]|x\{)|\[:|\{,/.test(body)) return { body, flags };
  return {
    flags,
    body: rewrite(body, (step, inClass) => {
      if (/^\\[pP][LMNPSZC]$/.test(step)) return `${step.slice(0, 2)}{${step.slice(2)}}`;
      if (step.startsWith('\\x{')) return `\\u${step.slice(2)}`;
      if (inClass) return (step.startsWith('[:') ? POSIX.get(step.slice(2, -2)) : undefined) ?? step;
      return step.startsWith('{,') ? `{0${step.slice(1)}` : (ANCHORS.get(step) ?? step);
    }),
  };
}

/** Whether a pattern means something only with the flag `u`: properties, characters by number or beyond U+FFFF. */
export function needsUnicode(body: string): boolean {
  return /\\[pP]\{|\\u\{|[\u{10000}-\u{10FFFF}]/u.test(body);
}

/**
 * The same pattern for the flag `u`, which forbids what ECMA-262 allows without: escapes of characters that need none (`\-`, `\_`, `\'`), and a hyphen behind a class (`[\w-.]`).
 */
export function forUnicode(body: string): string {
  let previous = '';
  return rewrite(body, (step, inClass) => {
    const before = previous;
    previous = inClass ? step : '';
    if (inClass && step === '-' && /^\\[pPwWdDsS]/.test(before)) return '\\-';
    return /^\\[^A-Za-z\d^$\\.*+?()[\]{}|/]$/u.test(step) && !(inClass && step === '\\-') ? step.slice(1) : step;
  });
}

/** @param change of one step; told whether it stands in brackets. */
function rewrite(body: string, change: (step: string, inClass: boolean) => string): string {
  let written = '';
  let inClass = false;
  for (let at = 0; at < body.length;) {
    const steps = inClass ? STEP_IN_CLASS : STEP;
    steps.lastIndex = at;
    // A backslash at the very end is no step.
    const step = steps.exec(body)?.[0] ?? body.slice(at);
    at += step.length;
    written += change(step, inClass);
    if (step === (inClass ? ']' : '[')) inClass = !inClass;
  }
  return written;
}
