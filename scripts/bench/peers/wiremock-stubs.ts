import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listOperations } from '../../judge/index.ts';
import type { Members, PlainOperation } from '../../judge/index.ts';

/**
 * WireMock reads no OpenAPI: it is given a stub for each operation that has an example to answer with.
 * @param folder what WireMock calls its root directory
 */
export async function writeStubs(document: object, folder: string): Promise<void> {
  await mkdir(join(folder, 'mappings'), { recursive: true });
  await writeFile(join(folder, 'mappings/stubs.json'), JSON.stringify({ mappings: stubs(document) }));
}

/** The stubs as WireMock's JSON: method, path template, first successful example. */
export function stubs(document: object): object[] {
  const operations = listOperations({ file: '', dialect: '3.1', root: document as Members });
  return operations.flatMap((operation) => {
    const example = firstExample(operation);
    if (example === undefined) return [];
    const response = { status: example.status, jsonBody: example.value, headers: { 'Content-Type': 'application/json' } };
    return [{ request: { method: operation.method, urlPathTemplate: operation.path }, response }];
  });
}

function firstExample({ responses }: PlainOperation): { status: number; value: unknown } | undefined {
  const successful = [...responses].filter(([status]) => /^2\d\d$/.test(status));
  const found = successful.map(([status, { contents }]) => ({
    status: Number(status),
    value: contents?.get('application/json')?.examples[0],
  }));
  return found.find(({ value }) => value !== undefined);
}
