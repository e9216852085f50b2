import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { listRoutes, readSource } from '../operations/index.ts';
import type { Document } from '../operations/index.ts';
import { compileStateFiles, createSessions, seedScenarios } from '../state/index.ts';
import type { Row, SessionsOptions, StateFile } from '../state/index.ts';
import type { Behaviour } from './behaviour.ts';
import { startOverrides } from './override-host.ts';

export interface BehaviourOptions {
  /** The folder whose `openapi/` and `mock/overrides/` belong together. Default: the working directory. Overrides are code and run only from here. */
  readonly workspace?: string;
  /** Where sessions are kept and how many; default: in memory. */
  readonly sessions?: Omit<SessionsOptions, 'bases'>;
}

/**
 * Loads what the documents remember: `<document>.state.yaml` beside each document, `mock/overrides/<document>.ts` of the workspace for documents inside it.
 * @throws StateFileError with every flaw of every state file; DocumentError when one can't be read.
 */
export async function loadBehaviour(documents: readonly Document[], options: BehaviourOptions = {}): Promise<Behaviour> {
  const workspace = resolve(options.workspace ?? process.cwd());
  const files = await Promise.all(documents.map(stateFileOf));
  const ids = new Map(documents.map((document) => [document.name, new Set(listRoutes(document).map((route) => route.id))] as const));
  const models = compileStateFiles(
    files.filter((file) => file !== undefined),
    (module) => ids.get(module) ?? new Set(),
  );
  return {
    models: new Map(models.map((model) => [model.module, model] as const)),
    sessions: createSessions({ ...options.sessions, bases: seedScenarios(models) }),
    overrides: startOverrides(overrideFiles(documents, workspace)),
  };
}

/** The state file's path: the document's with `.state.yaml` for its extension. */
export function stateFilePath(document: Document): string {
  return join(dirname(document.path), `${document.name}.state.yaml`);
}

async function stateFileOf(document: Document): Promise<StateFile | undefined> {
  const path = stateFilePath(document);
  if (!existsSync(path)) return undefined;
  const source = await readSource(path);
  return { module: document.name, source, given: (typeof source.value === 'object' && source.value !== null ? source.value : {}) as Row };
}

function overrideFiles(documents: readonly Document[], workspace: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const document of documents) {
    const file = join(workspace, 'mock', 'overrides', `${document.name}.ts`);
    const inside = relative(workspace, document.path);
    if (!inside.startsWith('..') && existsSync(file)) files.set(document.name, file);
  }
  return files;
}
