import { readFile } from 'node:fs/promises';
import { basePaths, record, versionOf } from '../../operations/index.ts';
import type { Operation, Route } from '../../operations/index.ts';
import type { Reply } from '../reply.ts';
import { json, pathText } from './operation.ts';
import type { ControlCall } from './operation.ts';
import { placeIn } from './place.ts';
import { Refusal } from './refusal.ts';
import type { RefusalCode } from './refusal.ts';

/** The document that describes the control API. */
export const CONTROL_DOCUMENT = `${import.meta.dirname}/control.openapi.yaml`;

/** Is it up, and how much does it serve. */
export function getHealth({ driven }: ControlCall): Reply {
  const { table } = driven.mock();
  return json({ status: 'ok', documents: table.documents.length, operations: table.routes.length, docs: driven.docs });
}

/** What takes memory: the rows that clients made, and the process with all that it keeps. */
export function getMemory({ driven }: ControlCall): Reply {
  const { rss, heapUsed, external } = process.memoryUsage();
  const rows = driven.mock().behaviour?.sessions.memory() ?? { bytes: 0, most: 0 };
  return json({ rows, process: { resident: rss, heap: heapUsed, external } });
}

export function listDocuments({ driven }: ControlCall): Reply {
  const { documents, routes } = driven.mock().table;
  return json(
    documents.map((document) => ({
      name: document.name,
      title: document.title,
      dialect: versionOf(document),
      operations: routes.filter((route) => route.document === document).length,
    })),
  );
}

export function listOperations({ driven }: ControlCall): Reply {
  return json(
    driven.mock().table.routes.map((route) => {
      const { summary, responses } = record(route.node.value);
      return {
        ...shownRoute(route),
        aliases: route.aliases,
        basePaths: basePaths(route),
        ...(typeof summary === 'string' ? { summary } : {}),
        statuses: Object.keys(record(responses)).filter((status) => !status.startsWith('x-')),
      };
    }),
  );
}

/** One operation: where it stands, and the answers that can be forced. */
export function describeOperation(call: ControlCall): Reply {
  const operation = operationOf(call, pathText(call, 'document'), pathText(call, 'operationId'), 'UNKNOWN_OPERATION');
  return json({
    ...shownRoute(operation.route),
    place: placeIn(operation.route.node.source, operation.route.node.pointer),
    responses: operation.responses.map(({ status, contents }) => ({
      status,
      examples: [...new Set(contents.flatMap((content) => content.examples.map(({ name }) => name)))],
    })),
  });
}

/** @param code of the refusal when there is none. @throws Refusal */
export function operationOf({ driven }: ControlCall, document: string, operationId: string, code: RefusalCode): Operation {
  const { table } = driven.mock();
  const route = table.routes.find((one) => one.id === operationId && one.document.name === document);
  if (route === undefined)
    throw new Refusal(code, `The document "${document}" has no operation "${operationId}"; GET /__hufu/operations lists them.`);
  return table.operation(route);
}

function shownRoute({ document, id, method, path }: Route): Record<string, unknown> {
  return { document: document.name, operationId: id, method, path };
}

/** The control document itself. */
export async function getControlDocument(): Promise<Reply> {
  return { status: 200, headers: { 'content-type': 'application/yaml' }, body: await readFile(CONTROL_DOCUMENT) };
}
