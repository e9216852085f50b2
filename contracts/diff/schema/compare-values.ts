import type { SchemaObject } from '../../../operations/index.ts';
import { CHANGED, NARROWED, WIDENED } from './difference.ts';
import type { TellDifference } from './difference.ts';
import { within } from './scalar-form.ts';
import type { Values } from './scalar-form.ts';
import { showList } from './value.ts';
import type { TypeName } from './value.ts';

/** A list of values, or none, and the schemas around it. */
interface Valued {
  readonly values: Values;
  readonly parts: readonly SchemaObject[];
}

/**
 * Lists of values (`enum`, `const`). A value that comes to a response is a warning: the list of a response is seldom promised to be complete, but a client
 * that takes it for that fails.
 */
export function compareValues(type: TypeName, old: Valued, next: Valued, tell: TellDifference): void {
  if (old.values === undefined && next.values === undefined) return;
  if (old.values === undefined && next.values !== undefined) {
    const values = [...next.values.values()];
    const list = showList(values);
    const isInside = within(next.values, old, type).size === values.length;
    tell({
      rule: 'enum-set',
      effect: isInside ? NARROWED : CHANGED,
      text: { en: `only these values are allowed now: ${list}`, zh: `取值限定为 ${list}` },
      after: values,
    });
  } else if (old.values !== undefined && next.values === undefined) {
    const values = [...old.values.values()];
    const list = showList(values);
    const isInside = within(old.values, next, type).size === values.length;
    tell({
      rule: 'enum-dropped',
      effect: isInside ? WIDENED : CHANGED,
      text: { en: `values are no longer listed; they were ${list}`, zh: `不再列出取值；原为 ${list}` },
      before: values,
    });
  } else if (old.values !== undefined && next.values !== undefined) compareLists(old.values, next.values, tell);
}

function compareLists(old: ReadonlyMap<string, unknown>, next: ReadonlyMap<string, unknown>, tell: TellDifference): void {
  const gone = [...old].filter(([key]) => !next.has(key)).map(([, value]) => value);
  const come = [...next].filter(([key]) => !old.has(key)).map(([, value]) => value);
  if (gone.length > 0) {
    const list = showList(gone);
    tell({ rule: 'enum-value-removed', effect: NARROWED, text: { en: `values are gone: ${list}`, zh: `删除取值 ${list}` }, before: gone });
  }
  if (come.length > 0) {
    const list = showList(come);
    tell({
      rule: 'enum-value-added',
      effect: { request: 'compatible', response: 'warning' },
      text: { en: `values are new: ${list}`, zh: `新增取值 ${list}` },
      after: come,
    });
  }
}
