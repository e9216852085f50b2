import { NOTHING, verdictOf } from './rule.ts';
import type { Rule } from './rule.ts';

/** The response has a status that the document does not name. */
export const undocumentedStatus: Rule = {
  id: 'undocumented-status',
  judge({ exchange, operation, responseErrors }) {
    if (responseErrors.length === 0) return NOTHING;
    const found = responseErrors.filter(({ part }) => part === 'status');
    if (found.length === 0 || isAskedFor(exchange.response?.status, exchange.request.headers)) return NOTHING;
    // Nobody said that HEAD works where only GET is described.
    if (exchange.request.method !== operation.method && [405, 501].includes(exchange.response?.status ?? 0)) return NOTHING;
    return found.map((violation) => verdictOf(violation, 'server', 'error'));
  },
};

/** HTTP's own answers to conditional and range requests need no document (RFC 9110 sections 13.2 and 14.2). */
function isAskedFor(status: number | undefined, headers: NodeJS.Dict<string | string[]>): boolean {
  if (status === 304) return headers['if-none-match'] !== undefined || headers['if-modified-since'] !== undefined;
  if (status === 412) return headers['if-match'] !== undefined || headers['if-unmodified-since'] !== undefined;
  return (status === 206 || status === 416) && headers['range'] !== undefined;
}
