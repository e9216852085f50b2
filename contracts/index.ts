/** The checker: recorded and live traffic judged by the documents. Knows nothing of the mock. */
export * from './checking.ts';
export { createChecker, loadChecker } from './checker.ts';
export type { Checker, CheckerOptions } from './checker.ts';
export {
  changelog,
  diffDocuments,
  diffGithub,
  diffHtml,
  diffJson,
  diffJunit,
  diffMarkdown,
  diffSarif,
  diffTerminal,
  diffVersions,
} from './diff/index.ts';
export type { ChangelogEntry, DiffResult, StateFiles, Version } from './diff/index.ts';
export { createDocumentPlaces } from './document-place.ts';
export type { Exchange, Gap, Place } from './exchange.ts';
export type { Finding, OperationName, Severity, Side } from './finding.ts';
export type { Judged } from './judged.ts';
export { ContractError, createContractGuard } from './middleware.ts';
export type { ContractGuard, ContractGuardOptions, FastifyHost, FastifyPlugin, Middleware } from './middleware.ts';
export { loadOracle } from './oracle.ts';
export type { Oracle, OracleOptions } from './oracle.ts';
export { createForwarder } from './proxy/forward.ts';
export type { Down, Forwarder, ForwardOptions, ForwardRule } from './proxy/forward.ts';
export { startProxy } from './proxy/proxy.ts';
export type { Proxy, ProxyOptions } from './proxy/proxy.ts';
export { createHarWriter, createNdjsonWriter, readRecording, RecordingError } from './recording/index.ts';
export type { RecordingWriter } from './recording/index.ts';
export { createRedactor } from './redact/redactor.ts';
export type { Redactor, RedactorOptions } from './redact/redactor.ts';
export {
  compareTargets,
  contractMarks,
  createPlan,
  isLoopback,
  missingFor,
  placeText,
  readExchanges,
  readSecrets,
  replay,
  select,
  unsteadyPlaces,
  writesOf,
} from './replay/index.ts';
export type { CompareCounts, Link, LinkRule, Plan, Planned, ReplayCounts, ReplayOptions, Secrets } from './replay/index.ts';
export { loadRemembered } from './remembered.ts';
export { createTally } from './tally.ts';
export type { Tally } from './tally.ts';
export { toResult } from './to-result.ts';
