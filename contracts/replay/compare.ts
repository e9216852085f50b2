import { essence, isJson, parseJson, parseMediaType } from '../../operations/index.ts';
import type { ResponseMessage } from '../../operations/index.ts';
import type { Finding } from '../finding.ts';
import type { Judged } from '../judged.ts';
import { branchOf } from './branch.ts';
import { compareValues } from './compare-values.ts';
import type { ValueComparison } from './compare-values.ts';

/** A difference between two answers to the same request, in the words of findings. */
export interface Difference extends Pick<
  Finding,
  'rule' | 'side' | 'severity' | 'message' | 'in' | 'part' | 'pointer' | 'property' | 'code' | 'expected' | 'actual'
> {
  readonly rule: 'replay-status' | 'replay-branch' | 'replay-shape' | 'replay-value';
}

export interface Comparison extends ValueComparison {
  /** How the two are called in sentences: `recorded` and `answered`, `the mock` and `the target`. */
  readonly names: readonly [left: string, right: string];
  /** Time has passed on one side that has not on the other, and the outcome hangs on it: nothing but the schema can be judged. */
  readonly isTimeBound: boolean;
  /** The request holds masked data that something else stands for: whether it is taken or refused may hang on that. */
  readonly isMasked: boolean;
  /** Two implementations word their refusals differently: of a refusal only status and shape are compared. */
  readonly ignoresWording: boolean;
}

/**
 * Compares two answers to one request: status, branch of the schema and outcome, media type, shape, values. What the contract says is volatile, and what the target had before,
 * is left alone.
 * @param left the one that is right: what was recorded.
 */
export function compareAnswers(left: Judged, right: Judged, comparison: Comparison): Difference[] {
  const [before, after] = [left.exchange.response, right.exchange.response];
  if (before === undefined || after === undefined || comparison.isTimeBound) return [];
  const [one, other] = comparison.names;
  if (comparison.isMasked && isFlip(left.outcome, right.outcome)) return [];
  if (before.status !== after.status)
    return [
      difference('replay-status', `${one}: ${before.status}, ${other}: ${after.status}`, {
        part: 'status',
        code: 'status',
        expected: before.status,
        actual: after.status,
      }),
    ];
  if (isFlip(left.outcome, right.outcome))
    return [
      difference('replay-branch', `${one}: ${left.outcome}, ${other}: ${right.outcome}, both with status ${after.status}`, {
        part: 'body',
        code: 'outcome',
        expected: left.outcome,
        actual: right.outcome,
      }),
    ];
  const [type, otherType] = [typeOf(before), typeOf(after)];
  if (type !== otherType)
    return [
      difference('replay-shape', `${one}: ${type}, ${other}: ${otherType}`, {
        part: 'media-type',
        code: 'media-type',
        expected: type,
        actual: otherType,
      }),
    ];
  if (before.body !== undefined && after.body !== undefined && before.body.equals(after.body)) return [];
  const isRefused = right.outcome === 'refused';
  const isForeign = comparison.subject === 'foreign' && !isRefused;
  const [branch, otherBranch] = isForeign ? [] : [branchOf(left), branchOf(right)];
  if (branch !== undefined && otherBranch !== undefined && branch !== otherBranch)
    return [
      difference('replay-branch', `${one}: ${branch}, ${other}: ${otherBranch}`, {
        part: 'body',
        code: 'branch',
        expected: branch,
        actual: otherBranch,
      }),
    ];
  const [value, otherValue] = [jsonOf(before), jsonOf(after)];
  const differs =
    isContentMasked(left) || (isRefused && comparison.ignoresWording) ? (kind: string): boolean => kind === 'shape' : (): boolean => true;
  if (value !== undefined && otherValue !== undefined)
    return compareValues(value.json, otherValue.json, left, isRefused ? { ...comparison, subject: 'own' } : comparison)
      .filter(({ kind }) => differs(kind))
      .map(({ kind, message, ...rest }) =>
        difference(kind === 'shape' ? 'replay-shape' : 'replay-value', message, { part: 'body', ...rest }),
      );
  return isForeign ? [] : compareBytes(before, after, comparison);
}

function isFlip(left: Judged['outcome'], right: Judged['outcome']): boolean {
  return left !== right && left !== 'unknown' && right !== 'unknown';
}

function compareBytes(before: ResponseMessage, after: ResponseMessage, { names: [one, other], bindings }: Comparison): Difference[] {
  const [bytes, others] = [before.body ?? Buffer.alloc(0), after.body ?? Buffer.alloc(0)];
  const isEmpty = bytes.length === 0;
  if (isEmpty !== (others.length === 0))
    return [
      difference('replay-shape', isEmpty ? `${one}: no body, ${other}: a body` : `${one}: a body, ${other}: none`, {
        part: 'body',
        code: 'body',
        pointer: '',
      }),
    ];
  // The boundary of a multipart body is made up for each answer.
  if (bytes.equals(others) || typeOf(before).startsWith('multipart/')) return [];
  const isText = /^text\/|xml|^$/.test(typeOf(before));
  if (isText && (bindings.allows(bytes.toString(), others.toString()) || bytes.includes('hufu-masked-'))) return [];
  return [
    difference('replay-value', `the body is not the same: ${one} ${bytes.length} bytes, ${other} ${others.length}`, {
      part: 'body',
      code: 'bytes',
      pointer: '',
    }),
  ];
}

/** Whether a file that is sent has lost a part of its content: its size and its digest are others now. */
function isContentMasked({ exchange: { request } }: Judged): boolean {
  return /^multipart\//i.test(String(request.headers['content-type'] ?? '')) && request.body?.includes('hufu-masked-') === true;
}

function difference(rule: Difference['rule'], message: string, rest: Partial<Difference>): Difference {
  const severity = rule === 'replay-status' || rule === 'replay-branch' ? 'error' : 'warning';
  return { rule, side: 'server', severity, message, in: 'response', ...rest };
}

function typeOf({ headers, body }: ResponseMessage): string {
  const header = headers['content-type'];
  const mediaType = parseMediaType((Array.isArray(header) ? header[0] : header) ?? '');
  return mediaType === undefined || body === undefined || body.length === 0 ? '' : essence(mediaType);
}

export function jsonOf({ headers, body }: ResponseMessage): { readonly json: unknown } | undefined {
  if (body === undefined || body.length === 0) return undefined;
  const header = headers['content-type'];
  const mediaType = parseMediaType((Array.isArray(header) ? header[0] : header) ?? '');
  if (mediaType !== undefined && !isJson(mediaType)) return undefined;
  try {
    return { json: parseJson(body.toString('utf8')) };
  } catch {
    return undefined;
  }
}
