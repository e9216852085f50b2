import type { JournalMark } from '../journal.ts';
import { queryText } from './operation.ts';
import type { ControlCall } from './operation.ts';
import { readMoment } from './time-text.ts';

/**
 * Which entries the query of a request asks for: `session`, `operationId`, `status` (`404`, `4XX`), `since` (an entry's id: what came after it; or a moment).
 * @throws Refusal `INVALID_TIME`
 */
export function journalFilter(call: ControlCall): (entry: JournalMark) => boolean {
  const session = queryText(call, 'session');
  const operationId = queryText(call, 'operationId');
  const status = queryText(call, 'status')?.toUpperCase();
  const isLate = sinceFilter(queryText(call, 'since'));
  return (entry) =>
    (session === undefined || entry.session === session) &&
    (operationId === undefined || entry.operation?.id === operationId) &&
    (status === undefined || isStatus(entry.status, status)) &&
    isLate(entry);
}

function isStatus(status: number, wanted: string): boolean {
  return wanted.endsWith('XX') ? Math.floor(status / 100) === Number(wanted.charAt(0)) : status === Number(wanted);
}

function sinceFilter(since: string | undefined): (entry: JournalMark) => boolean {
  if (since === undefined) return () => true;
  if (/^\d{1,15}$/.test(since)) return ({ id }) => id > Number(since);
  // A `+` that was not percent-encoded came out as a space; a moment has no space elsewhere.
  const moment = readMoment(since.replace(' ', '+'));
  return ({ at }) => at >= moment;
}
