/** TypeScript types of a document's operations, for overrides. */
export { emitTypes } from './emit.ts';
export { typesFile } from './file.ts';
export type { TypesFile } from './file.ts';
export type { BodyArgument, BodyOf, OperationTypes, Overrides, RequestOf, RuleOf, StatusOf } from './overrides.ts';
