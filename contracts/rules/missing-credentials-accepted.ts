import { mayLackCredentials, NOTHING } from './rule.ts';
import type { Rule } from './rule.ts';

/** The document asks for credentials, the server did not. */
export const missingCredentialsAccepted: Rule = {
  id: 'missing-credentials-accepted',
  judge({ request, operation, outcome, exchange }) {
    const { unauthorized } = request;
    if (unauthorized === undefined || outcome !== 'accepted' || mayLackCredentials(exchange, unauthorized)) return NOTHING;
    return [
      {
        side: 'server',
        severity: 'error',
        message: `the request ${unauthorized.message}, but was accepted without`,
        in: 'request',
        part: 'security',
        code: 'required',
        document: operation.address,
      },
    ];
  },
};
