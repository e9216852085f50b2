import type { Operation, OperationTable } from '../../operations/index.ts';
import type { Judged } from '../judged.ts';
import { isPseudonym } from '../redact/pseudonym.ts';
import { publicWords } from '../redact/public-words.ts';
import { chainsOf } from './chains.ts';
import type { ContractMarks } from './contract-marks.ts';
import type { Secrets } from './credentials.ts';
import { ENOUGH_BITS, entropyBits } from './entropy.ts';
import { findLink } from './find-link.ts';
import type { Match, Producer } from './find-link.ts';
import { LINK_RULES } from './link.ts';
import type { Link } from './link.ts';
import { isMaskedSite, resolveCredentials, standIn, strippedCredentials, typedSite } from './plan-credentials.ts';
import type { MaskedUse } from './plan-credentials.ts';
import type { MissingCredential, Plan, Planned } from './planned.ts';
import { isOwnKey, makesRows, readsOnly } from './own-keys.ts';
import { createProducers } from './producers.ts';
import { requestSites } from './request-sites.ts';
import { pathFinder, responseValues } from './response-values.ts';
import { shouldReplay } from './selection.ts';
import type { Selection } from './selection.ts';
import { daysBetween, shiftMoment } from './shift-moment.ts';
import type { Site } from './site.ts';

export interface PlanOptions extends Selection {
  readonly secrets: Secrets;
  /** Put behind keys and other unique values that clients chose, so that they are new on the target. Default: they stay. */
  readonly fresh?: string;
  /** Now, in milliseconds since the epoch: dates of requests are moved by whole days, to lie as far from now as they lay from the recording. Default: they stay. */
  readonly shiftTo?: number;
}

/**
 * Finds out how the values of recorded exchanges hang together: which values of requests the server had made, and in which answer. The contract comes first (security
 * schemes, keys of rows, Link Objects, names); equal values alone count only where they are too long for an accident. What a client sent before any server did is
 * its own and stays as it is.
 * @param recorded exchanges in the order of the recordings, judged as they stand there.
 */
