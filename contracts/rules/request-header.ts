import { NOTHING, requestSeverity, verdictOf } from './rule.ts';
import type { Rule } from './rule.ts';

/** A request header is missing or breaks its schema. */
export const requestHeader: Rule = {
  id: 'request-header',
  judge(facts) {
    if (facts.requestErrors.length === 0) return NOTHING;
    return facts.requestErrors
      .filter(({ part }) => part === 'header')
      .map((violation) => verdictOf(violation, 'client', requestSeverity(facts)));
  },
};
