import { isError } from '../operations/index.ts';
import type { Content, JudgedRequest, JudgedResponse, Operation, Violation } from '../operations/index.ts';
import type { Exchange, Gap } from './exchange.ts';

const NOTHING_HIDDEN: ReadonlySet<Gap> = new Set();

/** Whether the recording has lost what a violation is about. */
export function isLost(violation: Violation, exchange: Exchange): boolean {
  return exchange.gaps.some((gap) => covers(gap, violation, exchange));
}

function covers({ of, code: lack }: Gap, { side, part, code, name }: Violation, { request, response }: Exchange): boolean {
  if (of === 'entry') return true;
  if (of === 'credentials') {
    // Browsers take Set-Cookie out together with Cookie.
    const isCredential = side === 'request' || name?.toLowerCase() === 'set-cookie';
    return part === 'cookie' || (part === 'header' && isCredential && code === 'required');
  }
  if (of === 'part-headers') return side === 'request' && code === 'partHeader';
  if (of === `${side}-body`) return part === 'body';
  if (of !== `${side}-headers`) return false;
  if (part === 'header' || part === 'cookie') return true;
  // Without header fields the media type may still be known, from beside the body.
  const headers = side === 'request' ? request.headers : response?.headers;
  return part === 'media-type' && (lack !== 'missing' || headers?.['content-type'] === undefined);
}

/** The gaps because of which something was not said: a body with a schema that could not be judged, or an error that may be the recording's. */
export function hidingGaps(
  exchange: Exchange,
  operation: Operation,
  request: JudgedRequest,
  response: JudgedResponse | undefined,
): ReadonlySet<Gap> {
  if (exchange.gaps.length === 0) return NOTHING_HIDDEN;
  const violations = [...request.violations, ...(response?.violations ?? [])].filter(isError);
  return new Set(
    exchange.gaps.filter((gap) => {
      if (gap.of === 'entry' || violations.some((violation) => covers(gap, violation, exchange))) return true;
      if (gap.of === 'request-body') return !isNearlyWhole(gap, exchange) && hasSchema(operation.requestBody?.contents);
      if (gap.of === 'response-body') return hasSchema(response?.rule?.contents);
      return gap.of === 'request-headers' && request.unauthorized !== undefined;
    }),
  );
}

/** Only the content of a file is missing from a form, which is judged but for that. */
function isNearlyWhole({ code }: Gap, { request }: Exchange): boolean {
  return code === 'missing' && (request.body?.length ?? 0) > 0;
}

function hasSchema(contents: readonly Content[] = []): boolean {
  return contents.some(({ validator }) => validator !== undefined);
}

/** The exchange without the gaps of which nobody knows whether they are any, and which make no difference. */
export function withoutDoubts(exchange: Exchange, hiding: ReadonlySet<Gap>): Exchange {
  if (exchange.gaps.length === 0 || !exchange.gaps.some(({ perhaps }) => perhaps === true)) return exchange;
  return { ...exchange, gaps: exchange.gaps.filter((gap) => gap.perhaps !== true || hiding.has(gap)) };
}
