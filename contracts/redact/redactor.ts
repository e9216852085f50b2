import { randomBytes } from 'node:crypto';
import type { Operation, OperationTable } from '../../operations/index.ts';
import type { Exchange, Gap } from '../exchange.ts';
import { withoutContentCoding } from '../content-coding.ts';
import { createKnownSecrets } from './known-secrets.ts';
import type { KnownSecretsLimits } from './known-secrets.ts';
import { createMarks } from './marks.ts';
import { maskBody } from './mask-body.ts';
import type { MaskedBody } from './mask-body.ts';
import { maskForm, maskWholeQuery } from './mask-form.ts';
import { mapHeaders, maskHeaders } from './mask-headers.ts';
import type { HeaderMarks, Headers } from './mask-headers.ts';
import { maskPath } from './mask-path.ts';
import type { Mask } from './mask-value.ts';
import type { Mark, MarkOf } from './marks.ts';
import { keyNames, marksOfOperation, marksWithoutOperation } from './operation-marks.ts';
import type { OperationMarks } from './operation-marks.ts';
import { isPartOfEveryPseudonym, isPseudonym, pseudonymOf } from './pseudonym.ts';
import { publicWords } from './public-words.ts';
import { maskLooks } from './secret-looks.ts';
import { sweepBytes, sweepText } from './sweep.ts';

export interface RedactorOptions {
  /** The key of the pseudonyms; default: 32 random bytes. Never store it beside the recording: short secrets could be guessed with it. */
  readonly secret?: Uint8Array;
  /** Larger bodies are left out and named as gaps. Bytes after unpacking, default 10 MiB. */
  readonly bodyLimit?: number;
  /** How many secrets are remembered, see {@link KnownSecretsLimits}. */
  readonly remember?: Partial<KnownSecretsLimits>;
}

/** Masks the exchanges of one recording, in their order: what one of them gives away as a secret is masked in it and in all that come after. */
export interface Redactor {
  /** Never throws. The exchange given is not changed. */
  readonly redact: (exchange: Exchange) => Exchange;
  /** A text of our own about what was redacted already, such as a finding, without the secrets known by now. */
  readonly redactText: (text: string) => string;
}

export const DEFAULT_BODY_LIMIT = 10 * 1024 * 1024;

/** A guess that is a plain word: masked where it stands, not looked for elsewhere. */
const PLAIN_WORD = /^[A-Za-z][A-Za-z._-]{0,10}$/;
const RECENT = 1_000;
/** Framing: without them the message could not be read. */
const FRAMING = new Set(['content-length', 'transfer-encoding', 'content-encoding', 'connection', 'date']);

/**
 * Masks secrets at capture. Secret is what the document marks (`format: password`, `x-sensitive`, `writeOnly`, security schemes), what credentials and
 * cookies say, and what is called or looks like a secret. Two steps for each exchange: the places of secrets in both messages are masked and their
 * values remembered; then every remembered value is looked for everywhere, in any spelling.
 * @param table the documents' operations; one without documents masks by names and looks alone.
 */
