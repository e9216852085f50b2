import { deprecatedUsed } from './deprecated-used.ts';
import { documentDefect } from './document-defect.ts';
import { envelopeMismatch } from './envelope-mismatch.ts';
import { invalidRequestAccepted } from './invalid-request-accepted.ts';
import { missingCredentials } from './missing-credentials.ts';
import { missingCredentialsAccepted } from './missing-credentials-accepted.ts';
import { missingMediaType } from './missing-media-type.ts';
import { readOnlySent } from './read-only-sent.ts';
import { gapsOf, recordingGap } from './recording-gap.ts';
import { requestBody } from './request-body.ts';
import { requestCookie } from './request-cookie.ts';
import { requestHeader } from './request-header.ts';
import { requestMediaType } from './request-media-type.ts';
import { requestParameter } from './request-parameter.ts';
import { responseBody } from './response-body.ts';
import { responseHeader } from './response-header.ts';
import { serverError } from './server-error.ts';
import type { Facts, Rule } from './rule.ts';
import { undocumentedMediaType } from './undocumented-media-type.ts';
import { undocumentedProperty } from './undocumented-property.ts';
import { undocumentedQueryParameter } from './undocumented-query-parameter.ts';
import { undocumentedRequestBody } from './undocumented-request-body.ts';
import { undocumentedStatus } from './undocumented-status.ts';
import { unexpectedBody } from './unexpected-body.ts';
import { validRequestRefused } from './valid-request-refused.ts';
import { writeOnlyReturned } from './write-only-returned.ts';
import { wrongRefusal } from './wrong-refusal.ts';

/** The rules of an exchange whose operation was found, in the order of their findings: request, response, both together, then what nobody of the two is to blame for. */
export const RULES: readonly Rule[] = [
  requestParameter,
  requestHeader,
  requestCookie,
  requestMediaType,
  requestBody,
  undocumentedQueryParameter,
  undocumentedRequestBody,
  readOnlySent,
  missingCredentials,
  undocumentedStatus,
  missingMediaType,
  undocumentedMediaType,
  responseHeader,
  responseBody,
  unexpectedBody,
  writeOnlyReturned,
  undocumentedProperty,
  envelopeMismatch,
  missingCredentialsAccepted,
  invalidRequestAccepted,
  validRequestRefused,
  wrongRefusal,
  serverError,
  deprecatedUsed,
  documentDefect,
  recordingGap,
];

/** Those of RULES that have something to look at in every exchange; the others speak only of one in which something stands out. */
const RULES_OF_ALL: readonly Rule[] = [undocumentedQueryParameter, undocumentedRequestBody, deprecatedUsed, documentDefect];

/** The rules that may have something to say of an exchange, in the order of RULES. */
export function rulesFor(facts: Facts): readonly Rule[] {
  return standsOut(facts) ? RULES : RULES_OF_ALL;
}

/** Whether there is more to an exchange than two whole messages that keep to their schemas, and a status that does not refuse. */
function standsOut({ exchange, request, response, requestErrors, responseErrors, requestRemarks, responseRemarks }: Facts): boolean {
  if (response === undefined || exchange.response === undefined || exchange.response.status >= 400 || exchange.gaps.length > 0) return true;
  if (request.unauthorized !== undefined || request.violations.length + response.violations.length > 0) return true;
  return requestErrors.length + responseErrors.length + requestRemarks.length + responseRemarks.length > 0;
}

export type { Facts, Verdict } from './rule.ts';

/** The rules of an exchange whose very entry is garbled: whatever else it seems to say is not held against anybody. */
export const RULES_OF_LOST: readonly Rule[] = [documentDefect, recordingGap];

export { gapsOf };
