/**
 * BEHAVIOUR: what an API remembers. One model, two readers: `answer` here, `judge` for recorded traffic. Knows nothing of HTTP servers or recordings.
 * The judge (judge/judge.ts), what infers state files (infer.ts) and the store on disk (store-sqlite.ts) are entered by their own doors: a mock that starts needs none of their hundred files.
 */
export { answer, isDeadToken, refuse, refuseRequest, Rollback, scopeOf } from './answer.ts';
export type { StateReply } from './answer.ts';
export { createClock } from './clock-text.ts';
export type { Clock, TimeForm } from './clock-text.ts';
export type { Collection } from './collection.ts';
export { compileStateFiles } from './compile-state-files.ts';
export { after } from './eventually.ts';
export type { Eventually } from './eventually.ts';
export { loadStateFile, stateFilePath } from './load-state-file.ts';
export type {
  Contradiction,
  Judge,
  JudgeOptions,
  JudgeSize,
  Observation,
  ObservedFile,
  ObservedOperation,
  ObservedRequest,
  ObservedResponse,
} from './judge/observation.ts';
export type { StateFile, StateModel } from './model.ts';
export type { OperationModel } from './operation-model.ts';
export { changeRow, deleteRow, findRow, insertRow, liveRows } from './rows.ts';
export type { Scope, StateRequest } from './scope.ts';
export type { Inferred, InferredOperation, InferredResource } from './infer.ts';
export { SeedScenarios } from './seed.ts';
export type { SeedRows } from './seed.ts';
export type { Session } from './session.ts';
export { createSessions } from './sessions.ts';
export type { Sessions, SessionsOptions } from './sessions.ts';
export { StateError } from './state-error.ts';
export type { StateErrorCode } from './state-error.ts';
export { StateFileError } from './state-file-error.ts';
export type { StateFlaw } from './state-file-error.ts';
export { textOf } from './text.ts';
export type { Key, Row, World } from './world.ts';
