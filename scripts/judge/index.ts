/** An independent judge of a mock's answers: reads the document anew and validates with plain AJV. */
export { follow, list, members, parseDocument, readDocument } from './document.ts';
export type { Members, PlainDocument } from './document.ts';
export { judgeAnswer } from './answer.ts';
export type { Answer, Finding } from './answer.ts';
export { findResponse, listOperations } from './operations.ts';
export type { PlainBody, PlainContent, PlainOperation, PlainResponse } from './operations.ts';
export { createSchemas } from './schemas.ts';
export type { Schemas, Verdict } from './schemas.ts';
