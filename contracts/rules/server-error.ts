import { NOTHING } from './rule.ts';
import type { Rule } from './rule.ts';

/**
 * A request that breaks the document ended in an internal error: it had to be refused with a status of 400 to 499 (RFC 9110 section 15.5), and whoever sends it could bring the server
 * down. That the status 500 is documented does not make it the answer to that. Other 5xx tell of an outage, and an undocumented 500 is told of as such.
 */
export const serverError: Rule = {
  id: 'server-error',
  judge({ exchange, response, requestErrors, operation }) {
    const [first] = requestErrors;
    if (exchange.response?.status !== 500 || response?.rule === undefined || first === undefined) return NOTHING;
    return [
      {
        side: 'server',
        severity: 'warning',
        message: 'the request breaks the document and ended in an internal error instead of being refused',
        in: 'response',
        part: 'status',
        code: 'internal',
        document: operation.address,
        actual: 500,
      },
    ];
  },
};
