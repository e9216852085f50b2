/**
 * Tries the checker and the oracle on the example backend: `npm run mutation [-- defect...]`. Without its defects nothing may be told of it, whatever is sent; each defect alone
 * has to be found, by a rule that names it. Exit code 1 for a false alarm, a miss or a wrong reason.
 */
import { DEFECTS, isDefectId } from '../../examples/index.ts';
import { loadDocuments, workspaceDocuments } from '../../mock/index.ts';
import { ride } from './ride.ts';
import { createWorkspace, isAlarm, judge, judgeRecorded, tryDefect } from './verdict.ts';
import type { Workspace } from './verdict.ts';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const SEED = 1;

const asked = process.argv.slice(2);
const unknown = asked.filter((word) => !isDefectId(word));
if (unknown.length > 0) {
  console.error(`There is no defect ${unknown.join(', ')}; examples/backend/README.md lists them.`);
  process.exit(2);
}

const workspace = await createWorkspace(await loadDocuments(workspaceDocuments(process.cwd()), {}));
const alarms = asked.length > 0 ? 0 : await tryCorrect(workspace);
const failures = await tryDefects(workspace);
process.exit(alarms + failures > 0 ? 1 : 0);

/** @returns the number of false alarms. */
async function tryCorrect(kit: Workspace): Promise<number> {
  const notices = new Set<string>();
  let [count, exchanges] = [0, 0];
  for (const seed of SEEDS) {
    const way = await ride([], seed);
    exchanges += way.exchanges.length;
    for (const [how, found] of [
      ['live', await judge(kit, way)],
      ['recorded', await judgeRecorded(kit, way)],
    ] as const) {
      for (const one of found) {
        if (!isAlarm(one)) {
          notices.add(`${one.rule} (${one.side})`);
          continue;
        }
        count += 1;
        console.log(`FALSE ALARM  seed ${seed}, ${how}: ${one.severity} ${one.rule}@${one.operation}: ${one.message}`);
      }
    }
  }
  console.log(
    `correct backend: ${SEEDS.length} drives, ${exchanges} exchanges, judged live and as redacted recordings: ${count} false alarms`,
  );
  console.log(`notices, which accuse nobody: ${[...notices].toSorted().join(', ')}\n`);
  return count;
}

/** @returns the number of defects that should have been found and were not. */
async function tryDefects(kit: Workspace): Promise<number> {
  const totals = { hit: 0, 'wrong reason': 0, miss: 0 };
  const beyond: string[] = [];
  for (const { id, kind, expressible, reason } of DEFECTS) {
    if (asked.length > 0 && !asked.includes(id)) continue;
    const { verdict, foundBy } = await tryDefect(kit, id, SEED);
    if (!expressible) {
      beyond.push(`${id.padEnd(32)} ${foundBy.length === 0 ? '' : `(yet told: ${foundBy.join(', ')}) `}${reason ?? ''}`);
      continue;
    }
    totals[verdict] += 1;
    const [first = '', ...more] = foundBy;
    console.log(`${verdict.padEnd(13)}${id.padEnd(34)}${kind.padEnd(12)}${first}${more.length === 0 ? '' : ` and ${more.length} more`}`);
  }
  const all = totals.hit + totals['wrong reason'] + totals.miss;
  console.log(
    `\n${totals.hit} of ${all} defects found by a rule that names them, ${totals['wrong reason']} for another reason, ${totals.miss} missed`,
  );
  if (beyond.length > 0) console.log(`\n${beyond.length} can not be expressed by the documents and state files:\n${beyond.join('\n')}`);
  return totals['wrong reason'] + totals.miss;
}
