import { NOTHING } from './rule.ts';
import type { Rule } from './rule.ts';

/** The request breaks the document, and the server took it. What is wrong with the request is said by the rules of its parts. */
export const invalidRequestAccepted: Rule = {
  id: 'invalid-request-accepted',
  judge({ requestErrors, outcome, operation }) {
    const [first] = requestErrors;
    if (first === undefined || outcome !== 'accepted') return NOTHING;
    const { part, name, pointer } = first;
    const place = name === undefined ? `${part}${pointer === '' ? '' : ` ${pointer}`}` : `${part} ${name}`;
    const more = requestErrors.length === 1 ? '' : `, and ${requestErrors.length - 1} more`;
    return [
      {
        side: 'server',
        severity: 'warning',
        message: `the request was accepted although it breaks the document: ${place} ${first.message}${more}`,
        in: 'request',
        part,
        ...(name === undefined ? {} : { name }),
        pointer,
        code: first.code,
        document: first.document === '' ? operation.address : first.document,
      },
    ];
  },
};
