import { createOperationTable, loadDocument, workspaceDocuments } from '../../operations/index.ts';
import { loadStateFile, textOf } from '../../state/index.ts';
import { buildRequest } from '../conformance/build-request.ts';
import type { Request } from '../conformance/build-request.ts';
import { send } from '../conformance/send.ts';
import { createSchemas, judgeAnswer, listOperations, readDocument } from '../judge/index.ts';
import type { PlainOperation, Schemas } from '../judge/index.ts';
import type { Row, Rows } from './flows.ts';

/** An operation that serves one row of a collection, by its key. */
export interface RowReader {
  /** `module/collection`. */
  readonly collection: string;
  readonly keyField: string;
  readonly operation: PlainOperation;
  /** Of responses. */
  readonly schemas: Schemas;
  readonly requestFor: (key: string) => Request | undefined;
}

/** Rows of a collection that are looked at in each session: the newest, which the load itself has made or changed last. */
const LOOKED_AT = 5;

/** Every `do: get` of a workspace whose key is a plain value of the request. */
export async function rowReaders(workspace: string): Promise<RowReader[]> {
  const readers: RowReader[] = [];
  for (const file of workspaceDocuments(workspace)) {
    const document = await loadDocument(file);
    const given = (await loadStateFile(document))?.given ?? {};
    const collections = (given['collections'] ?? {}) as Readonly<Record<string, { readonly key?: { readonly field?: string } }>>;
    const rules = (given['operations'] ?? {}) as Readonly<Record<string, Row>>;
    const plain = await readDocument(file);
    const [request, response] = [createSchemas(plain, 'request'), createSchemas(plain, 'response')];
    const { routes } = createOperationTable([document]);
    for (const operation of listOperations(plain)) {
      const id = routes.find(({ method, path }) => `${method} ${path}` === operation.name)?.id ?? '';
      const { do: verb, in: collection, key } = rules[id] ?? {};
      const place = /^\$request(?:\.(path|query)\.|\.(body)#\/)([\w-]+)$/.exec(String(key));
      if (verb !== 'get' || place === null) continue;
      const [, parameter, , name = ''] = place;
      readers.push({
        collection: `${document.name}/${String(collection)}`,
        keyField: collections[String(collection)]?.key?.field ?? 'id',
        operation,
        schemas: response,
        requestFor: (value) => withKey(request, operation, parameter, name, value),
      });
    }
  }
  return readers;
}

/** A valid request whose key is this one. @param parameter `path` or `query`; `undefined`: a member of the body. */
function withKey(
  schemas: Schemas,
  operation: PlainOperation,
  parameter: string | undefined,
  name: string,
  key: string,
): Request | undefined {
  const encoded = encodeURIComponent(key);
  const path = parameter === 'path' ? operation.path.replaceAll(`{${name}}`, () => encoded) : operation.path;
  const parameters = operation.parameters.filter((one) => one['name'] !== name);
  const made = buildRequest(schemas, { ...operation, path, parameters }, 'required');
  if (made.kind === 'none') return undefined;
  if (parameter === 'path') return made;
  if (parameter === 'query') return { ...made, path: `${made.path}${made.path.includes('?') ? '&' : '?'}${name}=${encoded}` };
  const members = JSON.parse(made.body?.toString() ?? '{}') as Record<string, unknown>;
  // A number is a number in JSON.
  const value: unknown = typeof members[name] === 'number' ? Number(key) : key;
  return { ...made, body: Buffer.from(JSON.stringify({ ...members, [name]: value })) };
}

/**
 * Reads rows of a session as its clients would and judges the answers by the documents, with plain AJV.
 * @returns how many rows were served, and what was wrong with them. A row that is refused is not served: it may be deleted, or another user's.
 */
export async function judgeRows(
  port: number,
  session: string,
  rows: Rows,
  readers: readonly RowReader[],
): Promise<{ readonly served: number; readonly flaws: readonly string[] }> {
  const flaws: string[] = [];
  let served = 0;
  for (const { collection, keyField, operation, schemas, requestFor } of readers) {
    for (const row of (rows[collection] ?? []).slice(-LOOKED_AT)) {
      const key = textOf(row[keyField]);
      const request = requestFor(key);
      if (request === undefined) continue;
      const sent = await send(port, { ...request, headers: { ...request.headers, 'x-hufu-session': session } }, 15_000);
      const told = (reason: string): string => `${session}: ${collection} ${key} by ${operation.name}: ${reason}`;
      if (sent.kind !== 'answer') flaws.push(told(sent.reason));
      else if (sent.answer.status < 400) {
        served += 1;
        for (const { side, reason } of judgeAnswer(schemas, operation, sent.answer)) if (side === 'mock') flaws.push(told(reason));
      } else if (sent.answer.status >= 500) flaws.push(told(`status ${sent.answer.status} ${sent.answer.body.toString().slice(0, 300)}`));
    }
  }
  return { served, flaws };
}
