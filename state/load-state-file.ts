import { existsSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { readSource } from '../operations/index.ts';
import type { Document } from '../operations/index.ts';
import type { StateFile } from './model.ts';
import type { Row } from './world.ts';

/** The path of a document's state file: the document's own with `.state.yaml` for its extension. */
export function stateFilePath(document: Document): string {
  const { dir, name } = parse(document.path);
  return join(dir, `${name}.state.yaml`);
}

/**
 * Reads the state file beside a document; `undefined` where there is none.
 * @throws DocumentError when it is there and can't be read.
 */
export async function loadStateFile(document: Document): Promise<StateFile | undefined> {
  const path = stateFilePath(document);
  if (!existsSync(path)) return undefined;
  const source = await readSource(path);
  // A document that is served alone may refer to collections of its neighbours.
  const isElsewhere = (module: string): boolean => existsSync(join(dirname(path), `${module}.state.yaml`));
  return { module: document.name, source, given: (source.value ?? {}) as Row, isElsewhere };
}
