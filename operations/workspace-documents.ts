import { globSync } from 'node:fs';
import { join } from 'node:path';

/** The documents of a workspace: `openapi/*.yaml`, without state files and lists of bare facts. */
export function workspaceDocuments(workspace: string): string[] {
  return globSync(join(workspace, 'openapi', '*.{yaml,yml,json}'))
    .filter((file) => !/\.state\.ya?ml$|(?:^|[/\\])inventory\.json$/i.test(file))
    .sort();
}
