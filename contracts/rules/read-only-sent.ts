import { NOTHING } from './rule.ts';
import type { Rule } from './rule.ts';

/** The client sent a property that is the server's to set (`readOnly`; OpenAPI 3.0.3 section 4.7.24.2: "SHOULD NOT be sent as part of the request"). */
export const readOnlySent: Rule = {
  id: 'read-only-sent',
  judge({ requestRemarks, outcome }) {
    if (requestRemarks.length === 0) return NOTHING;
    const sent = requestRemarks.filter(({ kind }) => kind === 'readOnly');
    return sent.map(({ pointer, property, document }) => ({
      side: 'client',
      severity: outcome === 'refused' ? 'notice' : 'warning',
      message: `the property "${property}" is readOnly: it is the server's to set and must not be sent`,
      in: 'request',
      part: 'body',
      pointer,
      property,
      code: 'readOnly',
      document,
    }));
  },
};
