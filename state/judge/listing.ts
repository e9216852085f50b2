import { writeJson } from '../../operations/index.ts';
import { objectAt } from '../shape.ts';
import { textOf } from '../text.ts';
import { judgeClaims } from './claims.ts';
import { evaluate } from './evaluate.ts';
import type { Place } from './evaluate.ts';
import { fits } from './fits.ts';
import { learnGroup } from './groups.ts';
import { hasHole, HOLE } from './hole.ts';
import { totalOf } from './judge-page.ts';
import type { KnownRow } from './knowledge.ts';
import type { Listing, Listings } from './listings.ts';
import type { ToldList } from './match.ts';
import type { AskedPage } from './page.ts';
import type { CollectionPlan } from './plan.ts';
import { presenceOf, readerOf } from './rows.ts';
import { judgeFirstPage } from './rules/order-wrong.ts';
import { pageOverlap } from './rules/page-overlap.ts';
import { rowMissingFromList } from './rules/row-missing-from-list.ts';
import { totalMismatch } from './rules/total-mismatch.ts';
import { isOver } from './trial.ts';
import type { Trial } from './trial.ts';
import { loosen } from './status.ts';

export interface ListingPage {
  readonly trial: Trial;
  readonly target: CollectionPlan;
  readonly place: Place;
  readonly rows: readonly { readonly row: KnownRow; readonly pointer: string }[];
  readonly told: ToldList;
  readonly page: AskedPage | undefined;
  readonly listings: Listings;
}

/** What the pages of one listing are together: no row twice, one total, and in the end every row that is known to be there. */
export function judgeListing(page: ListingPage): void {
  const { trial, target, place, rows, told, page: asked, listings } = page;
  if (asked === undefined || trial.shared || !target.isOwned) return;
  const collection = trial.knowledge.collection(target);
  // Somebody changes the collection while it is listed: what the list shows may be from before or after.
  if (!isOver(trial, collection.writtenUntil)) return;
  const name = nameOf(trial, place, asked);
  const known = listings.get(name);
  const isSame =
    known !== undefined && known.version === collection.version && !known.pages.has(asked.offset) && !hasOwnMotion(target, place);
  const listing: Listing = isSame
    ? known
    : {
        version: collection.version,
        started: trial.started,
        size: asked.size,
        rows: new Map(),
        pages: new Map(),
        expected: knownRows(page),
        total: undefined,
      };
  listings.put(name, listing);
  judgeTotal(page, listing);
  for (const [index, { row, pointer }] of rows.entries()) {
    if (row.key === undefined) continue;
    const seen = listing.rows.get(row.key);
    const place = asked.offset + index;
    if (seen !== undefined && seen.place !== place) pageOverlap(trial, { row, pointer, by: seen.by });
    else listing.rows.set(row.key, { place, by: trial.observation.index });
  }
  listing.pages.set(asked.offset, { count: rows.length, by: trial.observation.index });
  const because = [...listing.pages.values()].map(({ by }) => by);
  const present = listing.expected.filter((row) => !row.isForgotten && presenceOf(trial, row) === 'present' && surelyFits(page, row));
  if (isComplete(listing, asked) && rows.every(({ row }) => row.key !== undefined)) {
    const missing = present.filter(({ key }) => key !== undefined && !listing.rows.has(key));
    for (const row of missing)
      rowMissingFromList(trial, {
        row,
        pointer: told.rows?.pointer ?? '',
        because: [...because, ...(row.presence === undefined ? [] : [row.presence.by])],
      });
    if (missing.length > 0) return;
    judgeKnownTotal(page, listing, present);
    learnListed(page, listing, because);
    return;
  }
  if (asked.offset === 0) judgeFirstPage(trial, rows, present, place);
  judgeKnownTotal(page, listing, present);
}

/** The total against the rows that are known to be there, and those that came into being together. */
function judgeKnownTotal(page: ListingPage, listing: Listing, present: readonly KnownRow[]): void {
  const { trial, told } = page;
  const total = totalOf(told);
  // What the page itself shows is told already.
  if (total === undefined || trial.found.some(({ rule }) => rule === 'total-mismatch')) return;
  const known = new Set([...present.map(({ key }) => key), ...listing.rows.keys()]).size;
  if (known <= total.value) return judgeGroup(page, listing, total);
  totalMismatch(trial, {
    pointer: total.pointer,
    why: `the total is ${total.value}, but at least ${known} rows that fit are known to be there`,
    expected: known,
    actual: total.value,
    because: [
      ...present.flatMap(({ presence }) => (presence === undefined ? [] : [presence.by])),
      ...[...listing.rows.values()].map(({ by }) => by),
    ],
  });
}

/** Everything of the request but the page: two pages of one listing have it in common. */
function nameOf(trial: Trial, place: Place, { size }: AskedPage): string {
  const { pager, given, id, module } = trial.plan;
  const asked = templatesIn(given['where']).map((template) => evaluate(template, place));
  const sort = templatesIn(pager?.['sort']).map((template) => evaluate(template, place));
  const text = (value: unknown): string => (typeof value === 'symbol' ? '?' : (writeJson(value) ?? ''));
  return `${module} ${id} ${trial.who} ${size ?? ''} ${asked.map(text).join(' ')} / ${sort.map(text).join(' ')}`;
}

