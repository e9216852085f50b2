import { createHash } from 'node:crypto';
import type { Context } from '../context.ts';
import type { Row } from '../database.ts';
import { contentTypeOf, isExcel } from './content-type.ts';

/** Excel files are read by another service; until it has done so three members stand for a file. */
const STAND_INS = ['小林', '小周', '小陈'];

export interface NewFile {
  readonly moduleName: string;
  readonly fileName: string;
  readonly declaredType: string;
  readonly content: Buffer<ArrayBuffer>;
}

export function addFile({ database, now, defect }: Context, file: NewFile): Row {
  const { moduleName, content } = file;
  const fileName = defect('file-name-mojibake') ? Buffer.from(file.fileName, 'utf8').toString('latin1') : file.fileName;
  const contentType = contentTypeOf(fileName, file.declaredType);
  const hash = createHash(defect('file-signature-md5') ? 'md5' : 'sha256');
  const signature = hash.update(defect('file-signature-of-name') ? fileName : content).digest('hex');
  if (defect('file-same-content-same-id')) {
    const known = database.get('SELECT * FROM file WHERE signature = ?', signature);
    if (known !== undefined) return known;
  }
  const fileSize = BigInt(defect('file-size-in-characters') ? content.toString('utf8').length : content.length);
  const stored = { moduleName, fileName, contentType, signature, fileSize, createTime: BigInt(now()), content };
  return database.transaction(() => {
    const id = database.insert('file', stored);
    if (isExcel(contentType)) {
      for (const [index, nickname] of STAND_INS.entries()) {
        const member = JSON.stringify({ userId: `${id}-${index + 1}`, nickname });
        database.insert('member_row', { fileId: id, member, standIn: 1 });
      }
    }
    return { id, ...stored };
  });
}

export function findFile({ database }: Context, id: bigint): Row | undefined {
  return database.get('SELECT * FROM file WHERE id = ?', id);
}
