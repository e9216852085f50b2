import { envelopeSays } from '../outcome.ts';
import { NOTHING } from './rule.ts';
import type { Rule } from './rule.ts';

/** The status says that it failed, the envelope that it went well. `200` with `success: false` is none of this: it is a failure like any other. */
export const envelopeMismatch: Rule = {
  id: 'envelope-mismatch',
  judge({ exchange, response }) {
    const status = exchange.response?.status;
    if (status === undefined || status < 400 || response?.rule === undefined || envelopeSays(response.body) !== 'success') return NOTHING;
    return [
      {
        side: 'server',
        severity: 'error',
        message: `the status ${status} is a failure, but the body says success`,
        in: 'response',
        part: 'body',
        pointer: '',
        code: 'envelope',
        document: response.content?.address ?? response.rule.address,
      },
    ];
  },
};
