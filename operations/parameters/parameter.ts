import type { Schema } from '../schema/schema.ts';

/** The places of a parameter (OpenAPI 3.1 section 4.8.12.1). */
export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

/** OpenAPI styles, `cookie` since 3.2; `tabDelimited` is Swagger 2.0's `collectionFormat: tsv`. */
export type ParameterStyle =
  | 'simple'
  | 'label'
  | 'matrix'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'tabDelimited'
  | 'deepObject'
  | 'cookie';

/** A parameter with every default filled in (OpenAPI 3.1 section 4.8.12); Swagger 2.0's `collectionFormat` is already a style. */
export interface Parameter {
  readonly name: string;
  readonly in: ParameterPlace;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly allowEmptyValue: boolean;
  readonly allowReserved: boolean;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  /** The normalised schema; `undefined` when the document gives none: anything goes. */
  readonly schema: Schema | undefined;
  /** Set when the parameter has `content`: the value is text in that media type and `style` does not apply. */
  readonly mediaType: string | undefined;
  /** It stands for the whole query string (OpenAPI 3.2, `in: querystring`): its name is not on the wire, and the value of a form has its properties there. */
  readonly isWholeQuery?: true;
}
