export type { Change } from './change.ts';
export { readCheckReport } from './check-report.ts';
export type { Conformance, Conformances } from './check-report.ts';
export { createDocsSite, DEFAULT_MOCK } from './create-docs-site.ts';
export type { DocsFile, DocsSite, DocsSiteOptions } from './create-docs-site.ts';
export type { Text } from './text.ts';
export { writeDocsSite } from './write-docs-site.ts';
export type { WrittenSite } from './write-docs-site.ts';
