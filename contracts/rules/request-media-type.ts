import { NOTHING, requestSeverity, verdictOf } from './rule.ts';
import type { Rule } from './rule.ts';

/** The request's body has a media type that the document does not name. */
export const requestMediaType: Rule = {
  id: 'request-media-type',
  judge(facts) {
    if (facts.requestErrors.length === 0) return NOTHING;
    return facts.requestErrors
      .filter(({ part }) => part === 'media-type')
      .map((violation) => verdictOf(violation, 'client', requestSeverity(facts)));
  },
};
