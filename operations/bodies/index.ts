export type { DecodedBody, MalformedBody } from './decoded-body.ts';
export { decodeForm } from './form.ts';
export { decodeMultipart, type DecodedMultipart, type PartNote, type UploadedFile } from './multipart.ts';
export type { MultipartLimits } from './multipart-parts.ts';
export { decodeXml } from './read-xml.ts';
export { decodeText, encodeText } from './text.ts';
export { writeXml } from './write-xml.ts';