/** The expressions of a filter that the request fills. */
function templatesIn(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('$request.') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(templatesIn) : [];
}

/** Whether rows come into the listing, or leave it, by time alone. */
function hasOwnMotion({ machine }: CollectionPlan, place: Place): boolean {
  if (machine === undefined || machine.timed.length === 0) return false;
  const moving = new Set([machine.field, ...machine.timedFields]);
  return Object.entries(objectAt(place.trial.plan.given['where'])).some(
    ([field, wanted]) =>
      field.startsWith('$') || (moving.has(field) && (typeof wanted !== 'string' || evaluate(wanted, place) !== undefined)),
  );
}

/** The only condition that is asked for, where it is that a field equals a value. */
function onlyCondition({ trial, place }: ListingPage): { readonly field: string; readonly value: string } | undefined {
  const given: { field: string; value: string }[] = [];
  for (const [field, wanted] of Object.entries(objectAt(trial.plan.given['where']))) {
    const asked = typeof wanted === 'string' ? evaluate(wanted, place) : HOLE;
    if (asked === undefined) continue;
    if (
      typeof wanted === 'object' &&
      wanted !== null &&
      fits(
        { [field]: wanted },
        () => HOLE,
        (template) => evaluate(template, place),
        trial.eyes,
      ) === true
    )
      continue;
    if (hasHole(asked) || asked === null || typeof asked === 'object' || field.startsWith('$')) return undefined;
    given.push({ field, value: textOf(asked) });
  }
  return given.length === 1 ? given[0] : undefined;
}

/** The rows of a listing that was seen to its end are all that have what was asked for. */
function learnListed(page: ListingPage, listing: Listing, because: readonly number[]): void {
  const { trial, target } = page;
  const only = onlyCondition(page);
  if (only === undefined) return;
  const rows = Array.from(listing.rows.keys(), (key) => trial.knowledge.find(target, key));
  if (rows.every((row) => row !== undefined)) {
    learnGroup(trial, target, only.field, only.value, rows, because);
    judgeClaims(trial, target);
  }
}

/** The total against the number of rows that came into being together. */
function judgeGroup(page: ListingPage, listing: Listing, total: { readonly value: number; readonly pointer: string }): void {
  const { trial, target } = page;
  const only = onlyCondition(page);
  const group = only === undefined ? undefined : trial.knowledge.collection(target).groups.get(`${only.field}=${only.value}`);
  if (group === undefined || group.who !== trial.who || group.until > listing.started + 1) return;
  if (group.rows.some(({ isForgotten }) => isForgotten) || total.value === group.rows.length) return;
  totalMismatch(trial, {
    pointer: total.pointer,
    why: `the total is ${total.value}, but there are ${group.rows.length} rows with this ${group.field}`,
    expected: group.rows.length,
    actual: total.value,
    because: group.by,
  });
}

function judgeTotal({ trial, told }: ListingPage, listing: Listing): void {
  const total = totalOf(told);
  if (total === undefined) return;
  const { value, pointer } = total;
  const known = listing.total;
  if (known !== undefined && known.value !== value)
    totalMismatch(trial, {
      pointer,
      why: `the total is ${value}; on another page of the same listing it was ${known.value}, and nothing has changed since`,
      expected: known.value,
      actual: value,
      because: [known.by],
    });
  else listing.total = { value, by: trial.observation.index };
}

/** Rows that are looked at for one listing: those that were met last. */
const MOST_LOOKED_AT = 2_000;

/** Rows that are surely there, and surely fit; those that this very page shows are not asked for. */
function knownRows(page: ListingPage): KnownRow[] {
  const { trial, target } = page;
  const { rows } = trial.knowledge.collection(target);
  const found: KnownRow[] = [];
  const asked = new Map<string, unknown>();
  let skipped = rows.size - MOST_LOOKED_AT;
  for (const row of rows.values()) {
    skipped -= 1;
    if (skipped >= 0 || row.presence?.is !== 'present' || row.presence.by === trial.observation.index) continue;
    if (presenceOf(trial, row) === 'present' && surelyFits(page, row, asked)) found.push(row);
  }
  return found;
}

/** @param asked what the request asks for, which is the same for all rows. */
function surelyFits({ trial, place }: ListingPage, row: KnownRow, asked = new Map<string, unknown>()): boolean {
  const { where } = trial.plan.given;
  if (where === undefined) return true;
  loosen(trial, row);
  const ask = (template: unknown): unknown => {
    if (typeof template !== 'string' || !template.startsWith('$request.')) return evaluate(template, { ...place, row });
    if (!asked.has(template)) asked.set(template, evaluate(template, place));
    return asked.get(template);
  };
  return fits(where, readerOf(trial, row), ask, trial.eyes) === true;
}

/** Whether all pages were seen, without a gap. */
function isComplete({ pages, total }: Listing, { size }: AskedPage): boolean {
  if (size === undefined) return true;
  let next = 0;
  for (let page = pages.get(0); page !== undefined; page = pages.get(next)) {
    if (page.count < size) return true;
    next += size;
    if (total?.value === next) return true;
  }
  return false;
}