export function createPlan(recorded: readonly Judged[], table: OperationTable, marks: ContractMarks, options: PlanOptions): Plan {
  const words = publicWords(table.documents);
  const isWord = (text: string): boolean => words.has(text);
  const find = pathFinder(table);
  const isSent = recorded.map((judged) => shouldReplay(judged, options));
  const isCandidate = (operation: Operation | undefined, site: Site): boolean =>
    isMaskedSite(site) ||
    site.in === 'header' ||
    site.in === 'cookie' ||
    site.in === 'path' ||
    marks.requestClass(operation, site) !== undefined ||
    /(?:id|ids|key|uuid|no|code|token|number|ref)$/i.test(site.name) ||
    isLong(site.text);
  const sitesOf = ({ exchange, operation }: Judged): Site[] =>
    requestSites(exchange.request, operation).filter((site) => isCandidate(operation, site));

  const wanted = new Set<string>();
  for (const [number, judged] of recorded.entries())
    if (isSent[number] === undefined) for (const { text } of sitesOf(judged)) wanted.add(text);

  const producers = createProducers();
  const fromClient = new Set<string>();
  const ownKeys = new Map<string, Set<string>>();
  const links: Link[] = [];
  const masked: MaskedUse[] = [];
  const ties = new Map<number, string[]>();
  /** Of what is only read the order does not matter. */
  const changed = new Set<string>();
  const drafts: { judged: Judged; links: Link[]; open: Site[]; subject: Planned['subject']; aside: string | undefined }[] = [];

  for (const [number, judged] of recorded.entries()) {
    const { exchange, operation } = judged;
    const { file } = exchange.place;
    const own = ownKeys.get(file) ?? new Set<string>();
    ownKeys.set(file, own);
    const aside = isSent[number];
    const sites = aside === undefined ? sitesOf(judged) : [];
    const isRead = readsOnly(judged, marks);
    const found: Link[] = [];
    const open: Site[] = [];
    let subject: Planned['subject'] = 'none';

    for (const site of sites) {
      // A part of a value that is linked as a whole.
      if (
        found.some(
          ({ to }) =>
            to.site.carrier === site.carrier &&
            to.site.start <= site.start &&
            to.site.end >= site.end &&
            !site.spelling.startsWith('basic'),
        )
      )
        continue;
      const name = marks.requestClass(operation, site);
      const isKey = name !== undefined && marks.isServerMade(name);
      const clientKey = isLong(site.text) ? `${file}\n${site.text}` : `${file}\n${name ?? `${site.in} ${site.name}`}\n${site.text}`;
      const link = fromClient.has(clientKey) ? undefined : linkOf(site, number, operation, file);
      if (link === undefined) {
        open.push(site);
        fromClient.add(clientKey);
        if (isMaskedSite(site)) masked.push({ judged, site });
      } else found.push(link);
      if (isKey && subject !== 'own') subject = own.has(site.text) ? 'own' : 'foreign';
      else if (!isKey && link !== undefined && link.rule !== 'security' && subject === 'none' && own.has(site.text)) subject = 'own';
      if (isKey || (name !== undefined && marks.isUniqueByClient(name))) tie(number, `${file} ${name} ${site.text}`, isRead);
    }
    if (aside === undefined) {
      tie(number);
      // What happens to one thing happens in order, whoever made its name.
      if (operation?.path.includes('{') === true) tie(number, `${file} ${exchange.request.path}`, isRead);
    }
    links.push(...found);
    drafts.push({ judged, links: found, open, subject, aside });
    if (exchange.response !== undefined && aside === undefined) learn(judged, number, new Set(sites.map(({ text }) => text)), own);
  }

  function tie(number: number, name?: string, isRead = false): void {
    const names = ties.get(number) ?? [];
    if (name !== undefined) names.push(name);
    if (name !== undefined && !isRead) changed.add(name);
    ties.set(number, names);
  }

  function linkOf(site: Site, number: number, operation: Operation | undefined, file: string): Link | undefined {
    let best: { match: Match; producer: Producer } | undefined;
    for (const producer of producers.of(site.text, file, isLong(site.text))) {
      const match = findLink({ operation, site, text: site.text }, producer, marks, isWord);
      if (match !== undefined && (best === undefined || !isWeaker({ match, producer }, best))) best = { match, producer };
    }
    if (best === undefined) return undefined;
    const { match, producer } = best;
    const judged = recorded[number];
    return {
      ...match,
      from: { exchange: producer.exchange, place: producer.place },
      to: { exchange: number, site: judged === undefined ? site : typedSite(judged, site) },
    };
  }

  /** What an answer gives that its own request did not say. */
  function learn(judged: Judged, number: number, said: ReadonlySet<string>, own: Set<string>): void {
    const { exchange, operation } = judged;
    const { response, place } = exchange;
    if (response === undefined) return;
    const isMaker = makesRows(judged, marks);
    for (const given of responseValues(response, find, isMaker ? undefined : (text) => wanted.has(text))) {
      if (said.has(given.text)) continue;
      if (isMaker && isOwnKey(operation, given.place, marks)) own.add(given.text);
      if (wanted.has(given.text))
        producers.add(given.text, place.file, { exchange: number, operation, status: response.status, place: given.place, isMaker });
    }
  }

  const credentials = resolveCredentials(masked, marks, options.secrets);
  const missing: MissingCredential[] = [...credentials.missing];
  const firstTimes = new Map<string, number>();
  const freshTexts = options.fresh === undefined ? undefined : freshKeys(drafts, marks);
  const exchanges = drafts.map(({ judged, links: own, open, subject, aside }, number): Planned => {
    const { file } = judged.exchange.place;
    const given = open.flatMap((site) => {
      const name = marks.requestClass(judged.operation, site);
      const text =
        freshTexts?.has(`${file}\n${name}\n${site.text}`) === true
          ? `${site.text}-${options.fresh}`
          : isMaskedSite(site)
            ? (credentials.textOf(file, site.text) ?? standIn(judged, site))
            : undefined;
      return text === undefined ? [] : [{ site: typedSite(judged, site), text }];
    });
    const stripped = aside === undefined ? strippedCredentials(judged, options.secrets) : undefined;
    if (stripped !== undefined && 'missing' in stripped) addMissingScheme(missing, stripped.missing, judged);
    if (aside === undefined && options.shiftTo !== undefined) given.push(...shifted(judged, options.shiftTo, firstTimes, own));
    return {
      number,
      judged,
      links: own,
      given,
      headers: stripped !== undefined && 'headers' in stripped ? stripped.headers : {},
      subject,
      aside,
    };
  });
  return {
    exchanges,
    links,
    chains: chainsOf(
      new Map([...ties].map(([number, names]) => [number, names.filter((name) => changed.has(name))] as const)),
      links.map(({ from, to }) => [from.exchange, to.exchange] as const),
    ),
    missing,
    credentials: credentials.given,
    ownKeys,
    isFromClient: (file, text) => fromClient.has(`${file}\n${text}`),
  };
}

