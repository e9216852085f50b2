import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Journal } from '../journal.ts';
import type { Reply } from '../reply.ts';
import { harText } from './har.ts';
import { shownEntry } from './journal-entry.ts';
import { journalFilter } from './journal-filter.ts';
import { json, NO_CONTENT, queryText } from './operation.ts';
import type { ControlCall } from './operation.ts';
import { Refusal } from './refusal.ts';

const DEFAULT_LIMIT = 100;

/** @throws Refusal `JOURNAL_OFF` */
export function journalOf({ driven }: ControlCall): Journal {
  if (driven.journal === undefined) throw new Refusal('JOURNAL_OFF', 'The mock was started without a journal: no exchange is kept.');
  return driven.journal;
}

/** The newest entries that fit, oldest of them first. */
export function listJournal(call: ControlCall): Reply {
  const entries = journalOf(call).entries().filter(journalFilter(call));
  return json(entries.slice(-Number(queryText(call, 'limit') ?? DEFAULT_LIMIT)).map(shownEntry));
}

/** Everything that fits as HAR, written entry by entry as fast as it is read. */
export async function exportHar(call: ControlCall): Promise<undefined> {
  const entries = journalOf(call).entries().filter(journalFilter(call));
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
