import { generate, pointerTokens, validateReply } from '../operations/index.ts';
import type { Content, SchemaLookup, Violation } from '../operations/index.ts';

/** Each few rounds a larger part around the flaw is taken from the sample. */
const ROUNDS = 12;
const ROUNDS_PER_LEVEL = 4;

type Members = Readonly<Record<string, unknown>>;

/**
 * Makes a value conform to the document where it does not, changing as little as will do: a member that breaks its schema is taken from the document's sample, one that lacks is null or the
 * sample's, one too many goes. For answers that were inferred, about whose rows the document may say different things in different places.
 * @returns the value itself when it conforms; the sample when nothing less will do.
 */
export function mendAnswer(content: Content, value: unknown, lookup: SchemaLookup): unknown {
  const { validator } = content;
  if (validator === undefined || validator.isValid(value)) return value;
  const flawsOf = (candidate: unknown): Violation[] => validateReply(content, candidate).filter(({ severity }) => severity === 'error');
  const sample = generate(validator.schema, { mode: 'sample', seed: '1', lookup, validate: validator.isValid, omit: 'writeOnly' }).value;
  const known = new Map<string, Members>();

  function mend(whole: unknown): unknown {
    const split = new Set<string>();
    let current = whole;
    for (let round = 0; round < ROUNDS; round += 1) {
      const flaws = flawsOf(current);
      if (flaws.length === 0) return current;
      const list = flaws
        .map(({ pointer }) => listIn(current, pointerTokens(pointer) ?? []))
        .find((path) => path !== undefined && !split.has(path.join('/')));
      if (list !== undefined) {
        // Of a long list only a few flaws are told; each element is mended for itself, where the document takes it alone.
        split.add(list.join('/'));
        current = change(current, list, (items) => (Array.isArray(items) ? items.map((item) => mendElement(list, item)) : items));
        continue;
      }
      for (const flaw of flaws) current = withoutFlaw(current, flaw, Math.floor(round / ROUNDS_PER_LEVEL));
    }
    return flawsOf(current).length === 0 ? current : sample;
  }

  function mendElement(list: readonly string[], item: unknown): unknown {
    const alone = change(sample, list, () => [item]);
    if (flawsOf(alone).length === 0) return item;
    const mended = at(mend(alone), list);
    return Array.isArray(mended) && mended.length > 0 ? mended[0] : item;
  }

  /** @param level how much of what is around the flaw is taken from the sample. */
  function withoutFlaw(current: unknown, { pointer, code }: Violation, level: number): unknown {
    const path = pointerTokens(pointer) ?? [];
    if (level === 0 && code === 'required') {
      const kind = path.map((token) => (/^\d+$/.test(token) ? '*' : token)).join('/');
      const lacking = known.get(kind) ?? lackingMembers(current, path, sample, flawsOf);
      known.set(kind, lacking);
      return change(current, path, (part) => (isObject(part) ? { ...lacking, ...part } : part));
    }
    if (level === 0 && (code === 'additionalProperties' || code === 'unevaluatedProperties')) {
      const allowed = at(sample, path);
      return change(current, path, (part) => (isObject(part) && isObject(allowed) ? only(part, allowed) : allowed));
    }
    const place = path.slice(0, Math.max(0, path.length - level));
    return change(current, place, () => at(sample, place));
  }

  return mend(value);
}

/** The outermost list of several elements that a path leads through. */
function listIn(value: unknown, path: readonly string[]): readonly string[] | undefined {
  for (let depth = 0; depth < path.length; depth += 1) {
    const part = at(value, path.slice(0, depth), false);
    if (Array.isArray(part) && part.length > 1) return path.slice(0, depth);
  }
  return undefined;
}

/** The members that an object must have and has not: each null where the document takes it, since null removes (RFC 7396), else as the sample has it. */
function lackingMembers(
  value: unknown,
  path: readonly string[],
  sample: unknown,
  flawsOf: (value: unknown) => readonly Violation[],
): Members {
  const [object, full] = [at(value, path, false), at(sample, path)];
  if (!isObject(object) || !isObject(full)) return {};
  // Judged alone, with everything around it as the document has it.
  const count = (members: Members): number => flawsOf(change(sample, path, () => members)).length;
  const found: Record<string, unknown> = {};
  let flaws = count(object);
  for (const [name, own] of Object.entries(full)) {
    if (Object.hasOwn(object, name)) continue;
    for (const candidate of [null, own]) {
      const left = count({ ...object, ...found, [name]: candidate });
      if (left >= flaws) continue;
      found[name] = candidate;
      flaws = left;
      break;
    }
  }
  return found;
}

/** @param asSample every element of a list is looked up in the first one. */
function at(value: unknown, path: readonly string[], asSample = true): unknown {
  let current = value;
  for (const token of path) {
    if (Array.isArray(current)) current = (current as unknown[])[asSample ? 0 : Number(token)];
    else if (isObject(current)) current = Object.hasOwn(current, token) ? current[token] : undefined;
    else return undefined;
  }
  return current;
}

/** The value with one part of it made anew; `undefined` takes the part away. */
function change(value: unknown, path: readonly string[], make: (part: unknown) => unknown): unknown {
  const [token, ...rest] = path;
  if (token === undefined) return make(value);
  if (Array.isArray(value)) {
    // A sample has one element for all of them.
    const index = Math.min(Number(token), value.length - 1);
    return (value as unknown[])
      .map((item, place) => (place === index ? change(item, rest, make) : item))
      .filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value;
  const made = change(Object.hasOwn(value, token) ? value[token] : undefined, rest, make);
  if (made !== undefined) return { ...value, [token]: made };
  const { [token]: _gone, ...others } = value;
  return others;
}

function only(object: Members, allowed: Members): Members {
  return Object.fromEntries(Object.entries(object).filter(([name]) => Object.hasOwn(allowed, name)));
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
