import { journalOf } from './journal.ts';
import { entrySummary, shownEntry } from './journal-entry.ts';
import { journalFilter } from './journal-filter.ts';
import { queryText } from './operation.ts';
import type { ControlCall } from './operation.ts';
import { writeJson } from '../../operations/index.ts';
import { Refusal } from './refusal.ts';

const MAX_STREAMS = 100;
/** Often enough that no proxy between takes the connection for dead. */
const HEARTBEAT_MS = 15_000;

/**
 * New entries as server-sent events (HTML standard, section 9.2), until the client goes or the server closes. `Last-Event-ID`, which browsers send when
 * they connect again, and `since` begin with older ones. The journal itself is the queue: a client that reads slowly holds up nothing and costs
 * no memory; it is given what the journal still has when it reads on.
 */
export function followJournal(call: ControlCall): undefined {
  const journal = journalOf(call);
  const fits = journalFilter(call);
  const { driven, request, response } = call;
  if (driven.streams.size >= MAX_STREAMS) {
    throw new Refusal('BUSY', `${MAX_STREAMS} clients follow the journal already.`, { headers: { 'retry-after': '10' } });
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }

  const isSummary = queryText(call, 'view') === 'summary';
  const shown = isSummary ? entrySummary : shownEntry;
  let last = firstId(call);
  let scheduled: NodeJS.Immediate | undefined;
  const flush = (): void => {
    scheduled = undefined;
    for (const entry of journal.entries(undefined, last)) {
      if (response.writableNeedDrain) return;
      last = entry.id;
      const { id, at, session, operation, reply } = entry;
      if (fits({ id, at, session, operation, status: reply.status }))
        response.write(`id: ${entry.id}\nevent: exchange\ndata: ${writeJson(shown(entry))}\n\n`);
    }
  };
  // After the answer that the entry is about, and once for many: whoever listens does not slow the mock down.
  const schedule = (): void => {
    scheduled ??= setImmediate(flush);
  };
  const unsubscribe = journal.subscribe(schedule);
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(': still here\n\n');
  }, HEARTBEAT_MS).unref();
  driven.streams.add(response);
  response.on('drain', schedule);
  response.once('close', () => {
    unsubscribe();
    clearInterval(heartbeat);
    clearImmediate(scheduled);
    driven.streams.delete(response);
  });
  response.write('retry: 1000\n\n');
  // Ids begin anew with the server: who comes back has to know that it is another one.
  if (isSummary) response.write(`event: journal\ndata: {"startedAt":${journal.startedAt}}\n\n`);
  schedule();
}

/** The id after which the client wants entries; by default only those to come. */
function firstId(call: ControlCall): number {
  const header = call.judged.header['Last-Event-ID'];
  if (header !== undefined) return Number(header);
  return queryText(call, 'since') === undefined ? (journalOf(call).find(() => true, 1)[0]?.id ?? 0) : 0;
}
