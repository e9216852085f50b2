import { extname } from 'node:path';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const XLS = 'application/vnd.ms-excel';
const TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.gif': 'image/gif',
  '.html': 'text/html',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.xls': XLS,
  '.xlsx': XLSX,
};
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;

/** The media type of a file: by its extension, else what the client said, where that is a media type at all. */
export function contentTypeOf(fileName: string, declared: string): string {
  return TYPES[extname(fileName).toLowerCase()] ?? (MEDIA_TYPE.test(declared) ? declared : 'application/octet-stream');
}

export function isExcel(contentType: unknown): boolean {
  return contentType === XLSX || contentType === XLS;
}
