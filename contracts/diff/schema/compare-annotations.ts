import type { SchemaObject } from '../../../operations/index.ts';
import type { Conjunction } from './conjunction.ts';
import { NOTED } from './difference.ts';
import type { TellDifference } from './difference.ts';
import { show, valueKey } from './value.ts';

/** `default` and `deprecated` of a schema. A default is what the server does for a client that says nothing. */
export function compareAnnotations(old: Conjunction, next: Conjunction, tell: TellDifference): void {
  const [before, after] = [defaultOf(old.parts), defaultOf(next.parts)];
  const text = (given: { value: unknown } | undefined): string => (given === undefined ? '–' : show(given.value));
  if ((before === undefined ? '' : valueKey(before.value)) !== (after === undefined ? '' : valueKey(after.value)))
    tell({
      rule: 'default-changed',
      effect: { request: before === undefined ? 'compatible' : 'warning' },
      text: { en: `the default was ${text(before)}, it is ${text(after)}`, zh: `默认值由 ${text(before)} 变为 ${text(after)}` },
      ...(before === undefined ? {} : { before: before.value }),
      ...(after === undefined ? {} : { after: after.value }),
    });
  const [wasDeprecated, isDeprecated] = [isMarked(old.parts), isMarked(next.parts)];
  if (wasDeprecated !== isDeprecated)
    tell({
      rule: isDeprecated ? 'deprecated-added' : 'deprecated-removed',
      effect: NOTED,
      text: isDeprecated
        ? { en: 'it is deprecated now', zh: '标记为已弃用' }
        : { en: 'it is no longer deprecated', zh: '不再标记为已弃用' },
    });
}

function defaultOf(parts: readonly SchemaObject[]): { value: unknown } | undefined {
  const part = parts.find((one) => one['default'] !== undefined);
  return part === undefined ? undefined : { value: part['default'] };
}

function isMarked(parts: readonly SchemaObject[]): boolean {
  return parts.some((part) => part['deprecated'] === true);
}
