import { NOTHING, verdictOf } from './rule.ts';
import type { Rule } from './rule.ts';

/** A body where there must be none (204, 205, 304, HEAD; RFC 9110 section 6.4.1), or where the document describes none. */
export const unexpectedBody: Rule = {
  id: 'unexpected-body',
  judge({ exchange, response, responseErrors }) {
    if (response === undefined || response.violations.length === 0 || (exchange.response?.body?.length ?? 0) === 0) return NOTHING;
    const forbidden = responseErrors.filter(({ part, code }) => part === 'body' && code === 'unexpected');
    const undescribed = response.violations.filter(
      ({ part, code, severity }) => part === 'body' && code === 'undocumented' && severity === 'warning',
    );
    if (forbidden.length === 0 && undescribed.length === 0) return NOTHING;
    return [
      ...forbidden.map((violation) => verdictOf(violation, 'server', 'error')),
      ...undescribed.map((violation) => verdictOf(violation, 'server', 'warning')),
    ];
  },
};
