import { matchAnswer } from '../answer.ts';
import { evaluate } from '../evaluate.ts';
import type { Place } from '../evaluate.ts';
import { judgeFilter } from '../fits.ts';
import { hasHole } from '../hole.ts';
import type { KnownRow } from '../knowledge.ts';
import { unknownRow } from '../knowledge.ts';
import { learnField, learnPresence, noteWrite } from '../learn.ts';
import type { CollectionPlan } from '../plan.ts';
import { keyOf, lookUp, presenceOf, readerOf } from '../rows.ts';
import { checkNotEnforced } from '../rules/check-not-enforced.ts';
import { uniqueBroken } from '../rules/unique-broken.ts';
import { usedRefreshTokenAccepted } from '../rules/used-refresh-token-accepted.ts';
import { objectAt } from '../../shape.ts';
import { textOf } from '../../text.ts';
import { taught } from '../trial.ts';
import type { Trial } from '../trial.ts';
import type { Row } from '../../world.ts';
import { changeKnown, fieldsMade } from '../write-row.ts';
import { quiet } from './get.ts';

/** The life of tokens (RFC 6749 section 5.1), in seconds. */
const LIFE = 'expires_in';

/** An accepted grant: what proves it was right, a spent token was not spent before, and the tokens that are issued are new. */
export function judgeToken(trial: Trial, place: Place): void {
  const { given } = trial.plan;
  const name = evaluate(given['grant'], place);
  const grant = hasHole(name) ? undefined : objectAt(given['grants'])[textOf(name)];
  const proof = grant === undefined ? undefined : proveGrant(trial, objectAt(grant), place);
  const issued = new Map<string, KnownRow>();
  for (const [issue, entry] of Object.entries(objectAt(given['issue']))) {
    const target = trial.plan.collection(objectAt(entry)['in']);
    if (target !== undefined) issued.set(issue, issueOne(trial, target, objectAt(entry), { ...place, before: proof }));
  }
  const probes = new Map([...issued].map(([issue, row]) => [issue, unknownRow(row.collection, undefined)] as const));
  matchAnswer({ ...place, trial: quiet(trial), issued: probes });
  const account = proof === undefined ? undefined : (proof.account ?? `${proof.collection.name} ${proof.key ?? ''}`);
  for (const [issue, row] of issued) keepIssued(trial, row, probes.get(issue), account, proof);
}

/** The row that a grant was accepted for. */
function proveGrant(trial: Trial, grant: Row, place: Place): KnownRow | undefined {
  const isSpent = grant['spend'] !== undefined;
  const target = trial.plan.collection(grant[isSpent ? 'spend' : 'find']);
  if (target === undefined) return undefined;
  const key =
    grant['key'] === undefined ? keyOf(objectAt(grant['where'])[target.keyField] ?? '$absent', place) : keyOf(grant['key'], place);
  if (key === undefined) return undefined;
  const row = lookUp(trial, target, key);
  trial.because.clear();
  // That a token was used up, and whom it was issued to, nobody else can change.
  const own = isSpent ? { ...trial, shared: false } : trial;
  const outcome = judgeFilter(grant['where'], readerOf(own, row), (asked) => evaluate(asked, place), trial.eyes);
  if (typeof outcome === 'object') {
    const isUsedUp = isSpent && Object.hasOwn(objectAt(grant['set']), outcome.field);
    if (isUsedUp) usedRefreshTokenAccepted(trial, { row, because: trial.because });
    else checkNotEnforced(trial, { why: `${outcome.field} is not that of the ${isSpent ? 'token' : 'account'}`, because: trial.because });
  } else if (presenceOf(trial, row) === 'absent' && row.presence !== undefined) {
    checkNotEnforced(trial, { why: 'there is no such token or account', because: [row.presence.by] });
  }
  for (const [field, asked] of Object.entries(objectAt(grant['where']))) {
    const value = typeof asked === 'string' || typeof asked === 'boolean' ? evaluate(asked, place) : undefined;
    if (typeof value === 'string' && field !== target.keyField && (!row.fields.has(field) || !isSpent))
      learnField(trial, row, field, value);
  }
  learnPresence(trial, row, 'present');
  if (isSpent && row.account !== undefined) {
    const tokens = trial.knowledge.account(row.account);
    tokens.renewed = trial.observation.index;
    if (typeof outcome === 'object') tokens.reused = trial.observation.index;
  }
  if (isSpent) changeKnown(trial, row, fieldsMade(grant['set'] ?? {}, { ...place, row, before: row }));
  return row;
}

function issueOne(trial: Trial, target: CollectionPlan, issue: Row, place: Place): KnownRow {
  const row = unknownRow(target, undefined);
  const made = fieldsMade(issue['set'] ?? {}, place);
  // A token is new when it is issued: what its collection says of new ones holds for it.
  for (const [field, value] of Object.entries({ ...target.defaults, ...made.fields }))
    if (!hasHole(value) && value !== undefined) row.fields.set(field, taught(trial, value, true));
  return row;
}

/** A token with its text as the answer tells it. */
function keepIssued(
  trial: Trial,
  row: KnownRow,
  probe: KnownRow | undefined,
  account: string | undefined,
  proof: KnownRow | undefined,
): void {
  const { collection } = row;
  const text = probe?.fields.get(collection.keyField)?.value;
  if (typeof text !== 'string' || text === '') return;
  const old = lookUp(trial, collection, text);
  // A token that was spent for this one is none that could be issued again.
  if (old === proof || (presenceOf(trial, old) === 'present' && old.presence?.by !== trial.observation.index))
    uniqueBroken(trial, { row: old, fields: [collection.keyField] });
  row.key = text;
  row.writtenUntil = old.writtenUntil;
  row.fields.set(collection.keyField, taught(trial, text, false));
  row.ends = endsOf(trial);
  row.account = account;
  // Whoever shows the token is the account that it was issued for.
  row.presence = { is: 'present', by: trial.observation.index, until: trial.ended, who: trial.who, deleted: false };
  trial.knowledge.put(row);
  noteWrite(trial, row);
}

/** The seconds that the answer tells, wherever its envelope has them. */
function lifeIn(body: unknown, depth = 0): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body) || depth > 3) return undefined;
  if (Object.hasOwn(body, LIFE)) return (body as Row)[LIFE];
  for (const value of Object.values(body)) {
    const found = lifeIn(value, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Between which moments the issued tokens end, by the recorder's clock. */
function endsOf({ observation: { response }, started, ended }: Trial): KnownRow['ends'] {
  const seconds = lifeIn(response?.body);
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds <= 0) return undefined;
  return Number.isFinite(started) && Number.isFinite(ended) ? [started + seconds * 1000, ended + seconds * 1000] : undefined;
}
