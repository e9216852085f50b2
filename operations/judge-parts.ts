import type { PartNote } from './bodies/index.ts';
import { judgeCandidates } from './judge-candidates.ts';
import { fit, parseMediaType } from './media-type.ts';
import type { Content, OperationParameter } from './operation.ts';
import { EMPTY_QUERY } from './parameters/index.ts';
import { childPointer } from './pointer.ts';
import type { Issue } from './schema/validator.ts';
import { record } from './document.ts';

/**
 * Judges what stands above the content of the parts of a multipart body by the Encoding Objects (OpenAPI 3.1 section 4.8.15.1; of parts without names OpenAPI 3.2, Encoding By Position): `contentType`, a media type, a range or
 * a list of them, and `headers`. A part that names no media type leaves it to the document. Each complaint is told once for a property.
 */
export function judgeParts(content: Content, parts: readonly PartNote[]): readonly Issue[] {
  const issues = new Map<string, Issue>();
  for (const part of parts) {
    for (const issue of [...judgeType(content, part), ...judgeHeaders(content, part)]) {
      const key = `${issue.pointer} ${issue.message}`;
      if (!issues.has(key)) issues.set(key, issue);
    }
  }
  return [...issues.values()];
}

/** The Encoding Object of a part and its place in the Media Type Object. */
function encodingOf({ encoding, sequence }: Content, name: string): { given: Readonly<Record<string, unknown>>; pointer: string } {
  if (sequence === undefined)
    return { given: Object.hasOwn(encoding, name) ? record(encoding[name]) : {}, pointer: childPointer('/encoding', name) };
  const prefix = sequence.prefixEncoding[Number(name)];
  return prefix === undefined
    ? { given: sequence.itemEncoding, pointer: '/itemEncoding' }
    : { given: prefix, pointer: childPointer('/prefixEncoding', name) };
}

function judgeType(content: Content, { name, headers }: PartNote): readonly Issue[] {
  const { given: encoding, pointer } = encodingOf(content, name);
  const [documented, given] = [encoding['contentType'], headers['content-type']];
  if (typeof documented !== 'string' || given === undefined) return [];
  const mediaType = parseMediaType(given);
  const ranges = documented.split(',').flatMap((text) => parseMediaType(text.replace(/;.*$/s, '')) ?? []);
  if (ranges.length === 0 || (mediaType !== undefined && ranges.some((range) => fit(range, mediaType) > 0))) return [];
  return [
    {
      code: 'contentType',
      pointer: childPointer('', name),
      message: `has the media type ${given}, which is not among the documented ones: ${documented}`,
      document: `${content.address}${pointer}/contentType`,
      expected: documented,
      actual: given,
      severity: 'error',
    },
  ];
}

function judgeHeaders({ partHeaders, sequence }: Content, { name, headers }: PartNote): readonly Issue[] {
  const key = sequence === undefined || sequence.prefixEncoding[Number(name)] !== undefined ? name : 'item';
  return (partHeaders?.get(key) ?? []).flatMap((header) =>
    judgeHeader(header, headers).map((issue) => ({ ...issue, pointer: childPointer('', name) })),
  );
}

function judgeHeader(header: OperationParameter, headers: PartNote['headers']): readonly Issue[] {
  const decoded = header.decode({ path: new Map(), query: EMPTY_QUERY, headers, cookies: { all: () => [] } });
  const issue = (message: string): Issue => ({ code: 'partHeader', pointer: '', message, document: header.address, severity: 'error' });
  if (decoded.kind === 'absent') return header.required ? [issue(`must have the header ${header.name} in its part`)] : [];
  if (decoded.kind === 'malformed') return [issue(`header ${header.name} ${decoded.message}`)];
  return judgeCandidates(header.validator, decoded.candidates).issues.map((found) => ({
    ...issue(`header ${header.name} ${found.message}`),
    severity: found.severity,
    ...(found.actual === undefined || header.sensitive ? {} : { actual: found.actual }),
  }));
}
