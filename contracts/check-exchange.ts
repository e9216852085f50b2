import { isError, judgeResponse, validateRequest } from '../operations/index.ts';
import type { JudgedRequest, JudgedResponse, Operation, OperationTable, Remark, Violation } from '../operations/index.ts';
import { isAmbiguous } from './ambiguous-path.ts';
import { withoutConsequences } from './consequences.ts';
import type { Defects } from './defects.ts';
import type { Exchange, Gap } from './exchange.ts';
import type { Finding } from './finding.ts';
import type { Judged } from './judged.ts';
import { hidingGaps, isLost, withoutDoubts } from './lost.ts';
import { isMasked } from './masked.ts';
import type { Origins } from './origins.ts';
import { envelopeShape, isEnvelope, outcomeOf, unreadEnvelope } from './outcome.ts';
import { gapsOf, RULES_OF_LOST, rulesFor } from './rules/index.ts';
import type { Facts, Verdict } from './rules/index.ts';
import { isAsset, isOptionsAnswer, isPreflight, isUpgrade } from './set-aside.ts';
import type { Hints } from './set-aside.ts';
import { strangeRoot } from './xml-root.ts';

/** What judging an exchange needs from its run. */
export interface CheckContext {
  readonly table: OperationTable;
  readonly origins: Origins;
  readonly defects: Defects;
}

const NO_HINTS: Hints = {};
const NO_FINDINGS: readonly Finding[] = [];
const NO_VIOLATIONS: readonly Violation[] = [];
const NO_REMARKS: readonly Remark[] = [];

/**
 * One exchange through the checker, top to bottom: set aside, match, judge both messages by their operation, then the rules in their order.
 * A promise only for multipart bodies. Never throws for anything that a recording can hold.
 */
export function checkExchange(context: CheckContext, exchange: Exchange, hints: Hints = NO_HINTS): Judged | Promise<Judged> {
  const { table, origins } = context;
  const { request, response } = exchange;
  if (isUpgrade(exchange)) return aside(exchange, 'websocket');
  const found = table.find(request.method, request.path);
  if (found.kind !== 'operation' || !origins.fits(found.operation, exchange.origin, request.path)) {
    if (isPreflight(exchange) || hints.resourceType === 'preflight') return aside(exchange, 'preflight');
    if (found.kind === 'method' && isOptionsAnswer(exchange)) return aside(exchange, 'options');
    if (found.kind !== 'method' && isAsset(exchange, hints, origins.isInside(request.path))) return aside(exchange, 'asset');
    if (has(exchange, 'entry'))
      return {
        ...nothing(exchange),
        findings: gapsOf(exchange, new Set(exchange.gaps)).map((gap) => findingOf('recording-gap', gap, exchange, undefined)),
      };
    const finding = found.kind === 'method' ? undocumentedMethod(exchange, found.allow) : undocumentedOperation(exchange);
    const doubt = origins.isOurs(exchange.origin) === 'yes' ? {} : { doubt: exchange.origin ?? '' };
    return { ...nothing(exchange), findings: [finding], ...doubt };
  }
  const { operation } = found;
  const judged = validateRequest(operation, request, found.values);
  const answered = response === undefined ? undefined : judgeResponse(operation, response, request.method);
  if (judged instanceof Promise || answered instanceof Promise)
    return Promise.all([judged, answered]).then(([first, second]) => applyRules(context, exchange, operation, first, second));
  return applyRules(context, exchange, operation, judged, answered);
}

function applyRules(
  context: CheckContext,
  recorded: Exchange,
  operation: Operation,
  request: JudgedRequest,
  response: JudgedResponse | undefined,
): Judged {
  const hiding = hidingGaps(recorded, operation, request, response);
  const exchange = withoutDoubts(recorded, hiding);
  const hasLost = has(exchange, 'response-body');
  const body = response?.body ?? unreadEnvelope(exchange.response);
  const shape = isEnvelope(body) ? envelopeShape(operation, response?.content) : undefined;
  const outcome = outcomeOf(exchange.response?.status, body, hasLost, shape);
  const facts: Facts = {
    exchange,
    operation,
    request,
    response,
    outcome,
    requestErrors: heldAgainst(
      exchange,
      operation.path,
      allViolations(operation, request, exchange.request, 'request'),
      request,
      request.body,
    ),
    responseErrors:
      response === undefined
        ? NO_VIOLATIONS
        : heldAgainst(exchange, operation.path, allViolations(operation, response, exchange.response, 'response'), request, response.body),
    requestRemarks: has(exchange, 'request-body') ? NO_REMARKS : remarksOf(request),
    responseRemarks: response === undefined || hasLost ? NO_REMARKS : remarksOf(response),
    hiding,
    defects: context.defects,
  };
  let findings: Finding[] | undefined;
  for (const rule of has(exchange, 'entry') ? RULES_OF_LOST : rulesFor(facts)) {
    const verdicts = rule.judge(facts);
    if (verdicts.length === 0) continue;
    findings ??= [];
    for (const verdict of verdicts) findings.push(findingOf(rule.id, verdict, exchange, operation));
  }
  return { exchange, operation, request, response, outcome, findings: findings ?? NO_FINDINGS, skipped: undefined };
}

