import { XMLValidator } from 'fast-xml-parser';
import { parse } from 'yaml';
import { members } from './document.ts';
import type { Members } from './document.ts';
import { findResponse } from './operations.ts';
import type { PlainContent, PlainOperation, PlainResponse } from './operations.ts';
import type { Schemas } from './schemas.ts';

/** An answer to a valid request. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** What is wrong, and with whom. */
export interface Finding {
  readonly side: 'mock' | 'document';
  readonly reason: string;
  /** The schema that a value breaks. */
  readonly schema?: unknown;
}

/** Judges the answer to a valid request: status, headers, media type, body. No finding: it conforms. */
export function judgeAnswer(schemas: Schemas, operation: PlainOperation, answer: Answer): Finding[] {
  // A document that describes no response has promised nothing.
  if (operation.responses.size === 0) return [];
  const refusal = judgeStatus(operation, answer);
  if (refusal !== undefined) return [mock(refusal)];
  const response = findResponse(operation, answer.status);
  if (response === undefined) return [mock(`status ${answer.status} is not documented`)];
  return [...judgeHeaders(schemas, response, answer), ...judgeBody(schemas, operation, response, answer)];
}

function judgeStatus(operation: PlainOperation, answer: Answer): string | undefined {
  const documented = [...operation.responses.keys()];
  const seen = `status ${answer.status}${excerpt(answer.body)}`;
  if (answer.status >= 500 && !documented.some((status) => status === String(answer.status) || /^5XX$/i.test(status))) return seen;
  const success = documented.some((status) => /^[123]/.test(status));
  return success && answer.status >= 400 ? `a valid request is refused: ${seen}` : undefined;
}

function judgeHeaders(schemas: Schemas, response: PlainResponse, answer: Answer): Finding[] {
  return [...response.headers].flatMap(([name, header]) => {
    if (name === 'content-type') return [];
    const given = answer.headers[name];
    if (given === undefined) return header['required'] === true ? [mock(`header ${name} is missing`)] : [];
    const schema = header['schema'] ?? (header['content'] === undefined ? header : undefined);
    if (schema === undefined) return [];
    const text = typeof given === 'string' ? given : given.join(', ');
    return judgeText(schemas, schema, text, `header ${name}: ${text.slice(0, 60)}`);
  });
}

function judgeBody(schemas: Schemas, operation: PlainOperation, response: PlainResponse, answer: Answer): Finding[] {
  const { body } = answer;
  if (operation.method === 'HEAD' || answer.status === 204 || answer.status === 304) {
    return body.length > 0 ? [mock(`a body of ${body.length} bytes where none may be`)] : [];
  }
  if (response.contents?.size === 0) return body.length > 0 ? [mock(`an undocumented body${excerpt(body)}`)] : [];
  const mediaType = String(answer.headers['content-type'] ?? '');
  const content = response.contents === undefined ? response.content : findContent(response.contents, mediaType);
  if (body.length === 0) return mayBeEmpty(schemas, response, content) ? [] : [mock('the body is empty')];
  if (content === undefined) return [mock(`content type ${mediaType || '(none)'} is not documented`)];
  if (content.schema === undefined) return [];
  return judgeContent(schemas, content.schema, essence(mediaType), body.toString('utf8'));
}

function judgeContent(schemas: Schemas, schema: unknown, mediaType: string, text: string): Finding[] {
  if (/[/+]json$/.test(mediaType)) {
    const value = parseJson(text);
    return value === undefined
      ? [mock(`the body is not JSON${excerpt(Buffer.from(text))}`)]
      : judgeValues(schemas, schema, [value], 'body');
  }
  if (/[/+]xml$/.test(mediaType)) return XMLValidator.validate(text) === true ? [] : [mock('the body is not XML')];
  if (/[/+](x-)?yaml$/.test(mediaType)) return judgeValues(schemas, schema, [parse(text)], 'body');
  if (mediaType.startsWith('text/') && mediaType !== 'text/event-stream') return judgeText(schemas, schema, text, 'body');
  return [];
}

/** A text may stand for a string, a number, a boolean, a list or JSON: one reading that fits is enough. */
function judgeText(schemas: Schemas, schema: unknown, text: string, what: string): Finding[] {
  const pieces = text.split(',').map((piece) => piece.trim());
  const pairs = pieces.flatMap((piece) => (piece.includes('=') ? [piece.split('=', 2)] : []));
  const steps = pieces.flatMap((piece, index) => (index % 2 === 0 ? [[piece, pieces[index + 1] ?? '']] : []));
  const values = [text, scalar(text), pieces, pieces.map(scalar), [], object(pairs), object(steps)];
  return judgeValues(schemas, schema, text === '' ? values : values.filter((value) => !Array.isArray(value) || value.length > 0), what);
}

function judgeValues(schemas: Schemas, schema: unknown, values: readonly unknown[], what: string): Finding[] {
  let first: Finding | undefined;
  for (const value of values) {
    const verdict = schemas.judge(schema, value);
    if (verdict.kind === 'valid') return [];
    if (verdict.kind === 'unusable') return [{ side: 'document', reason: `the schema can not be compiled: ${verdict.reason}` }];
    first ??= { ...mock(`${what} ${verdict.reasons.slice(0, 3).join('; ')}`), schema };
  }
  return first === undefined ? [] : [first];
}

/** An empty text is a value too; only JSON, XML and the like have none. */
function mayBeEmpty(schemas: Schemas, response: PlainResponse, content: PlainContent | undefined): boolean {
  const textual = [...(response.contents?.keys() ?? [])].some((mediaType) => !/[/+](json|xml)\b/i.test(mediaType));
  const schema = content?.schema ?? [...(response.contents?.values() ?? [])][0]?.schema ?? response.content?.schema;
  return textual || schema === undefined || members(schema)['type'] === 'file' || schemas.judge(schema, '').kind === 'unusable';
}

function findContent(contents: ReadonlyMap<string, PlainContent>, mediaType: string): PlainContent | undefined {
  const wanted = essence(mediaType);
  if (wanted === '') return undefined;
  const [type] = wanted.split('/', 1);
  const ranges = [wanted, `${type}/*`, '*/*'];
  for (const range of ranges) {
    for (const [documented, content] of contents) if (essence(documented) === range) return content;
  }
  return undefined;
}

function essence(mediaType: string): string {
  return mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function scalar(text: string): unknown {
  const value = parseJson(text);
  return value === undefined ? text : value;
}

function object(pairs: readonly (readonly string[])[]): Members {
  return Object.fromEntries(pairs.map(([name, value]) => [name, scalar(value ?? '')]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function excerpt(body: Buffer): string {
  const text = body.toString('utf8').replace(/\s+/g, ' ').slice(0, 160);
  return text === '' ? '' : `: ${text}`;
}

function mock(reason: string): Finding {
  return { side: 'mock', reason };
}
