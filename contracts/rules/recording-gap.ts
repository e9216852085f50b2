import type { Exchange, Gap } from '../exchange.ts';
import { NOTHING } from './rule.ts';
import type { Rule, Verdict } from './rule.ts';

/** The recording lacks something: what it concerns was not judged. A warning only where it made a difference. */
export const recordingGap: Rule = {
  id: 'recording-gap',
  judge: ({ exchange, hiding }) => gapsOf(exchange, hiding),
};

/** @param hiding the gaps because of which something was not said. */
export function gapsOf({ gaps, response }: Exchange, hiding: ReadonlySet<Gap>): readonly Verdict[] {
  if (gaps.length === 0 && response !== undefined) return NOTHING;
  const silent = gaps.length === 0 || !gaps.some((gap) => gap.of === 'entry' || gap.of.startsWith('response'));
  return [
    ...gaps.map((gap) => ({
      side: 'recording' as const,
      severity: hiding.has(gap) && gap.code !== 'stripped' ? ('warning' as const) : ('notice' as const),
      message: gap.message,
      code: `${gap.of} ${gap.code}`,
    })),
    ...(response === undefined && silent
      ? [
          {
            side: 'recording' as const,
            severity: 'notice' as const,
            message: 'has no response: the request was aborted, or nobody answered',
            code: 'response missing',
          },
        ]
      : []),
  ];
}
