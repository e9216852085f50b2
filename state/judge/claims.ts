import { evaluate } from './evaluate.ts';
import type { Place } from './evaluate.ts';
import { hasHole } from './hole.ts';
import type { Row } from '../world.ts';
import type { CollectionPlan } from './plan.ts';
import { derivedValueWrong } from './rules/derived-value-wrong.ts';
import type { Claim, Trial } from './trial.ts';

/** Claims remembered of each collection. */
const MOST = 50;

/** Notes a number of rows that nobody can judge yet. */
export function noteClaim(trial: Trial, template: Row, actual: unknown, place: Place): void {
  const target = trial.plan.collection(template['$count']);
  if (target === undefined || typeof actual !== 'number' || trial.shared) return;
  const { version } = trial.knowledge.collection(target);
  const claims = trial.claims.get(target.name) ?? [];
  trial.claims.set(target.name, claims);
  const judgeLater: Claim['value'] = (later) => evaluate(template, { ...place, trial: { ...later, plan: trial.plan } });
  claims.push({ value: judgeLater, actual, by: trial.observation.index, version });
  if (claims.length > MOST) claims.shift();
}

/** Judges what was told before, once the rows are known and nothing has changed in between. */
export function judgeClaims(trial: Trial, target: CollectionPlan): void {
  const collection = trial.knowledge.collection(target);
  const open = trial.claims.get(target.name) ?? [];
  const left: Claim[] = [];
  trial.claims.set(target.name, left);
  for (const claim of open) {
    if (claim.version !== collection.version) continue;
    trial.because.clear();
    const known = claim.value(trial);
    if (hasHole(known)) {
      left.push(claim);
      continue;
    }
    if (known === claim.actual) continue;
    derivedValueWrong(trial, { template: '$count', pointer: '', expected: known, actual: claim.actual, because: [claim.by] });
  }
}
