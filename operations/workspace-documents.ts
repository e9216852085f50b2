import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The documents of a workspace: `openapi/*.yaml`, without state files and lists of bare facts. */
export function workspaceDocuments(workspace: string): string[] {
  const folder = join(workspace, 'openapi');
  return namesIn(folder)
    .filter((name) => /^[^.].*\.(?:yaml|yml|json)$/.test(name) && !/\.state\.ya?ml$|^inventory\.json$/i.test(name))
    .map((name) => join(folder, name))
    .sort();
}

/** A workspace without such a folder has no documents in it. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
