import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { defineOverrides } from '../override.ts';
import type { Operations } from './types/file.ts';

/** What files are by their extension. A client's own word counts only for others: curl says octet-stream of everything, Windows says Excel of CSV. */
const TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.doc': 'application/msword',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.gif': 'image/gif',
  '.html': 'text/html',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.mp4': 'video/mp4',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.webp': 'image/webp',
  '.xls': 'application/vnd.ms-excel',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.zip': 'application/zip',
};
const EXCEL = new Set([TYPES['.xls'], TYPES['.xlsx']]);

/** A media type as it may stand in a header (RFC 9110 section 8.3.1), parameters without quoted text. */
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?: *; *[\w!#$&^.+-]+=[\w!#$&^.+-]+)*$/;

/** Members that an uploaded Excel file stands for, since nobody reads it. */
const STAND_INS = ['小林', '小周', '小陈'];

export default defineOverrides<Operations>({
  async uploadFile({ request, state, reply, refuse, now }) {
    const file = request.files.get('file')?.[0];
    if (file === undefined) return refuse('NO_PART');
    const { fileName, content } = file;
    if (fileName === undefined || fileName === '') return refuse('NO_FILE_NAME');
    if (content.length === 0) return refuse('EMPTY_FILE');
    const contentType = typeOf(fileName, file.contentType);
    const signature = createHash('sha256').update(content).digest('hex');
    const stored = { fileName, signature, fileSize: content.length, createTime: now };
    const { moduleName } = request.body;
    const row = await state('file').insert({ ...stored, moduleName, contentType, content: Buffer.from(content).toString('base64') });
    const id = Number(row['id']);
    if (EXCEL.has(contentType)) {
      for (const [index, nickname] of STAND_INS.entries()) {
        await state('memberRow').insert({ fileId: id, userId: `${id}-${index + 1}`, nickname, standIn: true });
      }
    }
    return reply(200, { id, ...stored });
  },

  async downloadFile({ request, state, reply }) {
    const row = await state('file').get(request.path.id);
    if (row === undefined) return undefined;
    const { content } = row;
    // The server writes Content-Length itself.
    return reply(200, Buffer.from(typeof content === 'string' ? content : '', 'base64'), {
      'content-type': String(row['contentType']),
      'content-disposition': inline(String(row['fileName'])),
      'cache-control': 'public, max-age=31536000',
      'last-modified': new Date(Number(row['createTime'])).toUTCString(),
    });
  },
});

function typeOf(fileName: string, declared: string): string {
  return TYPES[extname(fileName).toLowerCase()] ?? (MEDIA_TYPE.test(declared) ? declared : 'application/octet-stream');
}

/** `inline` with the name in ASCII, and in UTF-8 where that says more (RFC 6266 section 4.3, RFC 8187 section 3.2). */
function inline(fileName: string): string {
  const ascii = fileName.replaceAll(/[^\x20-\x7e]/gu, '_').replaceAll(/["\\]/g, '\\$&');
  if (/^[\x20-\x7e]*$/.test(fileName)) return `inline; filename="${ascii}"`;
  const encoded = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `inline; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
