import { isTooMany, NOTHING, requestSeverity, verdictOf } from './rule.ts';
import type { Rule } from './rule.ts';

/** The request's body is missing, can't be read, or breaks its schema. */
export const requestBody: Rule = {
  id: 'request-body',
  judge(facts) {
    if (facts.requestErrors.length === 0) return NOTHING;
    return facts.requestErrors
      .filter((violation) => violation.part === 'body' && !isTooMany(violation))
      .map((violation) => verdictOf(violation, 'client', requestSeverity(facts)));
  },
};
