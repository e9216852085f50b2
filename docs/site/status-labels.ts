/** What the values of a status mean, where the document's own description of the field says it: `0 草稿，1 预发布`, `PENDING（待执行）`. */
import { record } from '../../operations/index.ts';
import type { Document } from '../../operations/index.ts';
import { splitText } from './text.ts';
import type { Text } from './text.ts';

const MAX_VISITS = 200_000;
const MAX_LABEL = 40;

/** @returns a label for every status, or none at all, in each language: half a legend misleads. */
export function statusLabels(document: Document, field: string, states: readonly string[]): ReadonlyMap<string, Text> {
  for (const description of descriptionsOf(document, field, states)) {
    const { zh, en } = splitText(description);
    const labels = states.map((state) => [state, { zh: labelIn(zh, state), en: labelIn(en, state) }] as const);
    const [hasChinese, hasEnglish] = [labels.every(([, label]) => label.zh !== ''), labels.every(([, label]) => label.en !== '')];
    if (hasChinese || hasEnglish)
      return new Map(labels.map(([state, label]) => [state, { zh: hasChinese ? label.zh : '', en: hasEnglish ? label.en : '' }]));
  }
  return new Map();
}

/** The descriptions of properties of that name whose enumeration has all the states, and of the schemas they refer to. */
function descriptionsOf(document: Document, field: string, states: readonly string[]): string[] {
  const found: string[] = [];
  const pending: unknown[] = [document.root.value];
  const seen = new Set<unknown>();
  while (pending.length > 0 && seen.size < MAX_VISITS) {
    const value = pending.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    const { description, enum: values } = record(value);
    const isOfStates = Array.isArray(values) && states.every((state) => values.map(String).includes(state));
    if (typeof description === 'string' && isOfStates) found.push(description);
    const property = record(record(record(value)['properties'])[field]);
    // An open integer without an enumeration may still be explained.
    if (typeof property['description'] === 'string' && property['enum'] === undefined) found.push(property['description']);
    for (const item of Object.values(value)) pending.push(item);
  }
  return found;
}

function labelIn(description: string, state: string): string {
  const escaped = state.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const match = new RegExp(`(?:^|[^\\w])["'\`]?${escaped}["'\`]?(?!\\w)\\s*[:：=（(—–-]?\\s*([^,，、;；。.)）\\n]+)`).exec(description);
  const label = match?.[1]?.trim() ?? '';
  return label.length > MAX_LABEL || !/\p{L}/u.test(label) ? '' : label;
}
