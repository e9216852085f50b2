import type { Context } from '../context.ts';
import { localText } from '../local-time.ts';

/** Members are served one a second, the first one five seconds after the start. */
export function servedAt(startsAt: number, index: number): number {
  return startsAt + (5 + index) * 1000;
}

/** Moves every task and every member on to where they are by now; nothing has to run in between. */
export function catchUp({ database, defect, now }: Context): void {
  const time = BigInt(now());
  database.run(`UPDATE task SET status = 'EXECUTING', lastUpdateTime = startsAt WHERE status = 'PENDING' AND startsAt <= ?`, time);
  if (!defect('task-never-ends')) {
    database.run(`UPDATE task SET status = 'COMPLETED', lastUpdateTime = endsAt WHERE status = 'EXECUTING' AND endsAt <= ?`, time);
  }

  const served = database.all(
    `SELECT memberId, servedAt FROM execution WHERE status = 'PENDING' AND servedAt <= ? AND (endsAt IS NULL OR servedAt <= endsAt)`,
    time,
  );
  for (const { memberId = null, servedAt: at = null } of served) {
    const executeTime = localText(Number(at));
    database.run(`UPDATE execution SET status = 'COMPLETED', executeTime = ? WHERE memberId = ?`, executeTime, memberId);
  }
  database.run(
    `UPDATE execution SET status = 'FAILED', failureReason = '任务结束时尚未处理' WHERE status = 'PENDING' AND endsAt <= ?`,
    time,
  );
}