/** What is wrong with a message, by what JSON Schema knows nothing of too: the schemas that a body names by discriminators, the root element of XML. */
function allViolations(
  operation: Operation,
  { violations, content, body }: JudgedRequest | JudgedResponse,
  message: Pick<Exchange['request'], 'headers' | 'body'> | undefined,
  side: Violation['side'],
): readonly Violation[] {
  if (content?.validator === undefined || body === undefined) return violations;
  const issues = content.validator.subtypes(body);
  const root = strangeRoot(operation, content, message?.body, message?.headers['content-type'], side);
  if (issues.length === 0) return root === undefined ? violations : [...violations, root];
  const known = new Set(violations.map(({ pointer, document }) => `${pointer} ${document}`));
  const further = issues.filter(({ pointer, document }) => !known.has(`${pointer} ${document}`));
  return [...violations, ...(root === undefined ? [] : [root]), ...further.map((issue): Violation => ({ ...issue, side, part: 'body' }))];
}

/** The errors that nobody can excuse by a gap of the recording or a masked value. */
function heldAgainst(
  exchange: Exchange,
  template: string,
  violations: readonly Violation[],
  request: JudgedRequest,
  body: unknown,
): readonly Violation[] {
  if (violations.length === 0) return violations;
  return withoutConsequences(
    violations.filter(
      (violation) =>
        isError(violation) &&
        !isLost(violation, exchange) &&
        !isMasked(violation, exchange, request, body) &&
        !isAmbiguous(violation, template, exchange.request.path),
    ),
  );
}

function has({ gaps }: Exchange, of: Gap['of']): boolean {
  for (const gap of gaps) if (gap.of === of) return true;
  return false;
}

function remarksOf({ content, body }: JudgedRequest | JudgedResponse): readonly Remark[] {
  return content?.validator === undefined || typeof body !== 'object' || body === null ? NO_REMARKS : content.validator.remarks(body);
}

function findingOf(rule: string, verdict: Verdict, exchange: Exchange, operation: Operation | undefined): Finding {
  const { request, response, place } = exchange;
  return {
    rule,
    ...verdict,
    exchange: place,
    method: request.method,
    path: request.path,
    ...(response === undefined ? {} : { status: response.status }),
    ...(operation === undefined
      ? {}
      : { operation: { document: operation.document.name, id: operation.id, method: operation.method, path: operation.path } }),
  };
}

/** A path that no document knows. Where the server does not know it either, it is the client that is lost. */
function undocumentedOperation(exchange: Exchange): Finding {
  const { method, path } = exchange.request;
  const message = `${method} ${path} is not documented`;
  return findingOf(
    'undocumented-operation',
    { side: sideOf(exchange), severity: 'error', message, part: 'route', code: 'undocumented' },
    exchange,
    undefined,
  );
}

function undocumentedMethod(exchange: Exchange, allow: readonly string[]): Finding {
  const { method, path } = exchange.request;
  const message = `${path} is documented, but not with the method ${method}; documented: ${allow.join(', ')}`;
  return findingOf(
    'undocumented-method',
    { side: sideOf(exchange), severity: 'error', message, part: 'route', code: 'undocumented' },
    exchange,
    undefined,
  );
}

function sideOf({ response }: Exchange): 'client' | 'server' {
  return response !== undefined && [404, 405, 410, 501].includes(response.status) ? 'client' : 'server';
}

function aside(exchange: Exchange, reason: string): Judged {
  return { ...nothing(exchange), skipped: reason };
}

function nothing(exchange: Exchange): Judged {
  return {
    exchange,
    findings: NO_FINDINGS,
    operation: undefined,
    request: undefined,
    response: undefined,
    outcome: 'unknown',
    skipped: undefined,
  };
}
