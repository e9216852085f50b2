import type { Judged } from '../judged.ts';
import type { ContractMarks } from './contract-marks.ts';
import type { Plan, Planned } from './planned.ts';
import type { Player } from './player.ts';
import { lifetimeOf } from './token-life.ts';

/** Clocks and networks make so much of a difference by themselves. */
const TOLERANCE = 2_000;
const MOVING = new Set(['transition', 'update', 'upsert', 'delete']);

/**
 * Whether the answer hangs on time that passed in the recording and has not passed now, or the other way round: a token that had expired by then, a row that
 * time alone had moved on.
 */
export function isTimeBound(planned: Planned, judged: Judged, plan: Plan, player: Player, marks: ContractMarks): boolean {
  const { exchange, operation } = planned.judged;
  if (operation === undefined) return false;
  const since = (number: number): readonly [recorded: number, now: number] | undefined => {
    const start = plan.exchanges[number]?.judged.exchange.startedAt;
    const sent = player.sentAt(number);
    return start === undefined || sent === undefined || exchange.startedAt === undefined || judged.exchange.startedAt === undefined
      ? undefined
      : [exchange.startedAt - start, judged.exchange.startedAt - sent];
  };
  for (const { rule, from } of planned.links) {
    const ages = since(from.exchange);
    if (ages === undefined) continue;
    const [recorded, now] = ages;
    if (rule === 'security') {
      const life = lifetimeOf(plan.exchanges[from.exchange]?.judged.exchange.response);
      if (life !== undefined && exchange.response?.status === 401 && recorded >= life && now < life) return true;
    } else if (Math.abs(recorded - now) > TOLERANCE && MOVING.has(marks.verbOf(operation)) && marks.collectionOf(operation)?.timed === true)
      return true;
  }
  return false;
}
