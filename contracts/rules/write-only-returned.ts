import { valueAt } from '../../operations/index.ts';
import { fieldOf } from '../sensitive-field.ts';
import { NOTHING } from './rule.ts';
import type { Facts, Rule, Verdict } from './rule.ts';

/** The server returned a property that only clients may send (`writeOnly`): a password, most often. */
export const writeOnlyReturned: Rule = {
  id: 'write-only-returned',
  judge(facts) {
    const { responseRemarks } = facts;
    if (responseRemarks.length === 0) return NOTHING;
    return responseRemarks.flatMap((remark): Verdict[] => {
      const { kind, pointer, property, document } = remark;
      const common = { side: 'server', in: 'response', part: 'body', pointer, property, document } as const;
      if (kind === 'writeOnly')
        return [
          { ...common, severity: 'error', message: `the property "${property}" is writeOnly: it must not be returned`, code: 'writeOnly' },
        ];
      if (!isEchoedSecret(facts, pointer, property)) return [];
      const message = `the property "${property}" is not described, and repeats what the request marks as secret`;
      return [{ ...common, severity: 'warning', message, code: 'echo' }];
    });
  },
};

/** Whether a property that no document describes holds the very value that stands at its place in the request, where it is a secret or personal. */
function isEchoedSecret({ request, response, operation }: Facts, pointer: string, property: string): boolean {
  const returned = valueAt(response?.body, pointer);
  if (typeof returned !== 'string' || returned === '' || returned !== valueAt(request.body, pointer)) return false;
  // Deeper places would need the schema's own way there; echoes are of whole requests.
  if (pointer.lastIndexOf('/') !== 0) return false;
  const schemas = (operation.requestBody?.contents ?? []).map(({ validator }) => validator?.schema);
  return fieldOf(schemas, operation.validators.lookup).property(property).sensitive;
}
