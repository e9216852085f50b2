/** The mock server: documents in, answers out. */
export type { Behaviour } from './behaviour.ts';
export { createMock, handleRequest } from './handle-request.ts';
export type { Handled, Mock, MockOptions } from './handle-request.ts';
export { loadBehaviour } from './load-behaviour.ts';
export type { BehaviourOptions } from './load-behaviour.ts';
export { loadDocuments, watchDocuments } from './live-documents.ts';
export type { DocumentEvent, LiveDocuments } from './live-documents.ts';
export { defineOverrides } from './override.ts';
export { sentenceOf } from './problem.ts';
export type { Reply } from './reply.ts';
export { DEFAULT_BODY_LIMIT, startServer } from './server.ts';
export type { MockServer, ServerOptions } from './server.ts';
export { startMock } from './start-mock.ts';
export type { MockSession, StartedMock, StartMockOptions, TestAnswer, TestRequest } from './start-mock.ts';
export { workspaceDocuments } from './workspace-documents.ts';
