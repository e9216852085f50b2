import { NOTHING, verdictOf } from './rule.ts';
import type { Rule } from './rule.ts';

/** The response has a media type that the document does not name. */
export const undocumentedMediaType: Rule = {
  id: 'undocumented-media-type',
  judge({ exchange, responseErrors }) {
    if (responseErrors.length === 0 || (exchange.response?.headers['content-type'] ?? '') === '') return NOTHING;
    return responseErrors.filter(({ part }) => part === 'media-type').map((violation) => verdictOf(violation, 'server', 'error'));
  },
};
