import { isTooMany, NOTHING, verdictOf } from './rule.ts';
import type { Rule } from './rule.ts';

/** The response's body is missing, can't be read, or breaks its schema. */
export const responseBody: Rule = {
  id: 'response-body',
  judge({ responseErrors }) {
    if (responseErrors.length === 0) return NOTHING;
    return responseErrors
      .filter((violation) => violation.part === 'body' && violation.code !== 'unexpected' && !isTooMany(violation))
      .map((violation) => verdictOf(violation, 'server', 'error'));
  },
};
