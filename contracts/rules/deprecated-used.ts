import { NOTHING } from './rule.ts';
import type { Rule } from './rule.ts';

/** The client uses what the document calls deprecated. */
export const deprecatedUsed: Rule = {
  id: 'deprecated-used',
  judge({ operation, request }) {
    const used = request.violations.length === 0 ? [] : request.violations.filter(({ code }) => code === 'deprecated');
    if (!operation.deprecated && used.length === 0) return NOTHING;
    const common = { side: 'client', severity: 'notice', in: 'request', code: 'deprecated' } as const;
    return [
      ...(operation.deprecated
        ? [
            {
              ...common,
              part: 'route',
              message: `${operation.method} ${operation.path} is deprecated`,
              document: operation.address,
            } as const,
          ]
        : []),
      ...used.map(({ part, name, document }) => ({
        ...common,
        part,
        ...(name === undefined ? {} : { name }),
        message: `the ${part} parameter "${name ?? ''}" is deprecated`,
        document,
      })),
    ];
  },
};
