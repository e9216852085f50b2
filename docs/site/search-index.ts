/** The index that the search in the browser reads: every operation with its fields, in both languages, texts said more than once kept once. */
import { plain } from './commonmark.ts';
import type { SiteModel } from './model.ts';
import { DECISIONS, operationPath } from './pages/page.ts';
import type { OperationView, ParameterView } from './operation-view.ts';
import type { SchemaView } from './schema-view.ts';
import type { Text } from './text.ts';

/** Small names: the file is loaded by every reader who searches. */
export interface SearchIndex {
  /** Texts. */
  readonly t: readonly string[];
  /** Titles of the modules: Chinese, English (places in `t`). */
  readonly m: readonly (readonly [number, number])[];
  /** Pages: path, module, method and path, Chinese title, English title, text, fields (anchor, name, text ...); all but the first two places in `t`. */
  readonly p: readonly (readonly [
    path: string,
    module: number,
    address: number,
    zh: number,
    en: number,
    text: number,
    fields: readonly number[],
  ])[];
}

const MAX_TEXT = 160;
/** Beyond this many fields of one document only operations are indexed, so that the file stays one that a browser likes to load. */
const MAX_FIELDS = 20_000;
/** Looking into the fields of more operations than these takes longer than a reader waits. */
const MAX_VIEWS = 400;

export function buildSearchIndex(model: SiteModel): SearchIndex {
  const texts: string[] = [];
  const places = new Map<string, number>();
  const put = (value: string): number => {
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, texts.length);
    return texts.push(value) - 1;
  };
  const pages: SearchIndex['p'][number][] = [];
  let left = MAX_FIELDS;
  const isHuge = model.modules.reduce((sum, { operations }) => sum + operations.length, 0) > MAX_VIEWS;
  for (const [index, module] of model.modules.entries()) {
    for (const entry of module.operations) {
      const view = isHuge ? undefined : entry.view();
      const fields = view === undefined ? [] : fieldsOf(view).slice(0, Math.max(0, left));
      left -= fields.length;
      const errors = (entry.behaviour()?.refusals ?? []).map(({ code, message }) => `${code} ${bothOf(message)}`).join(' ');
      pages.push([
        operationPath(module, entry),
        index,
        put(`${entry.route.method} ${entry.route.path} ${entry.route.id}`),
        put(plain(entry.title.zh)),
        put(plain(entry.title.en)),
        put(`${view === undefined ? '' : plain(bothOf(view.description)).slice(0, 600)} ${errors}`.trim()),
        fields.flatMap(({ anchor, name, text }) => [put(anchor), put(name), put(text)]),
      ]);
    }
  }
  for (const decision of model.decisions) {
    const index = model.modules.findIndex(({ document }) => document.name === decision.section);
    const title = put(`${decision.id} ${plain(decision.where)}`);
    pages.push([
      `${DECISIONS}#${decision.id}`,
      index,
      put(''),
      title,
      title,
      put(`${plain(decision.source)} ${plain(decision.decided)}`),
      [],
    ]);
  }
  return { t: texts, m: model.modules.map(({ title }) => [put(plain(title.zh)), put(plain(title.en))] as const), p: pages };
}

/** A classic script: `file://` lets a page load a script, but not fetch. */
export function searchScript(model: SiteModel): string {
  return `globalThis.hufuSearch=${JSON.stringify(buildSearchIndex(model))};\n`;
}

interface FieldEntry {
  readonly anchor: string;
  readonly name: string;
  readonly text: string;
}

function fieldsOf(view: OperationView): FieldEntry[] {
  const fields: FieldEntry[] = [];
  const parameter = ({ anchor, name, description, schema }: ParameterView): void => {
    fields.push({ anchor, name, text: textOf(description, schema) });
    walk(schema, fields);
  };
  for (const item of view.parameters) parameter(item);
  for (const { schema } of view.body?.contents.slice(0, 1) ?? []) if (schema !== undefined) walk(schema, fields);
  for (const response of view.responses) {
    for (const header of response.headers) parameter(header);
    for (const { schema } of response.contents.slice(0, 1)) if (schema !== undefined) walk(schema, fields);
  }
  return fields;
}

function walk(schema: SchemaView, fields: FieldEntry[]): void {
  for (const field of schema.fields) {
    fields.push({ anchor: field.anchor, name: field.name, text: textOf(field.schema.description, field.schema) });
    walk(field.schema, fields);
  }
  if (schema.items !== undefined) walk(schema.items, fields);
  for (const branch of schema.choice?.branches ?? []) walk(branch.schema, fields);
}

function textOf(description: Text, schema: SchemaView): string {
  const values = schema.values.filter((value) => typeof value === 'string').join(' ');
  return `${plain(bothOf(description)).slice(0, MAX_TEXT)} ${values.slice(0, MAX_TEXT)}`.trim();
}

function bothOf({ zh, en }: Text): string {
  return zh === en ? zh : `${zh} · ${en}`;
}
