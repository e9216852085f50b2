import type { RequestMessage, ResponseMessage } from '../../operations/index.ts';
import type { Exchange } from '../exchange.ts';
import type { Target } from '../proxy/target.ts';
import { textAt } from './align.ts';
import { jsonOf } from './compare.ts';
import { deliver } from './deliver.ts';
import type { Link } from './link.ts';
import type { Plan, Planned } from './planned.ts';
import { responseValues } from './response-values.ts';
import type { FindPath } from './response-values.ts';
import { rewrite } from './rewrite.ts';
import type { Edit } from './rewrite.ts';
import { placeText } from './site.ts';
import type { ResponsePlace } from './site.ts';
import { lifetimeOf, saysExpired } from './token-life.ts';

export interface PlayerOptions {
  readonly timeout: number;
  readonly bodyLimit: number;
  readonly retries: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly turn: () => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly find: FindPath;
}

/** What became of one exchange on a target. */
export type Played =
  | { readonly kind: 'answered'; readonly exchange: Exchange; readonly edits: readonly Edit[] }
  | { readonly kind: 'unanswered'; readonly exchange: Exchange; readonly reason: string }
  /** It takes a value from an exchange that gave none. */
  | { readonly kind: 'aside'; readonly on: number };

/** Plays exchanges of a plan to one target and keeps the values that it gives. */
export interface Player {
  readonly play: (planned: Planned) => Promise<Played>;
  /** Tokens that were asked for anew because they had expired. */
  readonly renewed: () => number;
  /** When an exchange was sent; `undefined`: it was not. */
  readonly sentAt: (number: number) => number | undefined;
}

/** @param chosen the exchanges that will be played: what they need is kept of others' answers. */
export function createPlayer(plan: Plan, chosen: ReadonlySet<number>, target: Target, options: PlayerOptions): Player {
  const wanted = new Map<number, Map<string, ResponsePlace>>();
  const issuers = new Set<number>();
  for (const { rule, from, to } of plan.links) {
    if (!chosen.has(to.exchange)) continue;
    if (rule === 'security') issuers.add(from.exchange);
    const places = wanted.get(from.exchange) ?? new Map<string, ResponsePlace>();
    wanted.set(from.exchange, places.set(placeText(from.place), from.place));
  }
  const values = new Map<number, Map<string, string>>();
  const issued = new Map<number, ResponseMessage>();
  const times = new Map<number, number>();
  let renewals = 0;

  function editsOf({ links, given }: Planned): Edit[] | number {
    const edits: Edit[] = [...given];
    for (const link of links) {
      const text = values.get(link.from.exchange)?.get(placeText(link.from.place));
      if (text === undefined) return link.from.exchange;
      edits.push({ site: link.to.site, text });
    }
    return edits;
  }

  async function sendOnce(planned: Planned, message: RequestMessage): ReturnType<typeof deliver> {
    const { timeout, bodyLimit, retries, headers, signal } = options;
    const turn = async (): Promise<void> => {
      await options.turn();
      times.set(planned.number, options.now());
    };
    const recorded = planned.judged.exchange.response?.status;
    return deliver(target, message, { timeout, bodyLimit, retries, headers: { ...planned.headers, ...headers }, signal, turn, recorded });
  }

  function learn({ number, judged }: Planned, response: ResponseMessage): void {
    const places = wanted.get(number);
    if (places === undefined) return;
    const recorded = judged.exchange.response;
    const [before, after] = [recorded === undefined ? undefined : jsonOf(recorded)?.json, jsonOf(response)?.json];
    const others = [...places.values()].some((place) => place.in !== 'body') ? responseValues(response, options.find) : [];
    const found = new Map<string, string>();
    for (const [key, place] of places) {
      const text =
        place.in === 'body' ? textAt(before, after, place.pointer ?? '') : others.find((given) => placeText(given.place) === key)?.text;
      if (text !== undefined && text !== '') found.set(key, text);
    }
    values.set(number, found);
    if (issuers.has(number)) issued.set(number, response);
  }

  async function play(planned: Planned): Promise<Played> {
    const { exchange } = planned.judged;
    const edits = editsOf(planned);
    if (typeof edits === 'number') return { kind: 'aside', on: edits };
    let message = rewrite(exchange.request, edits);
    let sent = await sendOnce(planned, message);
    if (
      sent.kind === 'answered' &&
      sent.response.status === 401 &&
      exchange.response?.status !== 401 &&
      (await renew(planned, edits, sent.response))
    ) {
      const again = editsOf(planned);
      if (typeof again !== 'number') {
        message = rewrite(exchange.request, again);
        sent = await sendOnce(planned, message);
      }
    }
    const made = (response: ResponseMessage | undefined, milliseconds: number | undefined): Exchange => ({
      place: exchange.place,
      origin: target.origin,
      request: { ...message, headers: { ...message.headers, ...planned.headers, ...options.headers, host: target.host } },
      response,
      startedAt: times.get(planned.number),
      milliseconds,
      gaps: [],
    });
    if (sent.kind === 'unanswered') return { kind: 'unanswered', exchange: made(undefined, undefined), reason: sent.reason };
    learn(planned, sent.response);
    return { kind: 'answered', exchange: made(sent.response, sent.milliseconds), edits };
  }

  /** Asks for another token where the one that was sent has expired, not where it was refused for another reason: that is for the checker to tell. */
  async function renew(planned: Planned, edits: readonly Edit[], refusal: ResponseMessage): Promise<boolean> {
    const link = planned.links.find(({ rule }) => rule === 'security');
    const issuer = link === undefined ? undefined : plan.exchanges[link.from.exchange];
    if (link === undefined || issuer === undefined) return false;
    const token = edits.find(({ site }) => site === link.to.site)?.text ?? '';
    const life = lifetimeOf(issued.get(issuer.number));
    const isOld = life !== undefined && options.now() - (times.get(issuer.number) ?? 0) >= life;
    if (!isOld && !saysExpired(refusal, token, options.now())) return false;
    const request = renewalOf(issuer);
    if (request === undefined) return false;
    const sent = await sendOnce(issuer, request);
    if (sent.kind === 'unanswered' || sent.response.status >= 400) return false;
    renewals += 1;
    learn(issuer, sent.response);
    return true;
  }

  /** The request that issued a token once more; with the refresh token that came with it, where it spent one (RFC 6749 section 6). */
  function renewalOf(issuer: Planned): RequestMessage | undefined {
    const edits = editsOf(issuer);
    if (typeof edits === 'number') return undefined;
    const spent = issuer.links.find(({ rule, to }: Link) => rule === 'security' && to.site.in !== 'header');
    if (spent === undefined) return rewrite(issuer.judged.exchange.request, edits);
    const answer = issued.get(issuer.number);
    const value = answer === undefined ? undefined : jsonOf(answer)?.json;
    const text = textAt(value, value, spent.from.place.pointer ?? '');
    if (text === undefined) return undefined;
    return rewrite(
      issuer.judged.exchange.request,
      edits.map((edit) => (edit.site === spent.to.site ? { site: edit.site, text } : edit)),
    );
  }

  return { play, renewed: () => renewals, sentAt: (number) => times.get(number) };
}
