/**
 * How many steps a backtracking engine may need for an expression on a text of a given length: a bound from above, `Infinity` where a repeated group holds a
 * choice of its own (`(a+)+`, `(a|ab)*`), which can take exponential time.
 *
 * Each quantifier multiplies by the number of lengths it can take, whether or not the engine would ever try all of them.
 */
export function backtrackingCost(source: string): (length: number) => number {
  const { factors, unbounded } = weigh(source);
  // Unless it is anchored, an expression is tried at each place of the text.
  const powers = unbounded + (source.startsWith('^') ? 0 : 1);
  return (length) => factors * length ** powers;
}

interface Weight {
  /** The product of the ranges of bounded quantifiers. */
  factors: number;
  /** The number of quantifiers without a bound. */
  unbounded: number;
}

function weigh(source: string): Weight {
  const weight: Weight = { factors: 1, unbounded: 0 };
  // One entry for each open group: whether something inside can match in more than one way.
  const open: { choice: boolean }[] = [];
  let last: { choice: boolean } | undefined;
  for (const { text, kind } of tokens(source)) {
    const around = open[open.length - 1];
    if (kind === 'open') {
      open.push({ choice: false });
      last = undefined;
    } else if (kind === 'close') {
      last = open.pop();
      const outer = open[open.length - 1];
      if (outer !== undefined && last?.choice === true) outer.choice = true;
    } else if (kind === 'or') {
      if (around !== undefined) around.choice = true;
      weight.factors *= 2;
    } else if (kind === 'quantifier') {
      const { least, most } = rangeOf(text);
      if (last?.choice === true && most > 1) weight.factors = Infinity;
      if (most === Infinity) weight.unbounded += 1;
      else weight.factors *= most - least + 1;
      if (around !== undefined && most !== least) around.choice = true;
    } else {
      last = undefined;
    }
  }
  return weight;
}

/** An escape, a class, a group's opening with its prefix, or a quantifier with its `?` for laziness; anything else is one character. */
const TOKEN = /\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:<?[=!]|:|<[^>]*>))?|\)|\||(?:[*+?]|\{\d+(?:,\d*)?\})\??|./gs;

function* tokens(source: string): Generator<{ readonly text: string; readonly kind: 'open' | 'close' | 'or' | 'quantifier' | 'atom' }> {
  for (const [text] of source.matchAll(TOKEN)) {
    if (text.startsWith('(')) yield { text, kind: 'open' };
    else if (text === ')') yield { text, kind: 'close' };
    else if (text === '|') yield { text, kind: 'or' };
    else if (/^(?:[*+?]|\{\d)/.test(text)) yield { text, kind: 'quantifier' };
    else yield { text, kind: 'atom' };
  }
}

function rangeOf(quantifier: string): { least: number; most: number } {
  if (quantifier.startsWith('*')) return { least: 0, most: Infinity };
  if (quantifier.startsWith('+')) return { least: 1, most: Infinity };
  if (quantifier.startsWith('?')) return { least: 0, most: 1 };
  const [, least = '0', comma, most = ''] = /^\{(\d+)(,?)(\d*)/.exec(quantifier) ?? [];
  if (comma === '') return { least: Number(least), most: Number(least) };
  return { least: Number(least), most: most === '' ? Infinity : Number(most) };
}
