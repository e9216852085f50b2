import { NOTHING } from './rule.ts';
import type { Rule } from './rule.ts';

/** A body was sent to an operation that has none. Nothing forbids it; nobody promises that it is read. */
export const undocumentedRequestBody: Rule = {
  id: 'undocumented-request-body',
  judge({ exchange, operation, outcome }) {
    if (operation.requestBody !== undefined || operation.hasUnreadBody === true || (exchange.request.body?.length ?? 0) === 0)
      return NOTHING;
    return [
      {
        side: 'client',
        severity: outcome === 'refused' ? 'notice' : 'warning',
        message: 'has a body, but the document describes none',
        in: 'request',
        part: 'body',
        pointer: '',
        code: 'undocumented',
        document: operation.address,
      },
    ];
  },
};
