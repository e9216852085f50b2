import { createSchemas, findResponse, listOperations, members, parseDocument } from '../judge/index.ts';
import type { PlainDocument, PlainOperation, Verdict } from '../judge/index.ts';
import type { Case } from './case.ts';
import { essence } from './message.ts';

/** What the document of a case promises about an answer. */
export interface Promised {
  /** Every literal example anywhere in the document. */
  readonly examples: readonly unknown[];
  /** Judges a JSON body; `undefined` when the document has no schema for it that can be used. */
  readonly judge: (status: number, contentType: string | undefined, value: unknown) => Exclude<Verdict, { kind: 'unusable' }> | undefined;
}

export function promisedBy(given: Case): Promised {
  const document = parseDocument(given.document, given.file);
  const operation = findOperation(document, requestOf(given.command));
  // Prism shows `writeOnly` members too, so they are no part of this verdict.
  const schemas = createSchemas(document, 'both');
  return {
    examples: literalExamples(document.root),
    judge: (status, contentType, value) => {
      const response = operation === undefined ? undefined : findResponse(operation, status);
      const contents = response?.contents;
      const content =
        contents === undefined ? response?.content : [...contents].find(([mediaType]) => essence(mediaType) === essence(contentType))?.[1];
      const ranged = content ?? [...(contents ?? [])].find(([mediaType]) => mediaType.includes('*'))?.[1];
      if (ranged?.schema === undefined) return undefined;
      const verdict = schemas.judge(ranged.schema, value);
      return verdict.kind === 'unusable' ? undefined : verdict;
    },
  };
}

/** Method and path of a curl command. */
export function requestOf(command: string): { method: string; path: string } {
  const path = /https?:\/\/(?:localhost|127\.0\.0\.1):\d+([^\s'"?#\\]*)/.exec(command)?.[1];
  const method = /(?:-X\s*|--request\s+|-sIX|-iX)["']?([A-Z]+)/.exec(command)?.[1];
  const preset = /--head\b|\s-I\b/.test(command) ? 'HEAD' : /\s(-d|--data|--data-\w+|-F|--form)\b/.test(command) ? 'POST' : 'GET';
  return { method: method ?? preset, path: path === undefined || path === '' ? '/' : decodeURI(path) };
}

/** The operation with the fewest path parameters whose template fits. */
function findOperation(document: PlainDocument, request: { method: string; path: string }): PlainOperation | undefined {
  const fits = listOperations(document).filter(
    (operation) => operation.method === request.method && templatePattern(operation.path).test(request.path),
  );
  return fits.sort((one, other) => one.path.split('{').length - other.path.split('{').length)[0];
}

function templatePattern(template: string): RegExp {
  const source = template
    .split(/\{[^{}]*\}/)
    .map((text) => RegExp.escape(text))
    .join('[^/]*');
  return new RegExp(`^${source}$`);
}

/** The values of `example`, `examples` and their `x-` forms, wherever they stand; a named example also by its `value`. */
function literalExamples(root: unknown): unknown[] {
  const found: unknown[] = [];
  const pending: unknown[] = [root];
  const seen = new Set<unknown>();
  for (let next = pending.pop(); pending.length > 0 || next !== undefined; next = pending.pop()) {
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    for (const [key, value] of Object.entries(next)) {
      if (key === 'example' || key === 'x-example') found.push(value);
      if (key === 'examples' || key === 'x-examples') found.push(...namedExamples(value));
      pending.push(value);
    }
  }
  return found;
}

function namedExamples(examples: unknown): unknown[] {
  if (typeof examples !== 'object' || examples === null) return [];
  return Object.values(examples).flatMap((example: unknown) =>
    'value' in members(example) ? [example, members(example)['value']] : [example],
  );
}