/** A weaker reason; for the same reason who showed a value after who made it, the earlier after the later. */
function isWeaker(a: { match: Match; producer: Producer }, b: { match: Match; producer: Producer }): boolean {
  const [ruleA, ruleB] = [LINK_RULES.indexOf(a.match.rule), LINK_RULES.indexOf(b.match.rule)];
  if (ruleA !== ruleB) return ruleA > ruleB;
  if (a.producer.isMaker !== b.producer.isMaker) return !a.producer.isMaker;
  return a.producer.exchange < b.producer.exchange;
}

/** Too long to be equal by accident, wherever it stands. */
function isLong(text: string): boolean {
  return isPseudonym(text) || entropyBits(text) >= ENOUGH_BITS;
}

/** Dates of a request, moved by the days since its recording began. */
function shifted(
  { exchange, operation }: Judged,
  now: number,
  firstTimes: Map<string, number>,
  links: readonly Link[],
): { site: Site; text: string }[] {
  const { file } = exchange.place;
  const begin = firstTimes.get(file) ?? exchange.startedAt;
  if (begin === undefined) return [];
  firstTimes.set(file, begin);
  const days = daysBetween(begin, now);
  return requestSites(exchange.request, operation).flatMap((site) => {
    const text = links.some(({ to }) => to.site.carrier === site.carrier && to.site.start === site.start)
      ? undefined
      : shiftMoment(site, days);
    return text === undefined ? [] : [{ site, text }];
  });
}

/** Unique texts that clients gave to the rows they made, by file and class. */
function freshKeys(drafts: readonly { judged: Judged; open: readonly Site[] }[], marks: ContractMarks): Set<string> {
  const found = new Set<string>();
  for (const { judged, open } of drafts) {
    const { operation, exchange } = judged;
    if (operation === undefined || !['create', 'upsert'].includes(marks.verbOf(operation))) continue;
    for (const site of open) {
      const name = marks.requestClass(operation, site);
      if (name !== undefined && marks.isUniqueByClient(name) && site.spelling !== 'json-number' && !isMaskedSite(site))
        found.add(`${exchange.place.file}\n${name}\n${site.text}`);
    }
  }
  return found;
}

function addMissingScheme(missing: MissingCredential[], scheme: string, { exchange }: Judged): void {
  const file = `schemes.${scheme}`;
  if (missing.some((known) => known.file === file)) return;
  const environment = [
    `HUFU_SECRET_${scheme
      .replace(/([a-z\d])([A-Z])/g, '$1_$2')
      .replace(/\W+/g, '_')
      .toUpperCase()}`,
  ];
  missing.push({
    pseudonym: '',
    what: `credentials for the security scheme "${scheme}", which the recording was exported without`,
    environment,
    file,
    places: [exchange.place],
  });
}
