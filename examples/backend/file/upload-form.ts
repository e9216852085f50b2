import { Busboy } from '@fastify/busboy';
import type { BusboyHeaders } from '@fastify/busboy';
import type { Request } from 'express';
import { badRequest, bytesOf } from '../reply.ts';

export interface UploadForm {
  readonly moduleName: string | undefined;
  readonly file: { readonly name: string; readonly type: string; readonly content: Buffer<ArrayBuffer> } | undefined;
}

/**
 * Reads the form of an upload (RFC 7578): the first part `file` and the field `moduleName`.
 * @throws Refusal 400 for another media type and for a form that can not be read.
 */
export async function readUploadForm(request: Request): Promise<UploadForm> {
  const contentType = request.headers['content-type'];
  const bytes = bytesOf(request);
  if (contentType === undefined || bytes === undefined || request.is('multipart/form-data') === false) {
    throw badRequest('请求体必须是 multipart/form-data');
  }
  try {
    return await parse({ ...request.headers, 'content-type': contentType }, bytes);
  } catch {
    throw badRequest('表单无法读取');
  }
}

function parse(headers: BusboyHeaders, bytes: Buffer): Promise<UploadForm> {
  return new Promise((resolve, reject) => {
    let moduleName: string | undefined;
    let file: UploadForm['file'];
    const form = new Busboy({ headers, isPartAFile: (field) => field === 'file', limits: { files: 1, fields: 20 } });
    form.on('field', (name, value) => {
      if (name === 'moduleName') moduleName ??= value;
    });
    form.on('file', (_field, stream, name, _encoding, type) => {
      const chunks: Buffer[] = [];
      // Each part tells by itself that the form breaks off.
      stream.on('error', reject);
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        // A part without a file name has none at all in Busboy's answer.
        file ??= { name: name ?? '', type, content: Buffer.concat(chunks) };
      });
    });
    form.on('error', reject);
    form.on('finish', () => resolve({ moduleName, file }));
    form.end(bytes);
  });
}
