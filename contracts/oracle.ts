import { basename } from 'node:path';
import { isError, isJson, parseMediaType } from '../operations/index.ts';
import type { JudgedRequest, Operation, OperationTable, RequestMessage } from '../operations/index.ts';
import { loadStateFile } from '../state/index.ts';
import { createJudge } from '../state/judge/judge.ts';
import type { Contradiction, Judge, Observation, StateFile } from '../state/index.ts';
import type { Place } from './exchange.ts';
import type { Finding } from './finding.ts';
import type { Judged } from './judged.ts';
import { bytesHoldPseudonym, holdsPseudonym } from './redact/pseudonym.ts';
import { fieldOf } from './sensitive-field.ts';

/** The state model along the exchanges of a run: what the sequence contradicts becomes findings. */
export interface Oracle {
  /** Judges an exchange by what the earlier ones of its recording taught; gives it back with what was found. Exchanges come in their order. Never throws. */
  readonly judge: (judged: Judged) => Judged;
}

export interface OracleOptions {
  /** Others write to the same backend meanwhile: only what nobody else could have changed is judged. Default false. */
  readonly shared?: boolean;
}

/**
 * The oracle of the documents that have a state file beside them; it is silent about all others. Compile the files before (`loadRemembered`): here they are taken to be without flaws.
 * @throws DocumentError when a state file can't be read.
 */
export async function loadOracle(table: OperationTable, options: OracleOptions = {}): Promise<Oracle> {
  const files = (await Promise.all(table.documents.map(loadStateFile))).filter((file) => file !== undefined);
  return createOracle(files, options);
}

/** @param files state files that have been compiled without a flaw. */
export function createOracle(files: readonly StateFile[], options: OracleOptions = {}): Oracle {
  const modules = new Set(files.map(({ module }) => module));
  const sensitive = new Map<unknown, ReadonlySet<string>>();
  const judge: Judge = createJudge(files, {
    shared: options.shared === true,
    masked: holdsPseudonym,
    sensitive: (operation, member) => sensitive.get(operation)?.has(member) === true,
  });
  const places = createPlaces();
  let file: string | undefined;

  return {
    judge(judged) {
      const { operation, exchange } = judged;
      if (operation === undefined || judged.skipped !== undefined || !modules.has(operation.document.name)) return judged;
      // Two recordings may be of two backends, or of one that was set up anew between them.
      if (file !== undefined && file !== exchange.place.file) judge.forget();
      file = exchange.place.file;
      if (!sensitive.has(operation)) sensitive.set(operation, sensitiveNames(operation));
      const found = judge.observe(observationOf(judged, operation, places.add(exchange.place)));
      if (found.length === 0) return judged;
      return { ...judged, findings: [...judged.findings, ...found.map((one) => findingOf(one, judged, operation, places.get))] };
    },
  };
}

/** What the judge is told of an exchange. What a recording has lost or masked is told as unknown, never as absent. */
function observationOf(judged: Judged, operation: Operation, index: number): Observation {
  const { exchange, request, response, outcome } = judged;
  const { startedAt, milliseconds, gaps } = exchange;
  // Without credentials nobody is known to have asked, which is no more than the judge takes it for.
  const isLost = gaps.some(({ of }) => of !== 'credentials');
  const { files } = request ?? {};
  const times = startedAt === undefined ? {} : { startedAt, endedAt: startedAt + (milliseconds ?? 0) };
  return {
    index,
    operation,
    request: {
      path: request?.path ?? {},
      query: { ...queryText(exchange.request), ...request?.query },
      header: { ...exchange.request.headers, ...request?.header },
      cookie: request?.cookie ?? {},
      body: request?.body,
      files: files === undefined ? undefined : withoutMasked(files),
      token: bearerOf(exchange.request),
    },
    response:
      exchange.response === undefined
        ? undefined
        : {
            status: exchange.response.status,
            headers: exchange.response.headers,
            body: isJsonMessage(exchange.response.headers) ? response?.body : undefined,
            bytes: exchange.response.body === undefined || bytesHoldPseudonym(exchange.response.body) ? undefined : exchange.response.body,
          },
    accepted: isLost || outcome === 'unknown' ? undefined : outcome === 'accepted',
    ...(isMaskedRequest(exchange.request)
      ? {}
      : { valid: request?.unauthorized === undefined && request?.violations.some(isError) === false }),
    ...times,
  };
}

