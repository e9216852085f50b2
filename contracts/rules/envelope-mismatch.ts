import { envelopeSays, envelopeShape } from '../outcome.ts';
import { NOTHING } from './rule.ts';
import type { Rule } from './rule.ts';

/**
 * The status says that it failed, the envelope that it went well. Only where the document describes the member that says so: OpenAPI itself gives no name
 * a meaning. `200` with `success: false` is none of this: it is a failure like any other.
 */
export const envelopeMismatch: Rule = {
  id: 'envelope-mismatch',
  judge({ exchange, operation, response }) {
    const status = exchange.response?.status;
    if (status === undefined || status < 400 || response?.content === undefined) return NOTHING;
    const shape = envelopeShape(operation, response.content);
    const said = envelopeSays(response.body, shape);
    if (said?.says !== 'success' || shape?.declared.has(said.member) !== true) return NOTHING;
    return [
      {
        side: 'server',
        severity: 'warning',
        message: `the status ${status} is a failure, but the body says success`,
        in: 'response',
        part: 'body',
        pointer: '',
        code: 'envelope',
        document: response.content.address,
      },
    ];
  },
};
