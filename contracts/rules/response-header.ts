import { NOTHING, verdictOf } from './rule.ts';
import type { Rule } from './rule.ts';

/** A documented response header is missing or breaks its schema. */
export const responseHeader: Rule = {
  id: 'response-header',
  judge({ responseErrors }) {
    if (responseErrors.length === 0) return NOTHING;
    return responseErrors.filter(({ part }) => part === 'header').map((violation) => verdictOf(violation, 'server', 'error'));
  },
};
