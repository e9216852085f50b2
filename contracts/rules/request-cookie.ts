import { NOTHING, requestSeverity, verdictOf } from './rule.ts';
import type { Rule } from './rule.ts';

/** A cookie is missing or breaks its schema. */
export const requestCookie: Rule = {
  id: 'request-cookie',
  judge(facts) {
    if (facts.requestErrors.length === 0) return NOTHING;
    return facts.requestErrors
      .filter(({ part }) => part === 'cookie')
      .map((violation) => verdictOf(violation, 'client', requestSeverity(facts)));
  },
};
