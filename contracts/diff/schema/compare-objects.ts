import { childPointer } from '../../../operations/index.ts';
import type { Descend } from './compare-arrays.ts';
import { compareCounts } from './compare-strings.ts';
import type { Conjunction } from './conjunction.ts';
import { CHANGED, NARROWED, WIDENED } from './difference.ts';
import type { TellDifference } from './difference.ts';
import type { ObjectForm } from './structure-form.ts';

export type View = 'request' | 'response';

/** Properties (JSON Schema 2020-12 section 10.3.2, validation section 6.5), seen from the side that reads the message. */
export function compareObjects(old: ObjectForm, next: ObjectForm, view: View, tell: TellDifference, descend: Descend): void {
  compareCounts(
    'property-count-changed',
    ['number of properties', '属性个数'],
    [old.minProperties, old.maxProperties],
    [next.minProperties, next.maxProperties],
    tell,
  );
  for (const name of new Set([...old.properties.keys(), ...next.properties.keys()])) compareProperty(name, old, next, view, tell, descend);
  for (const name of new Set([...old.required, ...next.required]))
    if (!old.properties.has(name) && !next.properties.has(name)) compareRequired(name, old, next, tell);
  compareAdditional(old, next, tell, descend);
  compareDependencies(old, next, tell);
}

function compareProperty(name: string, old: ObjectForm, next: ObjectForm, view: View, tell: TellDifference, descend: Descend): void {
  const before = old.properties.get(name);
  const after = next.properties.get(name);
  // What only the other side sends is no part of this message.
  const isThere = (schema: Conjunction | undefined): schema is Conjunction => schema !== undefined && !isOfOtherSide(schema, view);
  if (before !== undefined && after !== undefined) {
    if (!isThere(before) && !isThere(after)) return;
    if (isThere(before) && isThere(after)) {
      compareRequired(name, old, next, tell);
      descend(childPointer('', name), before, after);
      return;
    }
    compareMark(name, isThere(after), view, old, next, tell);
    if (isThere(after) && next.required.has(name)) compareRequired(name, old, next, tell);
    return;
  }
  const step = childPointer('', name);
  if (isThere(after)) {
    const required = next.required.has(name) && !old.required.has(name);
    tell({
      rule: 'property-added',
      step,
      new: next.spots.get(name),
      effect: {
        request: required ? 'breaking' : 'compatible',
        response: old.additional.never ? 'warning' : 'compatible',
      },
      text: required
        ? { en: `the required property "${name}" is new`, zh: `新增必填属性 "${name}"` }
        : { en: `the property "${name}" is new`, zh: `新增属性 "${name}"` },
    });
    if (old.required.has(name)) compareRequired(name, old, next, tell);
    // It was one of the further properties, of which something was said.
    if (old.additional.parts.length > 0) descend(step, old.additional, after);
  }
  if (isThere(before)) {
    const required = old.required.has(name);
    tell({
      rule: 'property-removed',
      step,
      old: old.spots.get(name),
      effect: {
        request: next.additional.never ? 'breaking' : 'warning',
        response: required && !next.required.has(name) ? 'breaking' : 'warning',
      },
      text: required
        ? { en: `the property "${name}", which was always there, is gone`, zh: `删除必有属性 "${name}"` }
        : { en: `the property "${name}" is gone`, zh: `删除属性 "${name}"` },
    });
  }
}

/** `readOnly` in a request, `writeOnly` in a response: the property is left out there (OpenAPI 3.0.3 section 4.7.24.2). */
function isOfOtherSide(schema: Conjunction, view: View): boolean {
  return schema.parts.some((part) => part[view === 'request' ? 'readOnly' : 'writeOnly'] === true);
}

function compareMark(name: string, isThereNow: boolean, view: View, old: ObjectForm, next: ObjectForm, tell: TellDifference): void {
  const mark = view === 'request' ? 'readOnly' : 'writeOnly';
  const isResponse = view === 'response';
  tell({
    rule: isResponse ? 'write-only-changed' : 'read-only-changed',
    step: childPointer('', name),
    old: old.spots.get(name),
    new: next.spots.get(name),
    effect: { [view]: isThereNow ? 'compatible' : isResponse && old.required.has(name) ? 'breaking' : 'warning' },
    text: isThereNow
      ? { en: `"${name}" is no longer ${mark}`, zh: `"${name}" 不再是 ${mark}` }
      : isResponse
        ? { en: `"${name}" is ${mark} now: it is not returned any more`, zh: `"${name}" 改为 ${mark}，不再返回` }
        : { en: `"${name}" is ${mark} now: it is not to be sent any more`, zh: `"${name}" 改为 ${mark}，不应再发送` },
  });
}

function compareRequired(name: string, old: ObjectForm, next: ObjectForm, tell: TellDifference): void {
  if (old.required.has(name) === next.required.has(name)) return;
  const place = { step: childPointer('', name), old: old.spots.get(name), new: next.spots.get(name) };
  tell(
    next.required.has(name)
      ? { rule: 'property-required', ...place, effect: NARROWED, text: { en: `"${name}" is required now`, zh: `"${name}" 变为必填` } }
      : { rule: 'property-optional', ...place, effect: WIDENED, text: { en: `"${name}" is optional now`, zh: `"${name}" 变为可选` } },
  );
}

/** An object that closes or opens; in a response that opens, only strict clients notice. */
function compareAdditional(old: ObjectForm, next: ObjectForm, tell: TellDifference, descend: Descend): void {
  for (const pattern of new Set([...old.patterns.keys(), ...next.patterns.keys()]))
    descend(`/(${pattern})`, old.patterns.get(pattern) ?? old.additional, next.patterns.get(pattern) ?? next.additional);
  if (old.additional.never === next.additional.never) {
    descend('/*', old.additional, next.additional);
    return;
  }
  tell({
    rule: 'additional-properties-changed',
    effect: next.additional.never ? NARROWED : { request: 'compatible', response: 'warning' },
    text: next.additional.never
      ? { en: 'further properties are no longer allowed', zh: '不再允许未声明的属性' }
      : { en: 'further properties are allowed now', zh: '允许未声明的属性' },
  });
}

function compareDependencies({ dependencies: before }: ObjectForm, { dependencies: after }: ObjectForm, tell: TellDifference): void {
  const gone = before.filter((one) => !after.includes(one));
  const come = after.filter((one) => !before.includes(one));
  if (gone.length === 0 && come.length === 0) return;
  const list = (all: readonly string[]): string => all.slice(0, 8).join(', ') || '–';
  tell({
    rule: 'condition-changed',
    effect: gone.length === 0 ? NARROWED : come.length === 0 ? WIDENED : CHANGED,
    text: {
      en: `properties that need others were ${list(gone)}, they are ${list(come)}`,
      zh: `属性间的依赖由 ${list(gone)} 变为 ${list(come)}`,
    },
    before: gone,
    after: come,
  });
}
