import { writeJson } from '../../operations/index.ts';
import type { CheckResult } from '../result.ts';

/**
 * The result as JSON: `result.schema.json` describes it. Members come in one order whatever made the result, so that two reports compare line by
 * line; integers of any size keep their digits.
 */
export function jsonReport(result: CheckResult): string {
  return `${writeJson(ordered(result), 2)}\n`;
}

/** Members by name, `version` first; lists keep their order. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  const rank = (name: string): string => (name === 'version' ? '' : name);
  entries.sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, ordered(member)]));
}
