/** What a change of documents means for clients: compared as sets of messages, told as plain data, reported. */
export type { Change, ChangeSide, Level } from './change.ts';
export { changelog } from './changelog.ts';
export type { ChangelogEntry } from './changelog.ts';
export { diffDocuments } from './diff-documents.ts';
export { diffStateFiles } from './diff-state-files.ts';
export type { StateFiles } from './diff-state-files.ts';
export { diffVersions } from './result.ts';
export type { DiffResult, Version } from './result.ts';
export { diffGithub } from './report/github.ts';
export { diffHtml } from './report/html.ts';
export { diffJson } from './report/json.ts';
export { diffJunit } from './report/junit.ts';
export { diffMarkdown } from './report/markdown.ts';
export { diffSarif } from './report/sarif.ts';
export { diffTerminal } from './report/terminal.ts';
