import { createChecker, createForwarder, createRedactor } from '../contracts/index.ts';
import type { Checker, Exchange, Finding, ForwardRule, Judged, Redactor } from '../contracts/index.ts';
import { handledElsewhere, handleRequest, notAnsweredElsewhere } from '../mock/index.ts';
import type { Forwarding, Handled, Mock } from '../mock/index.ts';
import type { Language, Operation, OperationTable, RequestMessage, ResponseMessage } from '../operations/index.ts';
import { baseOrigin } from './base-url.ts';
import { say } from './language.ts';
import { formatByEnding, openRecording } from './new-recording.ts';
import { paint, printable } from './paint.ts';
import { findingLine } from './record-log.ts';
import { UsageError } from './workspace.ts';

export interface ForwardSettings {
  readonly rules: readonly ForwardRule[];
  /** What the rules are written for. */
  readonly table: OperationTable;
  /** The mock answers for a server that does not. */
  readonly fallback: boolean;
  readonly insecure: boolean;
  readonly bodyLimit: number;
  /** A recording of what was forwarded, `.har` or `.ndjson`. */
  readonly record?: string;
  readonly language: Language;
}

/** Mixed mode: some operations are answered by real backends, checked as they answer; the mock answers the rest. */
export interface MixedMode extends Forwarding {
  readonly close: () => Promise<void>;
}

/** @throws UsageError when a rule names nothing that there is; TypeError when its URL is none; an error of the file system when the recording can't be written. */
export async function createMixedMode(settings: ForwardSettings): Promise<MixedMode> {
  const { rules, fallback, insecure, bodyLimit, record, language } = settings;
  refuseUnknown(rules, settings.table, language);
  const forwarder = createForwarder(rules, { insecure, bodyLimit });
  const writer = record === undefined ? undefined : await openRecording(record, formatByEnding(record) ?? 'har');
  const down = new Set<string>();
  let judge: Judging | undefined;
  let index = 0;

  function take(mock: Mock, request: RequestMessage): Promise<Handled> | undefined {
    const found = mock.table.find(request.method, request.path);
    const operation = found.kind === 'operation' ? found.operation : undefined;
    const target = forwarder.targetOf(operation, request);
    // A preflight asks whether the page may call the mock at all: that is the mock's to say.
    if (target === undefined || (request.method === 'OPTIONS' && operation === undefined)) return undefined;
    return ask(mock, request, operation, target);
  }

  async function ask(
    mock: Mock,
    request: RequestMessage,
    operation: Operation | undefined,
    target: NonNullable<ReturnType<typeof forwarder.targetOf>>,
  ): Promise<Handled> {
    const startedAt = Date.now();
    const start = performance.now();
    const response = await forwarder.forward(target, request);
    if ('reason' in response) {
      tellOnce(target.url, response.reason);
      // Asked of the mock as if there were no other server.
      if (fallback) return handleRequest(mock, request);
      return notAnsweredElsewhere(mock, request, operation, response);
    }
    if (down.delete(target.url))
      console.error(paint('green', `${target.url} ${say(language, 'answers again', '已恢复应答')}`, process.stderr));
    const exchange: Exchange = {
      place: { file: 'live', index: index++ },
      origin: target.origin,
      request,
      response,
      startedAt,
      milliseconds: performance.now() - start,
      gaps: [],
    };
    if (judge?.table !== mock.table) judge = judgingOf(mock.table, rules);
    const judged = await judge.checker.check(exchange);
    await keep(judged, judge.redactor);
    const violations = [...(judged.request?.violations ?? []), ...(judged.response?.violations ?? [])];
    return handledElsewhere(mock, request, operation, replyOf(response, target.url), violations);
  }

  function tellOnce(url: string, reason: string): void {
    if (down.has(url)) return;
    down.add(url);
    const instead = fallback
      ? say(language, 'the mock answers for it', '由 mock 代为应答')
      : say(language, 'its clients get a 502', '客户端将收到 502');
    console.error(paint('yellow', `! ${printable(reason)} ${instead}`, process.stderr));
  }

  /** Records the exchange, and tells what no violation of a message does. Its client has its answer whatever becomes of that. */
  async function keep({ exchange, findings }: Judged, redactor: Redactor): Promise<void> {
    const told = findings.filter(isOfExchange);
    if (writer === undefined && told.length === 0) return;
    const recorded = redactor.redact(exchange);
    for (const finding of told) console.error(`  ${findingLine(finding, exchange, recorded, redactor, language)}`);
    await writer?.append(recorded).catch((error: unknown) => {
      const lost = say(language, 'an exchange was not recorded', '有一条请求未能录制');
      const reason = error instanceof Error ? error.message : String(error);
      console.error(paint('yellow', `! ${lost}: ${printable(reason)}`, process.stderr));
    });
  }

  return {
    take,
    async close() {
      forwarder.close();
      await writer?.close();
    },
  };
}

/** What is wrong with both messages together, or documented nowhere; what is wrong with one of them the log of requests tells. */
function isOfExchange({ severity, in: place, part }: Finding): boolean {
  return severity !== 'notice' && (place === undefined || part === undefined || part === 'route' || part === 'security');
}

/** A misspelt rule would let the mock answer where a backend was meant to. */
function refuseUnknown(rules: readonly ForwardRule[], { documents, routes }: OperationTable, language: Language): void {
  const names = documents.map(({ name }) => name);
  const known = new Set(['*', ...names, ...routes.map(({ document, id }) => `${document.name}.${id}`)]);
  const unknown = rules.find(({ what }) => !known.has(what));
  if (unknown === undefined) return;
  const of = names.find((name) => unknown.what.startsWith(`${name}.`));
  throw new UsageError(
    of === undefined
      ? say(
          language,
          `--forward ${unknown.what}: no document is called so; there are ${names.join(', ')}`,
          `--forward ${unknown.what}：没有叫这个名字的文档；现有：${names.join('、')}`,
        )
      : say(
          language,
          `--forward ${unknown.what}: ${of} has no operation called ${unknown.what.slice(of.length + 1)}; the console and /__hufu/operations list them`,
          `--forward ${unknown.what}：${of} 没有叫 ${unknown.what.slice(of.length + 1)} 的接口；可在控制台或 /__hufu/operations 查看全部接口`,
        ),
  );
}

interface Judging {
  readonly table: OperationTable;
  readonly checker: Checker;
  readonly redactor: Redactor;
}

/** Made again when the documents are. */
function judgingOf(table: OperationTable, rules: readonly ForwardRule[]): Judging {
  const servers = rules.flatMap(({ url }) => baseOrigin(url) ?? []);
  return { table, checker: createChecker(table, { servers }), redactor: createRedactor(table) };
}

function replyOf({ status, headers, body }: ResponseMessage, url: string): Handled['reply'] {
  const given: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) given[name] = value;
  return { status, headers: given, body, by: { kind: 'forward', url } };
}
