import type { Schema } from '../schema/schema.ts';

/** The places of a parameter (OpenAPI 3.1 section 4.8.12.1). */
export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

/** OpenAPI styles; `tabDelimited` is Swagger 2.0's `collectionFormat: tsv`. */
export type ParameterStyle = 'simple' | 'label' | 'matrix' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'tabDelimited' | 'deepObject';

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
}
