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
    const [sent, returned] = [requestErrors.filter(isTooManyInBody), responseErrors.filter(isTooManyInBody)];
    return [
      ...sent.map((violation) => ({ ...verdictOf(violation, 'client', requestSeverity(facts)), pointer: pointerOfProperty(violation) })),
      ...returned.map((violation) => ({ ...verdictOf(violation, 'server', 'error'), pointer: pointerOfProperty(violation) })),
      ...undescribed(requestRemarks, sent).map((said): Verdict => ({ ...said, side: 'client', in: 'request' })),
      ...undescribed(responseRemarks, returned).map((said): Verdict => ({ ...said, side: 'server', in: 'response' })),
    ];
  },
};

/** One too many in a parameter or a header field is told by the rule of that. */
function isTooManyInBody(violation: Violation): boolean {
  return violation.part === 'body' && isTooMany(violation);
}

/** A map of a thousand names that nobody described is one thing to know, not a thousand. */
const MOST_TOLD = 20;

/** Those that the validator has not refused already; beyond {@link MOST_TOLD} they are counted in one. */
function undescribed(remarks: readonly Remark[], refused: readonly Violation[]): readonly Said[] {
  const known = new Set(refused.map(pointerOfProperty));
  const found = remarks.filter(({ kind, pointer }) => kind === 'undescribed' && !known.has(pointer));
  const said = found.slice(0, MOST_TOLD).map(told);
  const [next] = found.slice(MOST_TOLD);
  if (next === undefined) return said;
  const rest = found.length - MOST_TOLD;
  const message = `at least ${rest} more ${rest === 1 ? 'property is' : 'properties are'} not described`;
  return [...said, { severity: 'notice', message, part: 'body', pointer: '', code: 'undescribed', document: next.document }];
}

type Said = Pick<Verdict, 'severity' | 'message' | 'part' | 'pointer' | 'property' | 'code' | 'document'>;

function told({ pointer, property, document }: Remark): Said {
  const message = `the property "${property}" is not described`;
  return { severity: 'notice', message, part: 'body', pointer, property, code: 'undescribed', document };
}
