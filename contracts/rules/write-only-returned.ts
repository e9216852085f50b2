import { NOTHING } from './rule.ts';
import type { Rule } from './rule.ts';

/** The server returned a property that only clients may send (`writeOnly`): a password, most often. */
export const writeOnlyReturned: Rule = {
  id: 'write-only-returned',
  judge({ responseRemarks }) {
    if (responseRemarks.length === 0) return NOTHING;
    const returned = responseRemarks.filter(({ kind }) => kind === 'writeOnly');
    return returned.map(({ pointer, property, document }) => ({
      side: 'server',
      severity: 'error',
      message: `the property "${property}" is writeOnly: it must not be returned`,
      in: 'response',
      part: 'body',
      pointer,
      property,
      code: 'writeOnly',
      document,
    }));
  },
};
