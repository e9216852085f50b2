import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { validateResponse } from '../../operations/index.ts';
import type { Operation, Violation } from '../../operations/index.ts';
import type { Journal, JournalEntry } from '../journal.ts';
import type { Reply } from '../reply.ts';
import { harText } from './har.ts';
import { shownEntry, shownViolation, violationsOf } from './journal-entry.ts';
import { journalFilter } from './journal-filter.ts';
import { json, NO_CONTENT, pathText, queryText } from './operation.ts';
import type { ControlCall } from './operation.ts';
import { placeOf } from './place.ts';
import { Refusal } from './refusal.ts';
import { explain } from './why.ts';

const DEFAULT_LIMIT = 100;

/** @throws Refusal `JOURNAL_OFF` */
export function journalOf({ driven }: ControlCall): Journal {
  if (driven.journal === undefined) throw new Refusal('JOURNAL_OFF', 'The mock was started without a journal: no exchange is kept.');
  return driven.journal;
}

/** The entry that the path names. @throws Refusal `JOURNAL_OFF`, `UNKNOWN_ENTRY` */
export function entryOf(call: ControlCall): JournalEntry {
  const id = Number(pathText(call, 'id'));
  const entry = journalOf(call).entry(id);
  if (entry === undefined) throw new Refusal('UNKNOWN_ENTRY', `The journal has no entry ${id}: it was cleared, or is too long ago.`);
  return entry;
}

/** The newest entries that fit, oldest of them first. */
export function listJournal(call: ControlCall): Reply {
  const limit = Number(queryText(call, 'limit') ?? DEFAULT_LIMIT);
  return json(journalOf(call).find(journalFilter(call), limit).map(shownEntry));
}

/** One entry and why it was answered so; its answer is judged by the document once more, a fault may have spoilt it after it was made. */
export async function readJournalEntry(call: ControlCall): Promise<Reply> {
  const entry = entryOf(call);
  const { operation } = entry;
  const known = violationsOf(entry);
  const judged = operation === undefined || known.some(({ side }) => side === 'response') ? [] : await answerViolations(operation, entry);
  const violations = [...known, ...judged].map((violation) => {
    const place = operation === undefined ? undefined : placeOf(operation.document, violation.document);
    return { ...shownViolation(violation), ...(place === undefined ? {} : { place }) };
  });
  return json({ ...shownEntry(entry), violations, why: await explain(entry, call.driven.mock()) });
}

/** The refusals that are the mock's own are described by no document. */
async function answerViolations(operation: Operation, { reply, request }: JournalEntry): Promise<readonly Violation[]> {
  if (reply.status === 0 || String(reply.headers['content-type']).startsWith('application/problem+json')) return [];
  const own = Object.entries(reply.headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]] as const);
  const headers = { 'content-length': String(reply.body?.length ?? 0), ...Object.fromEntries(own) };
  return await validateResponse(operation, { status: reply.status, headers, body: reply.body }, request.method);
}

/** Everything that fits as HAR, written entry by entry as fast as it is read. */
export async function exportHar(call: ControlCall): Promise<undefined> {
  const entries = journalOf(call).find(journalFilter(call));
  const { request, response } = call;
  response.writeHead(200, { 'content-type': 'application/json', 'content-disposition': 'attachment; filename="journal.har"' });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  // Who goes away half-way wants no answer any more.
  await pipeline(Readable.from(harText(entries)), response).catch(() => undefined);
}

/** Forgets all entries, or those of one session. */
export function clearJournal(call: ControlCall): Reply {
  journalOf(call).clear(queryText(call, 'session'));
  return NO_CONTENT;
}
