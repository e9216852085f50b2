import type { Remark, Violation } from '../../operations/index.ts';
import { isTooMany, NOTHING, pointerOfProperty, requestSeverity, verdictOf } from './rule.ts';
import type { Rule, Verdict } from './rule.ts';

/**
 * A property that the document does not describe. Where the schema is closed it is an error; where it is open (JSON Schema's default) it is only
 * worth knowing: the server says more than the document, or a name is misspelt.
 */
export const undocumentedProperty: Rule = {
  id: 'undocumented-property',
  judge(facts) {
    const { requestErrors, responseErrors, requestRemarks, responseRemarks } = facts;
    if (requestErrors.length + responseErrors.length + requestRemarks.length + responseRemarks.length === 0) return NOTHING;
    const [sent, returned] = [requestErrors.filter(isTooMany), responseErrors.filter(isTooMany)];
    return [
      ...sent.map((violation) => ({ ...verdictOf(violation, 'client', requestSeverity(facts)), pointer: pointerOfProperty(violation) })),
      ...returned.map((violation) => ({ ...verdictOf(violation, 'server', 'error'), pointer: pointerOfProperty(violation) })),
      ...undescribed(requestRemarks, sent).map((remark): Verdict => ({ ...told(remark), side: 'client', in: 'request' })),
      ...undescribed(responseRemarks, returned).map((remark): Verdict => ({ ...told(remark), side: 'server', in: 'response' })),
    ];
  },
};

/** Those that the validator has not refused already. */
function undescribed(remarks: readonly Remark[], refused: readonly Violation[]): readonly Remark[] {
  const told = new Set(refused.map(pointerOfProperty));
  return remarks.filter(({ kind, pointer }) => kind === 'undescribed' && !told.has(pointer));
}

function told({
  pointer,
  property,
  document,
}: Remark): Pick<Verdict, 'severity' | 'message' | 'part' | 'pointer' | 'property' | 'code' | 'document'> {
  const message = `the property "${property}" is not described`;
  return { severity: 'notice', message, part: 'body', pointer, property, code: 'undescribed', document };
}
