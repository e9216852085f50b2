import type { Row } from '../world.ts';
import { plain } from './names.ts';
import type { RowShape } from './row-shape.ts';

const CREATED = /^(?:created?(?:at|on|date|time|datetime|timestamp)?|(?:date|time)created|creation(?:date|time|timestamp)|insertedat)$/;
const UPDATED =
  /^(?:(?:updated?|modified|lastmodified|lastupdated?|changed)(?:at|on|date|time|datetime|timestamp)?|(?:date|time)(?:updated|modified)|modification(?:date|time))$/;
/** Forms of the time in a row, tried in this order. */
const TEXTS = [
  { template: '$now', example: '2026-01-02T03:04:05.678Z', like: /^\d{4}-\d\d-\d\dT/ },
  { template: '$now.date', example: '2026-01-02', like: /^\d{4}-\d\d-\d\d$/ },
  { template: '{$now.ms}', example: '1767323045678', like: /^\d{13}$/ },
  { template: '{$now.seconds}', example: '1767323045', like: /^\d{10}$/ },
];

/** The fields that say when a row came into being and was last changed, where the client can't say so itself; in the form of a collection's `stamps`. */
export function stampsOf(shape: RowShape, writable: ReadonlySet<string>): { readonly create: Row; readonly update: Row } {
  const create: Record<string, string> = {};
  const update: Record<string, string> = {};
  for (const [name, value] of Object.entries(shape.sample)) {
    const isUpdate = UPDATED.test(plain(name));
    if (name === shape.key || writable.has(name) || (!isUpdate && !CREATED.test(plain(name)))) continue;
    const template = formOf(name, value, shape);
    if (template === undefined) continue;
    create[name] = template;
    if (isUpdate) update[name] = template;
  }
  return { create, update };
}

function formOf(name: string, value: unknown, shape: RowShape): string | undefined {
  const fits = (example: unknown): boolean => !shape.flaws({ ...shape.sample, [name]: example }).includes(name);
  if (typeof value === 'string') return TEXTS.find(({ like, example }) => like.test(value) && fits(example))?.template;
  if (typeof value !== 'number' || value < 1e8) return undefined;
  const isSeconds = value < 1e11;
  return fits(isSeconds ? 1_767_323_045 : 1_767_323_045_678) ? (isSeconds ? '$now.seconds' : '$now.ms') : undefined;
}