export function createRedactor(table: OperationTable, options: RedactorOptions = {}): Redactor {
  const key = options.secret ?? randomBytes(32);
  const bodyLimit = options.bodyLimit ?? DEFAULT_BODY_LIMIT;
  const known = createKnownSecrets(options.remember);
  const keys = keyNames(table.documents);
  const byOperation = new Map<Operation, OperationMarks>();
  const byDocument = new Map<Operation['validators'], MarkOf>();
  const noOperation = marksWithoutOperation(keys);
  /** Pseudonyms made lately: a token comes with every request. */
  const recent = new Map<string, string>();
  let words: ReadonlySet<string> | undefined;

  const mask: Mask = (value, certainty) => {
    const ready = recent.get(value);
    const pseudonym = ready ?? pseudonymOf(key, value);
    if (ready === undefined) {
      if (recent.size >= RECENT) recent.clear();
      recent.set(value, pseudonym);
    }
    words ??= publicWords(table.documents);
    for (const one of new Set([value, value.trim()])) {
      const isWord = words.has(one) || isPseudonym(one) || isPartOfEveryPseudonym(one) || (certainty === 'guessed' && PLAIN_WORD.test(one));
      if (!isWord) known.add(one, pseudonym);
    }
    return pseudonym;
  };

  function marksOf(operation: Operation | undefined): OperationMarks {
    if (operation === undefined) return noOperation;
    let marks = byOperation.get(operation);
    if (marks === undefined) {
      const markOf = byDocument.get(operation.validators) ?? createMarks(operation.validators.lookup);
      byDocument.set(operation.validators, markOf);
      marks = marksOfOperation(operation, keys, markOf);
      byOperation.set(operation, marks);
    }
    return marks;
  }

  function redact(exchange: Exchange): Exchange {
    const { request, response } = exchange;
    const gaps: Gap[] = [...exchange.gaps];
    const found = table.find(request.method, request.path);
    const operation = found.kind === 'operation' ? found.operation : undefined;
    const marks = marksOf(operation);

    const path = found.kind === 'operation' ? maskPath(request.path, found.operation, found.values, marks.path, mask) : request.path;
    const query =
      marks.wholeQuery === undefined ? maskForm(request.query, marks.query, mask) : maskWholeQuery(request.query, marks.wholeQuery, mask);
    const asked = maskMessage(request, 'request-body', marks, marks.requestBody, gaps);
    const answered =
      response === undefined
        ? undefined
        : maskMessage(
            response,
            'response-body',
            { header: (name) => marks.responseHeader(response.status, name), cookie: marks.cookie },
            (mediaType) => marks.responseBody(response.status, mediaType),
            gaps,
          );
    // Only now everything that this exchange says is secret is known.
    return {
      ...exchange,
      request: { method: request.method, path: sweepText(path, known), query: sweepText(query, known), ...sweepMessage(asked) },
      response: response === undefined || answered === undefined ? undefined : { status: response.status, ...sweepMessage(answered) },
      gaps,
    };
  }

  function maskMessage(
    message: Message,
    of: Gap['of'],
    headerMarks: HeaderMarks,
    bodyMark: (mediaType: string) => Mark,
    gaps: Gap[],
  ): Masked {
    const headers = maskHeaders(message.headers, headerMarks, mask);
    const bytes = readable(message, of, bodyLimit, gaps);
    if (bytes === undefined || bytes.length === 0) return { original: message, headers, body: undefined, unmasked: bytes };
    const contentType = String(message.headers['content-type'] ?? '');
    try {
      return { original: message, headers, body: maskBody(bytes, contentType, bodyMark(contentType), mask), unmasked: bytes };
    } catch (error) {
      // Texts made to exhaust an engine (RangeError) end here: rather no body than one with secrets.
      const reason = error instanceof Error ? error.message : String(error);
      gaps.push({ of, code: 'missing', message: `The body could not be looked through for secrets and was not recorded: ${reason}.` });
      return { original: message, headers, body: undefined, unmasked: undefined };
    }
  }

  function sweepMessage({ original, headers, body, unmasked }: Masked): Message {
    const swept = mapHeaders(headers, (value, name) => (FRAMING.has(name) ? value : sweepText(value, known)));
    if (body === undefined) return { headers: swept, body: unmasked };
    const bytes = sweepBytes(body.bytes, known, body.isJson);
    if (!body.changed && bytes === body.bytes) {
      // Nothing was found in the text; what its charset says may be wrong, so the bytes are looked through as they are.
      const kept = body.recoded && unmasked !== undefined ? sweepBytes(unmasked, known, false) : unmasked;
      return { headers: withLength(swept, original, kept), body: kept };
    }
    return { headers: withLength(body.recoded ? inUtf8(swept) : swept, original, bytes), body: bytes };
  }

  const redactText = (text: string): string =>
    sweepText(
      maskLooks(text, (value) => mask(value, 'guessed')),
      known,
    );

  return { redact, redactText };
}

interface Message {
  readonly headers: Headers;
  readonly body: Buffer | undefined;
}

interface Masked {
  readonly original: Message;
  readonly headers: Headers;
  readonly body: MaskedBody | undefined;
  /** The body without its content coding, nothing masked. */
  readonly unmasked: Buffer | undefined;
}

/** The body as it can be looked through; what can't be looked through is not recorded. */
function readable({ headers, body }: Message, of: Gap['of'], limit: number, gaps: Gap[]): Buffer | undefined {
  if (body === undefined) return undefined;
  const side = of === 'request-body' ? 'request' : 'response';
  const tooLarge = (): undefined => {
    gaps.push({ of, code: 'missing', message: `The body of the ${side} is larger than ${limit} bytes and was not recorded.` });
    return undefined;
  };
  if (body.length > limit) return tooLarge();
  const uncoded = withoutContentCoding(body, headers['content-encoding'], limit);
  if (uncoded.ok) return uncoded.body;
  if (uncoded.reason === 'too-large') return tooLarge();
  if (uncoded.reason === 'unknown') return body;
  const coding = String(headers['content-encoding']);
  gaps.push({
    of,
    code: 'undecodable',
    message: `The body of the ${side} is no whole ${coding} data and was not recorded: it may hold secrets.`,
  });
  return undefined;
}

/** The length follows the body, where there was one of this length before (a response to HEAD has none). */
function withLength(headers: Headers, original: Message, body: Buffer | undefined): Headers {
  if (headers['content-length'] === undefined || body === undefined || body === original.body) return headers;
  return { ...headers, 'content-length': String(body.length) };
}

function inUtf8(headers: Headers): Headers {
  return mapHeaders(headers, (value, name) =>
    name === 'content-type' ? value.replace(/(charset\s*=\s*)(?:"[^"]*"|[^;\s]*)/i, (_all, start: string) => `${start}utf-8`) : value,
  );
}
