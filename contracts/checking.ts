/**
 * What checking a recording needs, and nothing of what diffs, replays, proxies or guards need: `hufu check` enters the folder here, and starts without their
 * hundred files. index.ts has all of it too.
 */
export { applyBaseline, BASELINE_FILE, BaselineError, loadBaseline, updateBaseline } from './baseline.ts';
export type { Baseline } from './baseline.ts';
export { checkRecordings } from './check-recordings.ts';
export type { CheckedRecordings, CheckRecordingsOptions, Progress } from './check-recordings.ts';
export { CoverageFileError, createCoverage, parseCoverage } from './coverage/index.ts';
export type { DocumentPlaces } from './document-place.ts';
export {
  failing,
  githubReport,
  htmlReport,
  jsonReport,
  junitReport,
  markdownSummary,
  sarifReport,
  terminalReport,
  verdictOf,
} from './report/index.ts';
export type { CheckResult, Group } from './result.ts';
