/** Which of the things that documents say can happen did happen. */
export { componentName, findChoice, schemaNodeOf } from './branch-node.ts';
export { createCoverage } from './coverage.ts';
export type { Coverage } from './coverage.ts';
export { CoverageFileError, parseCoverage } from './snapshot.ts';
export type { CoverageSnapshot, OperationCounts } from './snapshot.ts';
export type { RememberedDocument } from './transitions.ts';
