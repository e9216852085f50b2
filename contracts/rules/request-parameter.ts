import { NOTHING, requestSeverity, verdictOf } from './rule.ts';
import type { Rule } from './rule.ts';

/** A path or query parameter is missing or breaks its schema. */
export const requestParameter: Rule = {
  id: 'request-parameter',
  judge(facts) {
    if (facts.requestErrors.length === 0) return NOTHING;
    return facts.requestErrors
      .filter(({ part }) => part === 'path' || part === 'query')
      .map((violation) => verdictOf(violation, 'client', requestSeverity(facts)));
  },
};
