import { isSchemaObject } from '../operations/index.ts';

/** Title and deprecation of a schema as one line; `''` where there is neither. */
export function commentOf(schema: unknown): string {
  if (!isSchemaObject(schema)) return '';
  const title = typeof schema['title'] === 'string' ? oneLine(schema['title']) : '';
  return schema['deprecated'] === true ? `${title} @deprecated`.trim() : title;
}

/** Text of a document without line breaks. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
