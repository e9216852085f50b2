import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { parseSource } from '../operations/index.ts';
import type { Document, OperationTable } from '../operations/index.ts';
import { compileStateFiles, createSessions, loadStateFile, SeedScenarios, stateFilePath } from '../state/index.ts';
import type { Key, Row, SessionsOptions, StateFile } from '../state/index.ts';
import type { Behaviour } from './behaviour.ts';
import { collectionOf, keyOfRow } from './collections.ts';
import { startOverrides } from './override-host.ts';

export interface BehaviourOptions {
  /** The folder whose `openapi/` and `mock/overrides/` belong together. Default: the working directory. Overrides are code and run only from here. */
  readonly workspace?: string;
  /** Infer what a document without a state file remembers. Default false. */
  readonly stateful?: boolean;
  /** Told what was inferred. */
  readonly onInferred?: (document: Document, told: readonly string[]) => void;
  /** Where sessions are kept and how many; default: in memory. */
  readonly sessions?: Omit<SessionsOptions, 'bases'>;
}

/**
 * Loads what the documents remember: `<document>.state.yaml` beside each document, `mock/overrides/<document>.ts` of the workspace for documents inside it.
 * @param previous what it takes the place of: the sessions go on with their rows; new starting rows are seen by sessions that begin after this.
 * @throws StateFileError with every flaw of every state file; DocumentError when one can't be read. `previous` is untouched then.
 */
export async function loadBehaviour(table: OperationTable, options: BehaviourOptions = {}, previous?: Behaviour): Promise<Behaviour> {
  const { documents } = table;
  const workspace = resolve(options.workspace ?? process.cwd());
  const files = await Promise.all(
    documents.map(async (document) => (await loadStateFile(document)) ?? (await inferredFile(table, document, options))),
  );
  const routesOf = (document: Document) => table.routes.filter((route) => route.document === document);
  const paths = new Map(
    documents.map((document) => [document.name, new Map(routesOf(document).map(({ id, path }) => [id, path]))] as const),
  );
  const models = compileStateFiles(
    files.filter((file) => file !== undefined),
    (module) => paths.get(module) ?? new Map(),
  );
  const overrides = startOverrides(overrideFiles(documents, workspace));
  if (previous !== undefined) {
    replaceAll(previous.models, new Map(models.map((model) => [model.module, model] as const)));
    previous.bases.replace(models);
    void previous.overrides.close();
    return { ...previous, overrides };
  }
  const known = new Map(models.map((model) => [model.module, model] as const));
  const keyOf = (name: string, row: Row): Key | undefined => {
    const collection = collectionOf([...known.values()], name);
    return collection === undefined ? undefined : keyOfRow(collection, row);
  };
  const bases = new SeedScenarios(models);
  return { models: known, bases, sessions: createSessions({ keyOf, ...options.sessions, bases }), overrides };
}

function replaceAll<K, V>(target: Map<K, V>, source: ReadonlyMap<K, V>): void {
  target.clear();
  for (const [key, value] of source) target.set(key, value);
}

/** Files whose change changes the behaviour: state files and overrides, those that are not there yet included. */
export function behaviourFiles(documents: readonly Document[], workspace: string): string[] {
  return documents.flatMap((document) => [stateFilePath(document), join(resolve(workspace), 'mock', 'overrides', `${document.name}.ts`)]);
}

/** A state file made from the document itself, as if it stood beside it. */
async function inferredFile(table: OperationTable, document: Document, options: BehaviourOptions): Promise<StateFile | undefined> {
  if (options.stateful !== true) return undefined;
  const { inferState } = await import('../state/infer.ts');
  const { stringify } = await import('yaml');
  const inferred = inferState(
    table,
    table.routes.filter((route) => route.document === document),
  );
  options.onInferred?.(document, inferred?.told ?? []);
  if (inferred === undefined) return undefined;
  const source = parseSource(`${stateFilePath(document)} (inferred)`, stringify(inferred.given));
  return { module: document.name, source, given: inferred.given };
}

function overrideFiles(documents: readonly Document[], workspace: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const document of documents) {
    const file = join(workspace, 'mock', 'overrides', `${document.name}.ts`);
    const inside = relative(workspace, document.path);
    // Documents from elsewhere have no code here.
    if (isAbsolute(document.path) && !inside.startsWith('..') && existsSync(file)) files.set(document.name, file);
  }
  return files;
}
