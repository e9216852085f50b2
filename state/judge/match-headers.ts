import { objectAt } from '../shape.ts';
import { evaluate } from './evaluate.ts';
import type { Place } from './evaluate.ts';
import { differenceOf } from './difference.ts';
import { hasHole } from './hole.ts';
import { derivedValueWrong } from './rules/derived-value-wrong.ts';
import type { Trial } from './trial.ts';

/** An HTTP date (RFC 9110 section 5.6.7). */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** Holds the headers that a state file names against those of the answer, where they are there. */
export function matchHeaders(trial: Trial, place: Place): void {
  const headers = objectAt(trial.plan.given['headers']);
  for (const [name, template] of Object.entries(headers)) {
    const actual = trial.observation.response?.headers[name.toLowerCase()];
    if (typeof actual !== 'string') continue;
    trial.because.clear();
    const known = evaluate(template, place);
    if (hasHole(known) || known === undefined || known === null) continue;
    if (HTTP_DATE.test(actual)) {
      const moment = trial.eyes.clock.read(known);
      if (moment === undefined || Math.floor(moment / 1000) === Math.floor(Date.parse(actual) / 1000)) continue;
    } else if (isAddress(name) || differenceOf(known, actual, trial.eyes) === undefined) continue;
    derivedValueWrong(trial, { template: `the header ${name}`, pointer: '', expected: known, actual, because: trial.because });
  }
}

/** An address may be written in full or in part. */
function isAddress(name: string): boolean {
  return name.toLowerCase() === 'location' || name.toLowerCase() === 'link';
}
