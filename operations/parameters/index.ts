export { compileDecoder, compileHeaderDecoder, compileQueryClaim, type DecoderOptions } from './compile-decoder.ts';
export { lazyCookies, parseCookies, type Cookie, type Cookies } from './cookies.ts';
export type { Decoded, ParameterDecoder, RequestParts } from './decoded.ts';
export type { ReadHeader } from './header.ts';
export type { Parameter, ParameterPlace, ParameterStyle } from './parameter.ts';
export { EMPTY_QUERY, parseQueryString, valuesOf, type QueryString } from './query-string.ts';
