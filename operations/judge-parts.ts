import type { PartNote } from './bodies/index.ts';
import { judgeCandidates } from './judge-candidates.ts';
import { fit, parseMediaType } from './media-type.ts';
import type { Content, OperationParameter } from './operation.ts';
import { EMPTY_QUERY } from './parameters/index.ts';
import { childPointer } from './pointer.ts';
import type { Issue } from './schema/validator.ts';
import { record } from './document.ts';

/**
 * Judges what stands above the content of the parts of a multipart body by the Encoding Objects (OpenAPI 3.1 section 4.8.15.1): `contentType`, a media type, a range or
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

function judgeType(content: Content, { name, headers }: PartNote): readonly Issue[] {
  const encoding = Object.hasOwn(content.encoding, name) ? record(content.encoding[name]) : {};
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
      document: childPointer(childPointer(childPointer(content.address, 'encoding'), name), 'contentType'),
      expected: documented,
      actual: given,
      severity: 'error',
    },
  ];
}

function judgeHeaders(content: Content, { name, headers }: PartNote): readonly Issue[] {
  return (content.partHeaders?.get(name) ?? []).flatMap((header) =>
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
