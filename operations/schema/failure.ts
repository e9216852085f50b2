import type { ErrorObject } from 'ajv/dist/core.js';
import type { SchemaObject } from './schema.ts';

/** A keyword that a value breaks: of a plan, or of the compiler, which reports more than is told. */
export interface Failure extends Pick<ErrorObject, 'keyword' | 'instancePath' | 'params' | 'propertyName' | 'data'> {
  /** The keyword's own value. */
  readonly schema?: unknown;
  /** What the keyword stands in; none where a schema is `false`. */
  readonly parentSchema?: SchemaObject;
}
