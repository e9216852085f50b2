import type { Document } from './document.ts';

const known = new WeakMap<Document, Map<string, boolean>>();

/** Whether a document holds a keyword anywhere, by a look at its text: where it does not, a first answer need not wait until it is known what each schema says. */
export function mentions(document: Document, keyword: string): boolean {
  let answers = known.get(document);
  if (answers === undefined) known.set(document, (answers = new Map()));
  let answer = answers.get(keyword);
  if (answer === undefined) {
    answer = [...document.sources.values()].some(({ text }) => text.includes(keyword));
    answers.set(keyword, answer);
  }
  return answer;
}
