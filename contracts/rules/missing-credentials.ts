import { mayLackCredentials, NOTHING } from './rule.ts';
import type { Rule } from './rule.ts';

/** A request without the credentials it needs was refused: right of the server, and worth knowing for the client. */
export const missingCredentials: Rule = {
  id: 'missing-credentials',
  judge({ request, operation, outcome, exchange }) {
    const { unauthorized } = request;
    if (unauthorized === undefined || outcome === 'accepted' || mayLackCredentials(exchange, unauthorized)) return NOTHING;
    return [
      {
        side: 'client',
        severity: 'notice',
        message: `${unauthorized.message}; it was sent without`,
        in: 'request',
        part: 'security',
        code: 'required',
        document: operation.address,
      },
    ];
  },
};
