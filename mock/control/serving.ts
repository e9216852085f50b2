import { readFile } from 'node:fs/promises';
import { basePaths } from '../../operations/index.ts';
import type { Reply } from '../reply.ts';
import { json } from './operation.ts';
import type { ControlCall } from './operation.ts';

/** The document that describes the control API. */
export const CONTROL_DOCUMENT = `${import.meta.dirname}/control.openapi.yaml`;

/** Is it up, and how much does it serve. */
export function getHealth({ driven }: ControlCall): Reply {
  const { table } = driven.mock();
  return json({ status: 'ok', documents: table.documents.length, operations: table.routes.length });
}

export function listDocuments({ driven }: ControlCall): Reply {
  const { documents, routes } = driven.mock().table;
  return json(
    documents.map((document) => ({
      name: document.name,
      title: document.title,
      dialect: document.dialect,
      operations: routes.filter((route) => route.document === document).length,
    })),
  );
}

export function listOperations({ driven }: ControlCall): Reply {
  return json(
    driven.mock().table.routes.map((route) => ({
      document: route.document.name,
      operationId: route.id,
      method: route.method,
      path: route.path,
      aliases: route.aliases,
      basePaths: basePaths(route),
    })),
  );
}

/** The control document itself. */
export async function getControlDocument(): Promise<Reply> {
  return { status: 200, headers: { 'content-type': 'application/yaml' }, body: await readFile(CONTROL_DOCUMENT) };
}
