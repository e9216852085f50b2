import { domainToASCII } from 'node:url';
import type { Format } from 'ajv/dist/core.js';

/** Formats by name: an engine's, or a table by itself. */
export interface FormatTable {
  readonly formats: Record<string, Format | undefined>;
  readonly addFormat: (name: string, format: Format) => unknown;
}

/**
 * The formats of JSON Schema for text beyond ASCII (JSON Schema 2020-12 Validation, sections 7.3.2, 7.3.3 and 7.3.5), judged by their ASCII relatives: an IRI is
 * mapped to a URI by percent-encoding (RFC 3987 section 3.1), a host name by IDNA (RFC 5890).
 */
export function addInternationalFormats(table: FormatTable): void {
  const [isUri, isReference, isEmail] = [textFormat(table, 'uri'), textFormat(table, 'uri-reference'), textFormat(table, 'email')];
  table.addFormat('iri', (text: string) => isUri(asUri(text)));
  table.addFormat('iri-reference', (text: string) => isReference(asUri(text)));
  table.addFormat('idn-hostname', isIdnHostname);
  table.addFormat('idn-email', (text: string) => {
    const at = text.lastIndexOf('@');
    const host = asciiHost(text.slice(at + 1));
    // A letter of any script (RFC 6531) counts like one of ASCII.
    return at > 0 && host !== undefined && isEmail(`${text.slice(0, at).replace(/[^\0-\x7f]/gu, 'x')}@${host}`);
  });
}

/** What a format says of texts; one that is not known, or says nothing of them, takes every one. */
export function textFormat({ formats }: FormatTable, name: string): (text: string) => boolean {
  const format = formats[name];
  if (typeof format === 'function') return (text) => format(text);
  if (format instanceof RegExp) return (text) => format.test(text);
  if (typeof format !== 'object' || !('validate' in format)) return () => true;
  const { validate } = format;
  if (validate instanceof RegExp) return (text) => validate.test(text);
  return typeof validate === 'function' ? (text) => (validate as (text: string) => unknown)(text) === true : () => true;
}

/** RFC 3987 section 3.1: characters beyond ASCII become their percent-encoded UTF-8. A lone surrogate is no character, and stays what no URI has. */
function asUri(text: string): string {
  return text.isWellFormed() ? text.replace(/[\u00a0-\u{10ffff}]/gu, (character) => encodeURIComponent(character)) : ' ';
}

/** Marks and signs of tone that no label may begin with or hold alone, which IDNA's mapping lets pass (RFC 5892 section 2.6). */
const DISALLOWED = /[\u302e\u302f\u0640\u07fa\u3031-\u3035\u303b]/u;
const LABEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;

function isIdnHostname(text: string): boolean {
  return asciiHost(text) !== undefined;
}

/** A host name in the letters of ASCII; `undefined` where it is none. */
function asciiHost(text: string): string | undefined {
  if (text === '' || DISALLOWED.test(text) || /[\s/?#@:[\]\\%]/.test(text)) return undefined;
  // oxlint-disable-next-line no-control-regex -- names in ASCII need no mapping, and the mapping would take "1" for an address.
  const ascii = /^[\0-\x7f]*$/.test(text) ? text : domainToASCII(text);
  if (ascii === '' || ascii.length > 253) return undefined;
  return ascii.split('.').every((label) => LABEL.test(label)) ? ascii : undefined;
}
