/** The partners' site: documents in, static, searchable, offline pages out. */
export { createDocsSite, DEFAULT_MOCK, readCheckReport, writeDocsSite } from './site/index.ts';
export type { Change, Conformance, Conformances, DocsFile, DocsSite, DocsSiteOptions, Text, WrittenSite } from './site/index.ts';
