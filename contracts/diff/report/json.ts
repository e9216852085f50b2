import { writeJson } from '../../../operations/index.ts';
import type { DiffResult } from '../result.ts';

/** The result as JSON; integers of any size keep their digits. */
export function diffJson(result: DiffResult): string {
  return `${writeJson(result, 2)}\n`;
}
