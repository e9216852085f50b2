import type { OperationTable, Route } from '../operations/index.ts';
import { answerOf } from './infer/answer-sample.ts';
import { bodyFormOf } from './infer/body-form.ts';
import type { BodyForm } from './infer/body-form.ts';
import { describeOperation, parentField, SCOPED_KEY } from './infer/describe-operation.ts';
import type { Prepared } from './infer/describe-operation.ts';
import { findResources } from './infer/find-resources.ts';
import type { Resource } from './infer/find-resources.ts';
import type { Inferred, InferredResource } from './infer/inferred.ts';
import { uniqueName } from './infer/names.ts';
import { rowShapeOf } from './infer/row-shape.ts';
import type { RowShape } from './infer/row-shape.ts';
import { membersOf, sayingsOf } from './infer/schema-members.ts';
import { constant, showAnswer } from './infer/show-row.ts';
import type { RowFields } from './infer/show-row.ts';
import { stampsOf } from './infer/stamps.ts';
import type { Row } from './world.ts';

export type { Inferred, InferredOperation, InferredResource } from './infer/inferred.ts';

/**
 * Infers what a document's API remembers from the shape of its paths: `POST /things` creates, `GET /things` lists, `GET /things/{id}` reads, `PUT` replaces, `PATCH` merges, `DELETE` removes.
 * The key and how it is made, wrappers around rows (`{ data: {...} }`) and lists (`{ items: [...], total }`), times of creation and change, filters and pages are found in parameters and schemas.
 * Where the document leaves two readings, the row keeps what the client sent and shows what the schema has.
 * @param routes those of one document.
 * @returns `undefined` when no path is shaped like a resource.
 */
export function inferState(table: OperationTable, routes: readonly Route[]): Inferred | undefined {
  const collections: Record<string, Row> = {};
  const operations: Record<string, Row> = {};
  const resources: InferredResource[] = [];
  for (const resource of findResources(table, routes)) {
    const shape = rowShapeOf(resource);
    if (shape === undefined) continue;
    const name = uniqueName(resource.name, collections);
    const model = inferResource(resource, shape, name);
    if (model === undefined) continue;
    collections[name] = model.collection;
    for (const { id, given } of model.operations) operations[id] ??= given;
    resources.push(model.inferred);
  }
  if (resources.length === 0) return undefined;
  const given = {
    mend: true,
    envelopes: { inferred: { ok: '$data', okNoData: null, error: null } },
    envelope: 'inferred',
    collections,
    operations,
  };
  return { given, told: resources.map(tell), resources };
}

function tell({ path, key, operations }: InferredResource): string {
  const field = key.hidden ? 'a key that is not shown' : `key "${key.field}"`;
  return `${path}: rows with ${field} (${operations.map(({ verb, id }) => `${verb} ${id}`).join(', ')})`;
}

interface ResourceModel {
  readonly collection: Row;
  readonly operations: readonly { readonly id: string; readonly given: Row }[];
  readonly inferred: InferredResource;
}

