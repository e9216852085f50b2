import { findResponse, generate, isJson } from '../../operations/index.ts';
import type { Content, Operation, Schema } from '../../operations/index.ts';
import type { Row } from '../world.ts';

/** How an operation answers when all is well. */
export interface Answer {
  readonly status: number;
  /** `undefined`: the document shows no body. */
  readonly content: Content | undefined;
  readonly schema: Schema;
  /** The document's first example where it fits its schema, then what the schema alone gives. */
  readonly samples: readonly unknown[];
  readonly headers: NonNullable<ReturnType<typeof findResponse>>['headers'];
  /** Pointers of what breaks the schema. */
  readonly flaws: (value: unknown) => readonly string[];
}

/** @param preferred a status that is taken where it is documented; else the lowest success. */
export function answerOf(operation: Operation, preferred?: number): Answer {
  const statuses = operation.responses.map((rule) => Number(rule.status)).filter((status) => status >= 200 && status < 300);
  const status = preferred !== undefined && statuses.includes(preferred) ? preferred : statuses.length > 0 ? Math.min(...statuses) : 200;
  const rule = findResponse(operation, status);
  const headers = rule?.headers ?? [];
  const bodiless = status === 204 || status === 205;
  const content = bodiless ? undefined : (rule?.contents.find((candidate) => isJson(candidate.range)) ?? rule?.contents[0]);
  const validator = content?.validator;
  if (content === undefined || validator === undefined)
    return { status, content: undefined, schema: true, samples: [], headers, flaws: () => [] };
  const examples = content.examples
    .map((example) => example.value)
    .filter((value) => value !== null && typeof value === 'object' && validator.isValid(value));
  const { lookup } = operation.validators;
  const made = generate(validator.schema, { mode: 'sample', seed: '1', lookup, validate: validator.isValid, omit: 'writeOnly' }).value;
  return {
    status,
    content,
    schema: validator.schema,
    samples: [...examples.slice(0, 1), made],
    headers,
    flaws: (value) =>
      validator
        .validate(value)
        .filter((issue) => issue.severity === 'error')
        .map((issue) => issue.pointer),
  };
}

export function isObject(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isScalar(value: unknown): value is string | number | bigint | boolean {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}

/** The part of a value at a path. */
export function partAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((part, token) => (isObject(part) && Object.hasOwn(part, token) ? part[token] : undefined), value);
}

/** The value with the part at a path made anew. */
export function withPart(value: unknown, path: readonly string[], part: unknown): unknown {
  const [token, ...rest] = path;
  if (token === undefined) return part;
  const whole = isObject(value) ? value : {};
  return { ...whole, [token]: withPart(whole[token], rest, part) };
}

/** All objects in an answer, the outer ones first, with the way to each; at most three levels deep. */
export function* objectsIn(
  value: unknown,
  path: readonly string[] = [],
): Generator<{ readonly path: readonly string[]; readonly object: Row }> {
  const level = [{ path, value }];
  for (let next = level.shift(); next !== undefined; next = level.shift()) {
    if (!isObject(next.value)) continue;
    yield { path: next.path, object: next.value };
    if (next.path.length >= 3) continue;
    for (const [name, member] of Object.entries(next.value))
      if (isObject(member)) level.push({ path: [...next.path, name], value: member });
  }
}