/** Whether a pseudonym stands somewhere in what a request asks for: then nobody knows whether it keeps to its document. */
function isMaskedRequest({ path, query, body }: RequestMessage): boolean {
  return holdsPseudonym(path) || holdsPseudonym(query) || (body !== undefined && bytesHoldPseudonym(body));
}

/** The first value of each name, percent-decoding undone. */
function queryText({ query }: RequestMessage): Record<string, string> {
  return Object.fromEntries([...new URLSearchParams(query)].toReversed());
}

/** RFC 6750 section 2.1. */
function bearerOf({ headers }: RequestMessage): string | undefined {
  return /^bearer +(\S+)/i.exec(String(headers['authorization'] ?? ''))?.[1];
}

function withoutMasked(files: NonNullable<JudgedRequest['files']>): NonNullable<JudgedRequest['files']> {
  return new Map([...files].map(([name, list]) => [name, list.filter(({ content }) => !bytesHoldPseudonym(content))] as const));
}

function isJsonMessage(headers: RequestMessage['headers']): boolean {
  const header = headers['content-type'];
  const mediaType = typeof header === 'string' ? parseMediaType(header) : undefined;
  return mediaType !== undefined && isJson(mediaType);
}

/** Names of members that the document marks as secret or personal, in requests and responses of the operation. */
function sensitiveNames(operation: Operation): ReadonlySet<string> {
  const contents = [operation.requestBody?.contents ?? [], ...operation.responses.map((response) => response.contents)].flat();
  const schemas = contents.map(({ validator }) => validator?.schema);
  return fieldOf(schemas, operation.validators.lookup).sensitiveNames();
}

function findingOf(one: Contradiction, { exchange }: Judged, operation: Operation, placeOf: (index: number) => Place): Finding {
  const { request, response, place } = exchange;
  const hash = one.document.indexOf('#');
  return {
    rule: one.rule,
    side: 'server',
    severity: one.severity,
    message: one.message,
    exchange: place,
    operation: { document: operation.document.name, id: operation.id, method: operation.method, path: operation.path },
    method: request.method,
    path: request.path,
    ...(response === undefined ? {} : { status: response.status }),
    in: 'response',
    part: 'body',
    pointer: one.pointer,
    code: 'state',
    document: `${basename(one.document.slice(0, hash))}${one.document.slice(hash)}`,
    ...('expected' in one ? { expected: one.expected } : {}),
    ...('actual' in one ? { actual: one.actual } : {}),
    ...(one.because.length === 0 ? {} : { because: one.because.map(placeOf) }),
  };
}

interface Places {
  /** @returns the number that the judge knows it by; numbers rise. */
  readonly add: (place: Place) => number;
  readonly get: (index: number) => Place;
}

/** Places by the order of their coming. Those that follow one another in a file are kept as one stretch: a recording of a million exchanges is one. */
function createPlaces(): Places {
  const stretches: { readonly from: number; readonly file: string; readonly shift: number }[] = [];
  let count = 0;
  return {
    add({ file, index }) {
      const number = count;
      count += 1;
      const last = stretches.at(-1);
      if (last?.file !== file || last.shift !== index - number) stretches.push({ from: number, file, shift: index - number });
      return number;
    },
    get(number) {
      const stretch = stretches.findLast(({ from }) => from <= number);
      return { file: stretch?.file ?? '', index: number + (stretch?.shift ?? 0) };
    },
  };
}
