import { isDocumented } from './forced-rule.ts';
import type { Exchange, ServedOperation } from './exchange.ts';
import { parseJson } from './json.ts';
import { literal, methodName, quoted } from './literal.ts';

/** Text that becomes a file of the workspace. */
export interface FileText {
  /** Where it belongs in the workspace. */
  readonly place: string;
  /** A name to save it under. */
  readonly name: string;
  readonly text: string;
}

/** `undocumented`: the document has no such answer, and no override may give it. `cut`: the journal shows only a part of the body. */
export type NoOverride = 'undocumented' | 'cut';

/**
 * An override that gives the answer of an exchange, whoever asks: a file of its own, or a member for the one that is there.
 * @param operation that was answered, as it is served now.
 */
export function overrideText({ id, response }: Exchange, operation: ServedOperation): FileText | NoOverride {
  const { status, headers, body } = response;
  if (!isDocumented(operation, status)) return 'undocumented';
  if (body?.truncated === true) return 'cut';
  const module = fileName(operation.document);
  const given = body === undefined ? [String(status)] : [String(status), ...bodyOf(String(headers['content-type'] ?? ''), body)];
  return {
    place: `mock/overrides/${module}.ts`,
    name: `${module}.ts`,
    text: `import { defineOverrides } from '../override.ts';
import type { Operations } from ${quoted(`./types/${module}.ts`)};

export default defineOverrides<Operations>({
  ${methodName(operation.operationId)}({ reply }) {
    // What exchange ${id} was answered; \`return undefined;\` leaves a request to the state file and the document.
    return reply(${given.join(', ')});
  },
});
`,
  };
}

/** The further arguments of `reply`: a value as its schema has it, or bytes that are sent as they are. */
function bodyOf(contentType: string, { text, encoding }: NonNullable<Exchange['response']['body']>): string[] {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (encoding === 'utf-8' && /[/+]json$/.test(mediaType)) {
    try {
      return [literal(parseJson(text), 2)];
    } catch {
      // A body that a fault has cut is no JSON: bytes, then.
    }
  }
  if (encoding === 'utf-8' && mediaType === 'text/plain') return [quoted(text)];
  const type = contentType === '' ? [] : [`{ 'content-type': ${quoted(contentType)} }`];
  return [encoding === 'base64' ? `Buffer.from(${quoted(text)}, 'base64')` : `Buffer.from(${quoted(text)})`, ...type];
}

/** The name of a document as it stands in the names of files; what could lead elsewhere is left out. */
export function fileName(document: string): string {
  const plain = document.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^\.+/, '');
  return plain === '' ? 'document' : plain;
}
