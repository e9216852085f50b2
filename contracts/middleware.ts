import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Checker } from './checker.ts';
import type { Exchange } from './exchange.ts';
import type { Finding, Severity } from './finding.ts';
import { groupId } from './group.ts';
import { observe } from './guard/observe.ts';
import type { Judged } from './judged.ts';

/** Express's and Connect's middleware; also a step before a handler of `node:http`. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/** As much of a Fastify instance as a plugin needs. */
export interface FastifyHost {
  readonly addHook: (
    name: 'onRequest',
    hook: (request: { readonly raw: IncomingMessage }, reply: { readonly raw: ServerResponse }, done: () => void) => void,
  ) => unknown;
}
export type FastifyPlugin = (instance: FastifyHost, options: unknown, done: () => void) => void;

export interface ContractGuardOptions {
  /** Told of each exchange that has findings, after its response. */
  readonly onFindings?: (findings: readonly Finding[], judged: Judged) => void;
  /** The least severity that `expectNoFindings` throws for. Default `error`. */
  readonly throwOn?: Severity;
  /** Longer bodies are not judged. Bytes, default 10 MiB. */
  readonly maxBodyBytes?: number;
}

/** Checks a backend inside its own tests: it watches what goes in and out, and judges it by the documents after each response. */
export interface ContractGuard {
  /** `app.use(guard.express())`, before or after body parsers. */
  readonly express: () => Middleware;
  /** `app.register(guard.fastify())`, before the routes. */
  readonly fastify: () => FastifyPlugin;
  /** `createServer(guard.wrapListener(listener))`. */
  readonly wrapListener: (listener: RequestListener) => RequestListener;
  /** Everything found so far, in order of the requests; waits for the responses that have been ended to be judged. */
  readonly findings: () => Promise<readonly Finding[]>;
  /**
   * @throws ContractError with a readable list, where there is anything of the severity of `throwOn` or above; whatever `onFindings` threw.
   */
  readonly expectNoFindings: () => Promise<void>;
  /** Forgets what was found: for the next test. Waits likewise. */
  readonly clear: () => Promise<void>;
}

/** Traffic that breaks the documents. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly findings: readonly Finding[];

  constructor(message: string, findings: readonly Finding[]) {
    super(message);
    this.findings = findings;
  }
}

const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** Kept until they are cleared. */
const MAX_FINDINGS = 10_000;
/** Root causes that a message lists. */
const MAX_LISTED = 20;
const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };
/** Fastify's sign that a plugin's hooks are meant for those beside it as well. */
const SKIP_OVERRIDE = Symbol.for('skip-override');

export function createContractGuard(checker: Checker, options: ContractGuardOptions = {}): ContractGuard {
  const { onFindings, throwOn = 'error', maxBodyBytes = MAX_BODY_BYTES } = options;
  const watched = new WeakSet<IncomingMessage>();
  let found = new Map<number, readonly Finding[]>();
  let [count, kept, ended] = [0, 0, 0];
  let failure: { readonly error: unknown } | undefined;
  let waiting: (() => void)[] = [];

  function watch(request: IncomingMessage, response: ServerResponse): void {
    // Mounted twice, it still sees each request once.
    if (watched.has(request)) return;
    watched.add(request);
    const index = count;
    count += 1;
    let isEnded = false;
    observe(
      request,
      response,
      { file: 'live', index },
      {
        maxBodyBytes,
        onEnd: () => {
          isEnded = true;
          ended += 1;
        },
        onExchange: (exchange) => {
          if (!isEnded) ended += 1;
          void judge(exchange).finally(settle);
        },
      },
    );
  }

  async function judge(exchange: Exchange): Promise<void> {
    try {
      const judged = await checker.check(exchange);
      if (judged.findings.length === 0) return;
      if (kept < MAX_FINDINGS) found.set(exchange.place.index, judged.findings);
      kept += judged.findings.length;
      onFindings?.(judged.findings, judged);
    } catch (error) {
      // Never the backend's: its test is told instead.
      failure ??= { error };
    }
  }

  function settle(): void {
    ended -= 1;
    if (ended > 0) return;
    const ready = waiting;
    waiting = [];
    for (const resume of ready) resume();
  }

  /** Until every response that was ended is judged; one that goes on, such as an event stream, is not waited for. */
  function settled(): Promise<void> {
    return ended === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
  }

  function inOrder(): Finding[] {
    return [...found].sort(([a], [b]) => a - b).flatMap(([, findings]) => findings);
  }

  return {
    express: () => (request, response, next) => {
      watch(request, response);
      next();
    },
    fastify: () =>
      Object.assign(
        (instance: FastifyHost, _options: unknown, done: () => void): void => {
          instance.addHook('onRequest', (request, reply, next) => {
            watch(request.raw, reply.raw);
            next();
          });
          done();
        },
        { [SKIP_OVERRIDE]: true },
      ),
    wrapListener: (listener) => (request, response) => {
      watch(request, response);
      return listener(request, response);
    },
    async findings() {
      await settled();
      return inOrder();
    },
    async expectNoFindings() {
      await settled();
      if (failure !== undefined) throw failure.error;
      const held = inOrder().filter(({ severity }) => RANK[severity] <= RANK[throwOn]);
      if (held.length > 0) throw new ContractError(listOf(held), held);
    },
    async clear() {
      await settled();
      found = new Map();
      [kept, failure] = [0, undefined];
    },
  };
}

/** One paragraph for each root cause. */
function listOf(findings: readonly Finding[]): string {
  const causes = new Map<string, { readonly finding: Finding; count: number }>();
  for (const finding of findings) {
    const id = groupId(finding);
    const known = causes.get(id);
    if (known === undefined) causes.set(id, { finding, count: 1 });
    else known.count += 1;
  }
  const listed = [...causes.values()].slice(0, MAX_LISTED).map(({ finding, count }) => paragraph(finding, count));
  const more = causes.size > MAX_LISTED ? [`... and ${causes.size - MAX_LISTED} more`] : [];
  const head = `${causes.size} ${causes.size === 1 ? 'finding breaks' : 'findings break'} the documents:`;
  return [head, ...listed, ...more].join('\n\n');
}

function paragraph(finding: Finding, count: number): string {
  const { rule, side, severity, message, method, path, status, operation, in: side_, part, name, pointer, property, document } = finding;
  const place = [side_, part, name, pointer, property].filter((word) => word !== undefined && word !== '').join(' ');
  return [
    `${severity} ${rule} (${side})${count === 1 ? '' : ` ${count} times`}: ${message}`,
    `  ${method} ${path}${status === undefined ? '' : ` -> ${status}`}${operation === undefined ? '' : ` (${operation.document} ${operation.id})`}`,
    ...(place === '' ? [] : [`  at ${place}`]),
    ...(finding.actual === undefined ? [] : [`  found ${shown(finding.actual)}`]),
    ...(document === undefined ? [] : [`  see ${document}`]),
  ].join('\n');
}

function shown(value: unknown): string {
  const text = typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
