import type { SequenceForm } from './bodies/index.ts';
import type { Document } from './document.ts';
import type { MediaType } from './media-type.ts';
import type { Parameter, ParameterDecoder, ParameterPlace } from './parameters/index.ts';
import type { Route } from './route.ts';
import type { Problem } from './schema/schemas.ts';
import type { SchemaValidator, Validators } from './schema/validator.ts';
import type { Security } from './security.ts';

/** An operation ready to judge messages: everything the document says about it, looked up once. */
export interface Operation {
  /** Of the parameters, in their order. What every request asks stands at the beginning, in memory too. */
  readonly readings: readonly ParameterReading[];
  readonly security: Security;
  readonly requestBody: RequestBody | undefined;
  readonly document: Document;
  /** Finds the schemas that references stand for. */
  readonly validators: Validators;
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly route: Route;
  /** `file#/pointer` of the Operation Object. */
  readonly address: string;
  readonly deprecated: boolean;
  readonly parameters: readonly OperationParameter[];
  /** The document describes a request body that can't be read as it stands: none is asked for, and none is held against anybody. */
  readonly hasUnreadBody?: true;
  readonly responses: readonly ResponseRule[];
  /** What of this operation can't be used as the document gives it. */
  readonly problems: readonly Problem[];
}

/** A parameter or header with its compiled decoder and validator. */
export interface OperationParameter extends Parameter {
  readonly address: string;
  readonly sensitive: boolean;
  /** Its own `example` and `examples`, in document order. */
  readonly examples: readonly unknown[];
  readonly decode: ParameterDecoder;
  readonly validator: SchemaValidator | undefined;
}

/**
 * What reading a parameter takes (parameter-reading.ts), and nothing of where it stands in the document: parameters that are read alike share one, and operations with the same parameters a list of them.
 * Every second operation has an `id` or a `page`; of a thousand operations in turn, what each has to itself comes from far away in memory.
 */
export interface ParameterReading {
  readonly name: string;
  readonly in: ParameterPlace;
  readonly required: boolean;
  readonly decode: ParameterDecoder;
  /** True: valid, and nothing is to be told of it. `undefined` says nothing: the parameter itself has to be asked. */
  readonly accepts: (value: unknown) => boolean | undefined;
  /** Tells it from others of its document. */
  readonly id: number;
}

export interface RequestBody {
  /** Where there is no other. */
  readonly only: Content | undefined;
  readonly required: boolean;
  readonly address: string;
  readonly contents: readonly Content[];
}

/** One media type of a body (OpenAPI 3.1 section 4.8.14). */
export interface Content {
  readonly range: MediaType;
  readonly validator: SchemaValidator | undefined;
  /** As the document writes it, ranges included. */
  readonly mediaType: string;
  readonly address: string;
  readonly examples: readonly NamedExample[];
  /** Encoding Objects by property, for forms. */
  readonly encoding: Readonly<Record<string, unknown>>;
  /** Headers of the parts of a multipart body; absent where the document asks for none. */
  readonly partHeaders?: PartHeaders;
  /** The content is the array of its items (OpenAPI 3.2, sequential media types); absent for one value. */
  readonly sequence?: Sequence;
}

/** How the items of a content are strung together. */
export interface Sequence {
  readonly form: SequenceForm;
  /** Encoding Objects of the first parts of a multipart body, by place. */
  readonly prefixEncoding: readonly Readonly<Record<string, unknown>>[];
  /** That of all further parts. */
  readonly itemEncoding: Readonly<Record<string, unknown>>;
}

/** By property; in a sequence by place, `item` for all further parts. */
export type PartHeaders = ReadonlyMap<string, readonly OperationParameter[]>;

export interface NamedExample {
  readonly name: string;
  readonly value: unknown;
  readonly address: string;
}

export interface ResponseRule {
  /** `200`, `2XX` or `default`. */
  readonly status: string;
  readonly address: string;
  readonly headers: readonly OperationParameter[];
  readonly contents: readonly Content[];
  /**
   * True when a Swagger 2.0 document names no `produces`, a reference leads nowhere, or the document describes the body in a way that can't be read: what the
   * response holds is then a guess, and not held against anybody.
   */
  readonly openMediaType: boolean;
}
