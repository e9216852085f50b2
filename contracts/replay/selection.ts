import type { Judged } from '../judged.ts';
import type { Planned } from './planned.ts';

/** Which recorded exchanges are sent. */
export interface Selection {
  /** Origins whose undocumented exchanges are sent too: `https://stage.example.com`. */
  readonly includeOrigins?: readonly string[];
  /** Documents (`auth`), operations (`issueToken`, `auth.issueToken`); default: all. What they need comes along. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

/** @returns why an exchange is left aside; `undefined`: it is sent. */
export function shouldReplay({ exchange, operation, skipped }: Judged, { includeOrigins = [] }: Selection): string | undefined {
  if (skipped !== undefined) return skipped;
  if (operation === undefined && !includeOrigins.some((origin) => URL.parse(origin)?.origin === exchange.origin)) return 'undocumented';
  if (exchange.gaps.some(({ of }) => of === 'request-body' || of === 'entry')) return 'incomplete';
  if (exchange.response === undefined) return 'unanswered';
  return undefined;
}

/** The plan's exchanges that `only` and `skip` leave, with all that these take values from. */
export function select(exchanges: readonly Planned[], { only = [], skip = [] }: Selection): ReadonlySet<number> {
  const isNamed = ({ judged: { operation } }: Planned, names: readonly string[]): boolean =>
    operation !== undefined &&
    names.some((name) => [operation.document.name, operation.id, `${operation.document.name}.${operation.id}`].includes(name));
  const pending = exchanges.filter((one) => one.aside === undefined && (only.length === 0 || isNamed(one, only)) && !isNamed(one, skip));
  const chosen = new Set<number>();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (chosen.has(next.number)) continue;
    chosen.add(next.number);
    for (const { from } of next.links) {
      const source = exchanges[from.exchange];
      if (source !== undefined && source.aside === undefined && !isNamed(source, skip)) pending.push(source);
    }
  }
  return chosen;
}
