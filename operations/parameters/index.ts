export { compileDecoder, compileHeaderDecoder, compileQueryClaim, type DecoderOptions } from './compile-decoder.ts';
export { lazyCookies, NO_COOKIES, parseCookies, type Cookie, type Cookies } from './cookies.ts';
export type { Decoded, ParameterDecoder, RequestParts } from './decoded.ts';
export type { ReadHeader } from './header.ts';
export { decodePercent } from './percent.ts';
export type { Parameter, ParameterPlace, ParameterStyle } from './parameter.ts';
export { EMPTY_QUERY, parseQueryString, valuesOf, type QueryString } from './query-string.ts';
// What bodies share with parameters: forms are written in the same styles, and text has no types there either.
export { MOST_CANDIDATES, arraysOf, objectsOf } from './combinations.ts';
export { isJsonMediaType, readContent } from './content-parameter.ts';
export { BROKEN_PERCENT_MESSAGE, malformed } from './decoded.ts';
export { decodeQueryText } from './percent.ts';
export { compileClaim, compileQueryField, type QueryField, type ReadQuery } from './query.ts';
export { cutText } from './delimited.ts';
export { jsonOf, readNested, readPrimitive } from './read-text.ts';
export { ARRAY, NULL, OBJECT, PRIMITIVE, STRING, typesOf } from './schema-types.ts';
export { shapeOf, type Shape } from './shape.ts';
