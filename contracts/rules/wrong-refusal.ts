import { mayLackCredentials, NOTHING } from './rule.ts';
import type { Rule } from './rule.ts';

/**
 * A request without any credentials was refused with 403 though the document has a 401: that is for lacking ones, 403 for whoever is known and may not (RFC 9110 sections 15.5.2
 * and 15.5.4). Clients log in again at 401 only.
 */
export const wrongRefusal: Rule = {
  id: 'wrong-refusal',
  judge({ exchange, request, operation }) {
    const { unauthorized } = request;
    if (exchange.response?.status !== 403 || unauthorized === undefined || mayLackCredentials(exchange, unauthorized)) return NOTHING;
    const documented = operation.responses.find(({ status }) => status === '401');
    if (documented === undefined) return NOTHING;
    return [
      {
        side: 'server',
        severity: 'warning',
        message: `the request ${unauthorized.message}, was sent without, and refused with 403 instead of 401`,
        in: 'response',
        part: 'status',
        code: 'status',
        document: documented.address,
        expected: 401,
        actual: 403,
      },
    ];
  },
};
