import type { OperationPlan } from './plan.ts';
import { wrongEnvelope } from './rules/wrong-envelope.ts';
import { operatorOf } from './template-shape.ts';
import type { Trial } from './trial.ts';

/**
 * Whether the answer is wrapped as its outcome wants it, as far as the names of the members tell; told where it surely is the other way round. Then nobody knows what became of the request.
 */
export function isWrapped(trial: Trial): boolean {
  const { plan, observation } = trial;
  if (observation.accepted === true && plan.given['bytes'] !== undefined) return true;
  const body = observation.response?.body;
  const ok = plan.hasData ? plan.envelope.ok : plan.envelope.okNoData;
  // Without any member of the envelope nobody can say that this is an answer of the operation.
  const own = namesOf(ok);
  if (
    observation.accepted === true &&
    own !== undefined &&
    own.length > 0 &&
    !(isMembers(body) && own.some((name) => Object.hasOwn(body, name)))
  )
    return false;
  if (!isMembers(body)) return true;
  const right = namesOf(ok === '$data' ? dataOf(plan) : ok);
  const wrong = namesOf(plan.envelope.error);
  if (right === undefined || wrong === undefined) return true;
  const rightOnly = right.filter((name) => !wrong.includes(name));
  const wrongOnly = wrong.filter((name) => !right.includes(name));
  if (rightOnly.length === 0 || wrongOnly.length === 0) return true;
  const [good, bad] = observation.accepted === true ? [rightOnly, wrongOnly] : [wrongOnly, rightOnly];
  const has = (name: string): boolean => Object.hasOwn(body, name);
  if (good.some(has)) return true;
  if (!bad.every(has)) return false;
  wrongEnvelope(trial, { accepted: observation.accepted === true, names: bad });
  return false;
}

/** What stands in place of `$data` where an envelope is nothing else. */
function dataOf({ given, verb, pager }: OperationPlan): unknown {
  if (given['data'] !== undefined && given['data'] !== '$data') return given['data'];
  return verb === 'list' ? pager?.['out'] : given['show'];
}

/** The members that a template always makes; `undefined` where that is not known. */
function namesOf(template: unknown): readonly string[] | undefined {
  if (!isMembers(template) || operatorOf(template) !== undefined) return undefined;
  return Object.keys(template).filter((name) => name !== '...');
}

function isMembers(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
