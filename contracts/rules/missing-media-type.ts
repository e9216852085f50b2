import { NOTHING, verdictOf } from './rule.ts';
import type { Rule } from './rule.ts';

/** The response has a body and no Content-Type: nobody can tell how to read it (RFC 9110 section 8.3). */
export const missingMediaType: Rule = {
  id: 'missing-media-type',
  judge({ exchange, response, responseErrors }) {
    if (responseErrors.length === 0 || (exchange.response?.headers['content-type'] ?? '') !== '') return NOTHING;
    const documented = response?.rule?.contents.map(({ mediaType }) => mediaType).join(', ') ?? '';
    return responseErrors
      .filter(({ part }) => part === 'media-type')
      .map((violation) => ({
        ...verdictOf(violation, 'server', 'error'),
        code: 'required',
        message: `has a body and no Content-Type; documented: ${documented}`,
      }));
  },
};
