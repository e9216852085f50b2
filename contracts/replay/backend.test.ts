import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '../../examples/backend/backend.fixture.ts';
import { PARTNER, DEMO } from '../../examples/backend/credentials.ts';
import type { DefectId } from '../../examples/backend/defects.ts';
import { drive } from '../../examples/backend/drive.ts';
import { createOperationTable, loadDocument } from '../../operations/index.ts';
import type { OperationTable } from '../../operations/index.ts';
import { createChecker } from '../checker.ts';
import type { Exchange } from '../exchange.ts';
import { startProxy } from '../proxy/proxy.ts';
import { createRedactor } from '../redact/redactor.ts';
import { loadRemembered } from '../remembered.ts';
import { readSecrets } from './credentials.ts';
import type { Secrets } from './credentials.ts';
import { createPlan } from './plan.ts';
import type { Plan } from './planned.ts';
import { contractMarks } from './prepare.ts';
import type { ContractMarks } from './contract-marks.ts';
import { replay } from './replay.ts';
import { judge } from './replay.fixture.ts';
import type { ReplayCounts } from './replay.ts';
import { select } from './selection.ts';
import { unsteadyPlaces } from './unsteady.ts';

const OPENAPI = join(import.meta.dirname, '../../openapi');
let table: OperationTable;
let marks: ContractMarks;
let exchanges: readonly Exchange[];

/** A drive of a correct backend, as a proxy saw it. */
beforeAll(async () => {
  const documents = await Promise.all(
    ['auth', 'notification-task', 'file', 'tie'].map((name) => loadDocument(join(OPENAPI, `${name}.yaml`))),
  );
  table = createOperationTable(documents, { remarks: true });
  marks = contractMarks(table, await loadRemembered(table));
  const backend = await startBackend([], { seed: 3 });
  const seen: Exchange[] = [];
  const proxy = await startProxy({
    target: backend.url,
    port: 0,
    name: 'drive.har',
    onExchange: (exchange) => seen.push({ ...exchange, startedAt: backend.clock.now() }),
  });
  await drive(proxy.url, { seed: 7, clock: backend.clock });
  await proxy.close();
  await backend.close();
  exchanges = seen;
});

interface Outcome extends ReplayCounts {
  /** Rules of the comparison that found something, each once. */
  readonly rules: readonly string[];
}

async function replayOn(
  given: readonly Exchange[],
  secrets: Secrets,
  { seed, defects = [], withTime }: { seed: number; defects?: readonly DefectId[]; withTime: boolean },
): Promise<Outcome> {
  const recorded = await judge(table, given);
  const plan: Plan = createPlan(recorded, table, marks, { secrets });
  const backend = await startBackend(defects, { seed });
  const rules = new Set<string>();
  const counts = await replay(plan, select(plan.exchanges, {}), createChecker(table), marks, unsteadyPlaces(recorded, marks), {
    target: backend.url,
    retries: 0,
    now: backend.clock.now,
    ...(withTime ? { elapse: backend.clock.elapse } : {}),
    onJudged: ({ findings }) =>
      findings
        .filter(({ rule }) => rule.startsWith('replay-'))
        .forEach(({ rule, operation, pointer = '' }) => rules.add(`${rule} ${operation?.id} ${pointer.replace(/\d+/g, '*')}`.trim())),
  });
  await backend.close();
  return { ...counts, rules: [...rules] };
}

const NO_SECRETS = readSecrets(undefined, {});
const SECRETS: Secrets = {
  ...NO_SECRETS,
  fields: { username: [DEMO.username, PARTNER.username], password: [DEMO.password, PARTNER.password] },
  schemes: { clientBasic: { username: [DEMO.clientId, PARTNER.clientId], password: [DEMO.clientSecret, PARTNER.clientSecret] } },
};

describe('a drive of the example backend', () => {
  test.each([
    [8, true],
    [8, false],
    [3, true],
    [12, false],
  ])('on a correct backend of seed %i, time passing: %s', async (seed, withTime) => {
    const outcome = await replayOn(exchanges, NO_SECRETS, { seed, withTime });
    expect(outcome.rules).toEqual([]);
    expect(outcome).toMatchObject({ answered: exchanges.length, unanswered: 0, dependent: 0, different: 0 });
    expect(outcome.timeBound > 0).toBe(!withTime);
  });

  test('without its secrets, which are given again', async () => {
    const redactor = createRedactor(table, { secret: Buffer.from('a key for the test') });
    const masked = exchanges.map((exchange) => redactor.redact(exchange));
    const outcome = await replayOn(masked, SECRETS, { seed: 5, withTime: true });
    expect(outcome.rules).toEqual([]);
    expect(outcome).toMatchObject({ answered: exchanges.length, dependent: 0 });
  });

  test.each<readonly [defect: DefectId, rule: string]>([
    ['auth-refresh-reuse', 'replay-status issueToken'],
    ['auth-expired-token-accepted', 'replay-status listNotificationTasks'],
    ['auth-client-secret-unchecked', 'replay-status issueToken'],
    ['auth-expires-in-ms', 'replay-value issueToken /expires_in'],
    ['task-create-201', 'replay-status createNotificationTask'],
    ['task-unknown-400', 'replay-status getNotificationTask'],
    ['task-mojibake', 'replay-value getNotificationTask /taskName'],
    ['file-name-mojibake', 'replay-value uploadFile /fileName'],
    ['tie-delete-twice', 'replay-branch deleteTieInvitation'],
    ['tie-status-unchecked', 'replay-branch saveOrUpdateTie'],
  ])('%s is found', async (defect, rule) => {
    const outcome = await replayOn(exchanges, NO_SECRETS, { seed: 8, defects: [defect], withTime: true });
    expect(outcome.rules).toContain(rule);
  });
});
