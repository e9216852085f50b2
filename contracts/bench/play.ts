import { fileURLToPath } from 'node:url';
import { writeJson } from '../../operations/index.ts';
import { loadChecker } from '../checker.ts';
import type { Exchange } from '../exchange.ts';
import type { Finding } from '../finding.ts';
import { CLEAN } from './clean.ts';
import type { BenchCase, Dialect } from './exchange.ts';
import { PLANTED_REQUESTS } from './planted-requests.ts';
import { PLANTED_RESPONSES } from './planted-responses.ts';

const BASE = 'https://api.example.com/v1';

/** What the checker said of one case. */
export interface Played {
  readonly test: BenchCase;
  /** Notices aside, which accuse nobody: a clean case may have none but these. */
  readonly accusations: readonly Finding[];
  readonly findings: readonly Finding[];
  /** The planted deviation was found by the rule, on the side and at the place that it has. */
  readonly hit: boolean;
}

/** The bench's document in a dialect. */
export function benchDocument(dialect: Dialect): string {
  return fileURLToPath(new URL(`shop-${dialect}.yaml`, import.meta.url));
}

/** All cases that a dialect can say something about. */
export function casesOf(dialect: Dialect): readonly BenchCase[] {
  return [...CLEAN, ...PLANTED_REQUESTS, ...PLANTED_RESPONSES].filter(
    ({ dialects }) => dialects === undefined || dialects.includes(dialect),
  );
}

export async function play(dialect: Dialect): Promise<Played[]> {
  const checker = await loadChecker([benchDocument(dialect)]);
  const played: Played[] = [];
  for (const [index, test] of casesOf(dialect).entries()) {
    const { findings } = await checker.check(benchExchange(test, dialect, index));
    const accusations = findings.filter(({ severity }) => severity !== 'notice');
    played.push({ test, findings, accusations, hit: findings.some((finding) => isHit(finding, test)) });
  }
  return played;
}

function isHit(finding: Finding, { planted }: BenchCase): boolean {
  if (planted === undefined) return false;
  const { rule, side, name, pointer, property } = planted;
  return (
    finding.rule === rule &&
    finding.side === side &&
    (name === undefined || finding.name === name) &&
    (pointer === undefined || finding.pointer === pointer) &&
    (property === undefined || finding.property === property)
  );
}

/** A case as it would come out of a recording. */
export function benchExchange({ name, request, response }: BenchCase, dialect: Dialect, index: number): Exchange {
  const url = new URL(request.target.startsWith('http') ? request.target : `${BASE}${request.target}`);
  const [path = '', query = ''] = (
    request.target.startsWith('http') ? request.target.slice(url.origin.length) : `/v1${request.target}`
  ).split('?');
  const body = bytesOf(request.body);
  const reply = bytesOf(response.body);
  const json = response.status >= 400 && dialect !== '2.0' ? 'application/problem+json' : 'application/json';
  return {
    place: { file: name, index },
    origin: url.origin,
    request: {
      method: request.method,
      path,
      query,
      headers: lowerCase({
        host: url.host,
        ...(request.withoutCredentials === true ? {} : dialect === '2.0' ? { 'x-token': 'abc' } : { authorization: 'Bearer abc' }),
        ...(typeof request.body === 'object' ? { 'content-type': 'application/json' } : {}),
        ...request.headers,
      }),
      body,
    },
    response: {
      status: response.status,
      headers: lowerCase({ ...(reply === undefined ? {} : { 'Content-Type': json }), ...response.headers }),
      body: reply,
    },
    startedAt: Date.UTC(2026, 2, 1) + index * 1_000,
    milliseconds: 5,
    gaps: [],
  };
}

function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined) return undefined;
  return Buffer.from(typeof body === 'string' ? body : writeJson(body));
}

function lowerCase(headers: Readonly<Record<string, string | null>>): Record<string, string> {
  const lower: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === null) delete lower[name.toLowerCase()];
    else lower[name.toLowerCase()] = value;
  }
  return lower;
}
