import { fit, isError, parseAccept } from '../../operations/index.ts';
import { NOTHING } from './rule.ts';
import type { Facts, Rule, Verdict } from './rule.ts';

/**
 * The request keeps to the document and was refused. 405, 415, 406 and 501 can't be right then, unless the document itself names the status for this
 * operation; behind 400 and 422 may stand a rule that only the server knows, so these are told and not counted as errors.
 */
export const validRequestRefused: Rule = {
  id: 'valid-request-refused',
  judge(facts) {
    const { exchange, request, requestErrors } = facts;
    const status = exchange.response?.status;
    if (status === undefined || status < 400 || requestErrors.length > 0 || request.unauthorized !== undefined) return NOTHING;
    if (exchange.gaps.some((gap) => gap.of === 'request-body' || gap.of === 'request-headers' || gap.of === 'entry')) return NOTHING;
    const said = told(status, facts);
    return said === undefined ? NOTHING : [said];
  },
};

function told(status: number, facts: Facts): Verdict | undefined {
  const { operation, request, exchange } = facts;
  const common = { side: 'server', in: 'response', part: 'status', code: 'refused', document: operation.address, actual: status } as const;
  // Whoever documents exactly this status has a reason for it that the document can't say: RFC 9110 section 15.5.16 lets 415 be told from the data, too.
  const severity = facts.response?.rule?.status === String(status) ? 'notice' : 'error';
  switch (status) {
    case 405:
    case 501:
      // HEAD is answered by what is described for GET, but nobody said so.
      if (exchange.request.method !== operation.method) return undefined;
      return { ...common, severity, message: `${operation.method} is documented, but was refused with ${status}` };
    case 415:
      // It may be the coding that is not supported (RFC 9110 section 15.5.16).
      if (request.content === undefined || exchange.request.headers['content-encoding'] !== undefined) return undefined;
      return {
        ...common,
        severity,
        message: `the media type ${request.content.mediaType} is documented, but was refused with 415`,
      };
    case 406:
      return accepts(facts) ? { ...common, severity, message: 'a documented media type was asked for, but refused with 406' } : undefined;
    case 400:
    case 422:
      if ((exchange.request.body?.length ?? 0) > 0 && operation.requestBody === undefined) return undefined;
      // What is wrong with a masked value is no error, but it does not keep to the document either.
      if (request.violations.some(isError)) return undefined;
      return {
        ...common,
        severity: 'notice',
        message: `was refused with ${status}, but keeps to the document; a rule behind it should be documented`,
      };
    default:
      return undefined;
  }
}

/** Fields beside Accept that a server may find nothing for (RFC 9110 section 15.5.7 speaks of them all). */
const OTHER_NEGOTIATION = ['accept-language', 'accept-charset', 'accept-encoding'];

/** Whether the client takes a media type that a success is documented with, and asks for nothing else that could be refused. */
function accepts({ exchange, operation }: Facts): boolean {
  if (OTHER_NEGOTIATION.some((name) => exchange.request.headers[name] !== undefined)) return false;
  const ranges = parseAccept(String(exchange.request.headers['accept'] ?? '*/*'));
  return operation.responses
    .filter(({ status }) => status.startsWith('2'))
    .some(({ contents }) =>
      contents.some(({ range }) => ranges.some((accepted) => accepted.quality > 0 && fit(accepted.range, range) > 0)),
    );
}
