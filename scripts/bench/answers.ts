import { send } from '../conformance/send.ts';
import { createSchemas, judgeAnswer, listOperations, members } from '../judge/index.ts';
import type { Answer, Finding, PlainDocument } from '../judge/index.ts';
import type { BenchCase } from './cases.ts';

/** What a server answers to a case, judged once before anything is timed. */
export interface CheckedAnswer {
  /** Whether its figure counts at all. */
  readonly counts: boolean;
  /** Empty, or what a reader must know of the figure. */
  readonly note: string;
}

export type Judge = (test: BenchCase, answer: Answer) => readonly Finding[];

const HANG_MS = 20_000;

/** Judges answers by the document, with a reading of it that shares nothing with Hufu. */
export function createJudge(root: object): Judge {
  const document: PlainDocument = { file: 'the cases', dialect: '3.1', root: members(root) };
  const operations = new Map(listOperations(document).map((operation) => [operation.name, operation]));
  const schemas = createSchemas(document, 'response');
  return (test, answer) => {
    const operation = operations.get(test.operation);
    return operation === undefined ? [] : judgeAnswer(schemas, operation, answer);
  };
}

/** Asks a server once and looks at the answer. @param judge left out where a server answers everything alike */
export async function checkAnswer(port: number, test: BenchCase, judge?: Judge): Promise<CheckedAnswer> {
  const sent = await send(port, test.request, HANG_MS);
  return sent.kind === 'answer' ? judgeCase(test, sent.answer, judge) : { counts: false, note: sent.reason };
}

/** A status and a JSON body are asked of everyone; the rest is said, not held against the figure. */
export function judgeCase(test: BenchCase, answer: Answer, judge?: Judge): CheckedAnswer {
  const { status } = answer;
  const success = status >= 200 && status < 300;
  if (!success && !test.right(status)) return { counts: false, note: `answers ${status}` };
  if (!isJson(answer.body)) return { counts: false, note: `answers ${status} without JSON` };
  if (judge === undefined) return { counts: true, note: '' };
  if (!test.right(status)) return { counts: true, note: 'does not validate' };
  const finding = test.valid ? judge(test, answer).find(({ side }) => side === 'mock') : undefined;
  return { counts: true, note: finding === undefined ? '' : 'answer breaks the document' };
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