/** @returns `undefined` when nothing creates rows after all. */
function inferResource(resource: Resource, shape: RowShape, name: string): ResourceModel | undefined {
  const prepared = prepare(resource, shape).filter((entry) => entry.verb !== 'create' || makesRow(entry, shape));
  const makers = prepared.filter(({ verb }) => verb === 'create' || verb === 'upsert');
  if (makers.length === 0) return undefined;
  const creating = makers.flatMap(({ body }) => body ?? []);
  const isScoped = resource.parents.length > 0 && makers.every(({ verb, body }) => verb === 'upsert' || givesKey(body, shape));
  const hidden = [...resource.parents.map(parentField), ...(shape.keyHidden ? [shape.key] : []), ...(isScoped ? [SCOPED_KEY] : [])];
  const defaults = defaultsOf(shape, creating);
  const writable = new Set(prepared.flatMap(({ body }) => (body === undefined ? [] : [...body.fields.values()])));
  const stamps = stampsOf(shape, writable);
  const sent = Object.fromEntries(prepared.flatMap(({ body }) => Object.entries(body?.sample ?? {})));
  const own = Object.fromEntries(hidden.map((field) => [field, 'x']));
  const row = { ...sent, ...shape.sample, ...own, [shape.key]: shape.keyPlan.first };
  const fields: RowFields = { shape, row, hidden };
  const { strategy, start, like } = shape.keyPlan;
  const collection = {
    key: isScoped
      ? { field: SCOPED_KEY, strategy: 'given' }
      : { field: shape.key, strategy, ...(strategy === 'sequence' ? { start } : {}), ...(strategy === 'like' ? { like, start } : {}) },
    defaults: Object.fromEntries(Object.entries(defaults).map(([field, value]) => [field, constant(value)])),
    ...(Object.keys(stamps.create).length === 0 ? {} : { stamps }),
    seed: [],
  };
  const described = prepared.map((operation) => ({
    operation,
    ...describeOperation(operation, { resource, shape, name, fields, isScoped }),
  }));
  return {
    collection,
    operations: described.map(({ operation, given }) => ({ id: operation.operation.id, given })),
    inferred: {
      collection: name,
      path: resource.path,
      key: { field: shape.key, hidden: shape.keyHidden, strategy, first: shape.keyPlan.first },
      parents: resource.parents,
      operations: described.map(({ told }) => told),
      stamped: Object.keys(stamps.create),
    },
  };
}

/** Answers and bodies of all operations; a field of a body is remembered when some answer shows it. */
function prepare(resource: Resource, shape: RowShape): Prepared[] {
  const answered = resource.operations.map((operation) => ({
    ...operation,
    answer: answerOf(operation.operation, operation.verb === 'create' ? 201 : undefined),
  }));
  const shown = new Set(
    answered.flatMap(({ answer, operation, verb }) => {
      if (verb === 'list' || verb === 'delete') return [];
      const { lookup } = operation.validators;
      const outer = membersOf(sayingsOf(answer.schema, lookup), lookup);
      return [...outer.keys(), ...[...outer.values()].flatMap((sayings) => [...membersOf(sayings, lookup).keys()])];
    }),
  );
  return answered.map((entry) => {
    const takesBody = ['create', 'upsert', 'update', 'replace'].includes(entry.verb);
    return { ...entry, body: takesBody ? bodyFormOf(entry.operation, shape, (name) => shown.has(name)) : undefined };
  });
}

/** True when a client can't leave the key to the server. */
function givesKey(body: BodyForm | undefined, shape: RowShape): boolean {
  const name = body === undefined ? undefined : [...body.fields].find(([, field]) => field === shape.key)?.[0];
  return name !== undefined && body?.required.has(name) === true;
}

/** A POST that neither says anything of a row nor answers with one is an action. */
function makesRow({ body, answer, operation }: Prepared, shape: RowShape): boolean {
  if (
    body !== undefined &&
    [...body.fields.values()].some((field) => shape.known.size === 0 || shape.known.has(field) || field === shape.key)
  )
    return true;
  return showAnswer(answer, operation.validators.lookup, { shape, row: shape.sample, hidden: [] }, 'one').holdsRow;
}

/**
 * What a row has that nobody gave: the document's sample. What the client may give at its creation and did not is left out, or null, where the schema takes that; a default of the schema stays.
 */
function defaultsOf(shape: RowShape, creating: readonly BodyForm[]): Row {
  const { [shape.key]: key, ...rest } = shape.sample;
  let defaults: Row = rest;
  const flaws = (candidate: Row): number => shape.flaws(shape.keyHidden ? candidate : { ...candidate, [shape.key]: key }).length;
  const least = flaws(defaults);
  const optional = new Set(creating.flatMap((body) => [...body.fields.values()].filter((field) => !body.preset.has(field))));
  for (const field of optional) {
    if (!Object.hasOwn(defaults, field)) continue;
    const { [field]: _value, ...without } = defaults;
    if (flaws(without) <= least) defaults = without;
    else if (flaws({ ...defaults, [field]: null }) <= least) defaults = { ...defaults, [field]: null };
  }
  return defaults;
}
