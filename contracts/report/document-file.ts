import { posix } from 'node:path';
import type { CheckResult, Group } from '../result.ts';

/** A place that a reader can open. */
export interface FilePlace {
  readonly file: string;
  readonly line?: number;
}

/**
 * The file that a group's address means, as the user wrote it. An address names a root file by its last part, any other as it is seen from the folder of
 * the document that refers to it.
 */
export function documentPlace(group: Group, result: CheckResult): FilePlace | undefined {
  if (group.document === undefined) return undefined;
  const name = group.document.replace(/#.*$/s, '');
  const asked = group.operations[0]?.document;
  const roots = [
    ...result.documents.filter((document) => document.name === asked),
    ...result.documents.filter((document) => document.name !== asked),
  ];
  const root = roots.find((document) => `/${slashes(document.file)}`.endsWith(`/${name}`));
  const beside = roots[0] === undefined || /^https?:/.test(name) ? name : posix.join(posix.dirname(slashes(roots[0].file)), name);
  return { file: root === undefined ? beside : slashes(root.file), ...(group.line === undefined ? {} : { line: group.line }) };
}

/** Windows paths with the slashes that reports, SARIF and GitHub use. */
export function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
