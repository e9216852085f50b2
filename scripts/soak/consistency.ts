import { createOperationTable, loadDocument, parseJson, workspaceDocuments, writeJson } from '../../operations/index.ts';
import { compileStateFiles, loadStateFile, textOf } from '../../state/index.ts';
import type { Collection } from '../../state/index.ts';
import { send } from '../conformance/send.ts';
import type { Row, Rows } from './flows.ts';

/** Fields that name a row of another collection. */
const REFERENCES: readonly (readonly [collection: string, field: string, target: string])[] = [
  ['marketing-notice/plan', 'groupId', 'marketing-notice/group'],
  ['marketing-notice/task', 'planId', 'marketing-notice/plan'],
  ['marketing-notice/member', 'taskId', 'marketing-notice/task'],
  ['tie/invitation', 'tid', 'tie/tie'],
];

/** What the state files of a workspace say of their collections. */
export interface Told {
  readonly collections: readonly Collection[];
  /** By collection: fields that no two live rows have the same values of, among the rows with certain values. */
  readonly unique: ReadonlyMap<string, readonly { readonly fields: readonly string[]; readonly where: Row }[]>;
}

export async function readCollections(workspace: string): Promise<Told> {
  const documents = await Promise.all(workspaceDocuments(workspace).map((file) => loadDocument(file)));
  const { routes } = createOperationTable(documents);
  const files = (await Promise.all(documents.map(loadStateFile))).filter((file) => file !== undefined);
  const models = compileStateFiles(
    files,
    (module) => new Map(routes.filter((route) => route.document.name === module).map(({ id, path }) => [id, path])),
  );
  const unique = files.flatMap(({ module, given }) =>
    Object.entries((given['collections'] ?? {}) as Readonly<Record<string, { readonly unique?: readonly Unique[] }>>).map(
      ([name, { unique: entries = [] }]) =>
        [
          `${module}/${name}`,
          entries.map((entry) => ('fields' in entry ? { fields: entry.fields, where: entry.where ?? {} } : { fields: entry, where: {} })),
        ] as const,
    ),
  );
  return { collections: models.flatMap((model) => [...model.collections.values()]), unique: new Map(unique) };
}

/** As state files spell it (docs/state-files.md); the conditions of the nine modules are plain values. */
type Unique = readonly string[] | { readonly fields: readonly string[]; readonly where?: Row };

/** All rows of a session, as the control API tells them. */
export async function rowsOf(port: number, session: string): Promise<Rows> {
  const request = { kind: 'request', method: 'GET', path: `/__hufu/sessions/${session}/state`, headers: {}, body: undefined } as const;
  const sent = await send(port, request, 15_000);
  if (sent.kind !== 'answer' || sent.answer.status !== 200) throw new Error(`the rows of ${session} can't be read`);
  return parseJson(sent.answer.body.toString()) as Rows;
}

/** What no sequence of requests may bring about: two rows of one key, a status that no machine knows, values that are one row's alone twice, references that lead nowhere. */
export function contradictions(session: string, rows: Rows, told: Told): string[] {
  const wrong: string[] = [];
  for (const collection of told.collections) {
    const own = rows[collection.name] ?? [];
    wrong.push(...keyFlaws(collection, own), ...statusFlaws(collection, own), ...twinFlaws(collection, own, told));
  }
  for (const [collection, field, target] of REFERENCES) {
    const keys = new Set((rows[target] ?? []).map((row) => textOf(row['id'])));
    for (const row of rows[collection] ?? [])
      if (row[field] !== undefined && row[field] !== null && !keys.has(textOf(row[field])))
        wrong.push(`${collection} ${textOf(row['id'])}: its ${field} ${textOf(row[field])} is no row of ${target}`);
  }
  return wrong.map((text) => `${session}: ${text}`);
}

function keyFlaws({ name, key }: Collection, rows: readonly Row[]): string[] {
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const value = row[key.field];
    if (value === undefined || value === null || typeof value === 'object') return [`${name} has a row without a key`];
    const text = textOf(value);
    if (seen.has(text)) return [`${name} has two rows ${text}`];
    seen.add(text);
    return [];
  });
}

function statusFlaws({ name, machine, key }: Collection, rows: readonly Row[]): string[] {
  if (machine === undefined || machine.statuses.size === 0) return [];
  return rows.flatMap((row) => {
    const status = row[machine.field];
    const isKnown = status === undefined || status === null || machine.statuses.has(textOf(status));
    return isKnown ? [] : [`${name} ${textOf(row[key.field])} has the status ${writeJson(status)}`];
  });
}

function twinFlaws({ name, softDelete, key }: Collection, rows: readonly Row[], { unique }: Told): string[] {
  const fits = (row: Row, values: Row): boolean => Object.entries(values).every(([field, value]) => row[field] === value);
  const live = rows.filter((row) => softDelete === undefined || !fits(row, softDelete));
  return (unique.get(name) ?? []).flatMap(({ fields, where }) => {
    const seen = new Map<string, unknown>();
    return live.flatMap((row) => {
      if (!fits(row, where) || fields.some((field) => row[field] === undefined || row[field] === null)) return [];
      const text = writeJson(fields.map((field) => row[field]));
      const first = seen.get(text);
      seen.set(text, row[key.field]);
      return first === undefined ? [] : [`${name} ${textOf(first)} and ${textOf(row[key.field])} have the same ${fields.join(', ')}`];
    });
  });
}
