import type { Source } from '../../operations/index.ts';
import { createClock, parseOffset } from '../clock-text.ts';
import type { Clock } from '../clock-text.ts';
import type { StateFile } from '../model.ts';
import { compileErrors } from '../named-error.ts';
import type { NamedError } from '../named-error.ts';
import { listAt, objectAt } from '../shape.ts';
import { textOf } from '../text.ts';
import type { Row } from '../world.ts';
import { fieldsOf, keyPathOf } from './template-shape.ts';

/** `x-assumption` of a place: `true`, nothing there is judged; ids of assumed rules, what breaks them is a warning. */
export type Doubt = true | readonly string[] | undefined;

export interface UniquePlan {
  readonly fields: readonly string[];
  readonly where: unknown;
  readonly doubt: Doubt;
  readonly pointer: string;
}

export interface MachinePlan {
  readonly field: string;
  readonly transitions: ReadonlyMap<string, readonly string[]>;
  readonly timed: readonly { readonly from: ReadonlySet<string>; readonly to: string; readonly at: unknown; readonly pointer: string }[];
  /** Fields that timed transitions set. */
  readonly timedFields: ReadonlySet<string>;
  readonly doubt: Doubt;
}

/** What of a collection's declaration the judge asks for. */
export interface CollectionPlan {
  readonly name: string;
  readonly keyField: string;
  /** The server alone makes the keys. */
  readonly isServerKey: boolean;
  readonly defaults: Row;
  /** Fields with their templates. */
  readonly createStamps: ReadonlyMap<string, unknown>;
  readonly updateStamps: ReadonlyMap<string, unknown>;
  readonly softDelete: Row | undefined;
  readonly uniques: readonly UniquePlan[];
  readonly machine: MachinePlan | undefined;
  /** Fields that operations and effects set. */
  readonly written: Set<string>;
  /** Fields that are made of the bytes of an upload. */
  readonly byteFields: Set<string>;
  /** Some operation may set any field. */
  isOpen: boolean;
  /** Some operation makes rows: without one they come from elsewhere, and go. */
  isOwned: boolean;
  /** Its keys are tokens, which are not shown. */
  isSecret: boolean;
  /** An operation that makes rows leaves out those that are there. */
  skipsDuplicates: boolean;
  readonly clock: Clock;
  /** `file#/pointer`. */
  readonly address: string;
}

export interface OperationPlan {
  readonly id: string;
  readonly module: string;
  readonly address: string;
  readonly verb: string;
  /** The entry, with what it promises beyond what the mock does by it. */
  readonly given: Row;
  readonly target: CollectionPlan | undefined;
  readonly envelope: { readonly ok: unknown; readonly okNoData: unknown; readonly error: unknown; readonly errorStatus: unknown };
  readonly hasData: boolean;
  readonly pager: Row | undefined;
  /** Where a shown row tells its key. */
  readonly keyPath: readonly string[] | undefined;
  /** Errors that this operation names, and those that no operation does: code may tell them at any time. */
  readonly errors: ReadonlyMap<string, NamedError>;
  readonly bearer: { readonly collection: CollectionPlan; readonly doubt: Doubt } | undefined;
  readonly doubt: Doubt;
  readonly clock: Clock;
  /** The collection of a name in this file. */
  readonly collection: (name: unknown) => CollectionPlan | undefined;
}

export interface Plans {
  readonly operation: (module: string, id: string) => OperationPlan | undefined;
}

/** Reads state files, which have been compiled without a flaw, the way the judge needs them. */
export function planStateFiles(files: readonly StateFile[]): Plans {
  const collections = new Map<string, CollectionPlan>();
  for (const file of files)
    for (const [name, given] of Object.entries(objectAt(file.given['collections']))) {
      const plan = planCollection(file, name, objectAt(given));
      collections.set(plan.name, plan);
    }
  const operations = new Map<string, OperationPlan>();
  for (const file of files) {
    const collection = (name: unknown): CollectionPlan | undefined =>
      collections.get(`${file.module}/${textOf(name)}`) ?? collections.get(textOf(name));
    for (const [id, given] of Object.entries(objectAt(file.given['operations']))) {
      const plan = planOperation(file, id, withPromises(objectAt(given)), collection);
      operations.set(`${file.module} ${id}`, plan);
      noteWrites(plan);
    }
  }
  return { operation: (module, id) => operations.get(`${module} ${id}`) };
}

export function doubtOf(given: unknown): Doubt {
  const told = objectAt(given)['x-assumption'];
  if (told === undefined || told === false) return undefined;
  return told === true ? true : listAt(told).map((id) => textOf(id));
}

function withPromises(given: Row): Row {
  const { promises, ...rest } = given;
  return promises === undefined ? given : { ...rest, ...objectAt(promises) };
}

function address(source: Source, pointer: string): string {
  return `${source.path}#${pointer}`;
}

function clockOf(file: StateFile): Clock {
  return createClock(parseOffset(textOf(file.given['timezone'], 'Z')) ?? 0);
}

function planCollection(file: StateFile, name: string, given: Row): CollectionPlan {
  const key = objectAt(given['key']);
  const stamps = objectAt(given['stamps']);
  const strategy = textOf(key['strategy'], 'sequence');
  return {
    name: `${file.module}/${name}`,
    keyField: textOf(key['field'], 'id'),
    isServerKey: strategy !== 'given',
    defaults: objectAt(given['defaults']),
    createStamps: new Map(Object.entries(objectAt(stamps['create']))),
    updateStamps: new Map(Object.entries(objectAt(stamps['update']))),
    softDelete: given['softDelete'] === undefined ? undefined : objectAt(given['softDelete']),
    uniques: listAt(given['unique']).map((entry, index) => ({
      fields: listAt(Array.isArray(entry) ? entry : objectAt(entry)['fields']).map((field) => textOf(field)),
      where: Array.isArray(entry) ? undefined : objectAt(entry)['where'],
      doubt: doubtOf(entry),
      pointer: address(file.source, `/collections/${name}/unique/${index}`),
    })),
    machine:
      given['machine'] === undefined
        ? undefined
        : planMachine(objectAt(given['machine']), address(file.source, `/collections/${name}/machine`)),
    written: new Set(),
    byteFields: new Set(),
    isOpen: false,
    isOwned: false,
    isSecret: false,
    skipsDuplicates: false,
    clock: clockOf(file),
    address: address(file.source, `/collections/${name}`),
  };
}

function planMachine(given: Row, pointer: string): MachinePlan {
  const timed = listAt(given['timed']).map((entry, index) => {
    const rule = objectAt(entry);
    const from = new Set(listAt(rule['from']).map((status) => textOf(status)));
    return { from, to: textOf(rule['to']), at: rule['at'], set: objectAt(rule['set']), pointer: `${pointer}/timed/${index}` };
  });
  return {
    field: textOf(given['field'], 'status'),
    transitions: new Map(
      Object.entries(objectAt(given['transitions'])).map(([from, to]) => [from, listAt(to).map((status) => textOf(status))] as const),
    ),
    timed,
    timedFields: new Set(timed.flatMap(({ set }) => Object.keys(set))),
    doubt: doubtOf(given),
  };
}

function planOperation(file: StateFile, id: string, given: Row, collection: OperationPlan['collection']): OperationPlan {
  const verb = textOf(given['do']);
  const target = verb === 'token' ? undefined : collection(given['in']);
  const named = objectAt(file.given['envelopes'])[textOf(given['envelope'], textOf(file.given['envelope']))];
  const envelope = objectAt(named);
  const ok = envelope['ok'] ?? '$data';
  const page = given['page'];
  const { data } = given;
  const bearer = file.given['bearer'] === undefined ? undefined : collection(objectAt(file.given['bearer'])['in']);
  const shown = given['show'] ?? '$row';
  return {
    id,
    module: file.module,
    address: address(file.source, `/operations/${id}`),
    verb,
    given,
    target,
    envelope: {
      ok,
      okNoData: envelope['okNoData'] ?? envelope['ok'] ?? {},
      error: envelope['error'] ?? { error: '$error.code', message: '$error.message' },
      errorStatus: envelope['errorStatus'],
    },
    hasData: data !== null && (data !== undefined || given['show'] !== undefined || verb === 'get' || verb === 'list'),
    pager: page === undefined ? undefined : objectAt(typeof page === 'object' ? page : objectAt(file.given['pagers'])[textOf(page)]),
    keyPath: target === undefined ? undefined : keyPathOf(shown, target.keyField),
    errors: errorsOf(file, given),
    bearer: bearer === undefined ? undefined : { collection: bearer, doubt: doubtOf(file.given['bearer']) },
    doubt: doubtOf(given),
    clock: clockOf(file),
    collection,
  };
}

/** Errors that an operation may answer with: those that it names, and those that no operation of the file names. */
function errorsOf(file: StateFile, own: Row): ReadonlyMap<string, NamedError> {
  const all = compileErrors(file.given['errors'], () => undefined);
  const everywhere = new Set(
    Object.values(objectAt(file.given['operations'])).flatMap((given) => [...namesIn(withPromises(objectAt(given)))]),
  );
  const mine = namesIn(own);
  // Whatever an operation names: any request may break its document.
  return new Map([...all].filter(([name]) => name === 'INVALID' || mine.has(name) || !everywhere.has(name)));
}

/** The names of the errors that an operation refers to, those that its verb falls back on included. */
function namesIn(given: Row): Set<string> {
  const names = new Set<string>();
  const add = (name: unknown, preset: string): void => void names.add(textOf(name, preset));
  for (const check of listAt(given['checks'])) add(objectAt(check)['otherwise'], 'INVALID');
  for (const name of listAt(given['refusals'])) add(name, 'INVALID');
  for (const grant of Object.values(objectAt(given['grants']))) add(objectAt(grant)['otherwise'], 'UNAUTHORIZED');
  const verb = textOf(given['do']);
  if (['get', 'update', 'delete', 'transition', 'upsert'].includes(verb)) add(given['otherwise'], 'NOT_FOUND');
  if (['update', 'delete', 'transition', 'upsert'].includes(verb)) add(given['illegal'], 'ILLEGAL_STATE');
  if (['create', 'upsert', 'update'].includes(verb) || given['also'] !== undefined) {
    const { conflict } = given;
    add(conflict === 'skip' || conflict === 'replace' ? undefined : conflict, 'CONFLICT');
  }
  return names;
}

/** Tells the collections what an operation sets of their rows. */
function noteWrites({ given, verb, target, collection }: OperationPlan): void {
  const sets = (plan: CollectionPlan | undefined, template: unknown): void => {
    if (plan === undefined) return;
    const fields = fieldsOf(template);
    if (fields === undefined) plan.isOpen = true;
    else for (const field of fields) plan.written.add(field);
    for (const [field, value] of Object.entries(objectAt(template)))
      if (typeof value === 'string' && /^\$request\.files\.[^#]+#\/(?:size|sha256)$/.test(value)) plan.byteFields.add(field);
  };
  const makes = (plan: CollectionPlan | undefined): void => {
    if (plan !== undefined) plan.isOwned = true;
  };
  if (target !== undefined && ['create', 'upsert', 'update', 'transition'].includes(verb)) {
    sets(target, given['set'] ?? (verb === 'transition' ? {} : given['each'] === undefined ? '$request.body' : '$item'));
    if (verb === 'create' || verb === 'upsert') makes(target);
    if (given['conflict'] === 'skip') target.skipsDuplicates = true;
    if (verb === 'transition' && target.machine !== undefined) target.written.add(target.machine.field);
  }
  for (const entry of listAt(given['also'])) {
    const effect = objectAt(entry);
    for (const kind of ['create', 'upsert', 'update']) {
      if (effect[kind] === undefined) continue;
      const plan = collection(effect[kind]);
      sets(plan, effect['set'] ?? {});
      if (kind !== 'update') makes(plan);
    }
  }
  for (const grant of Object.values(objectAt(given['grants']))) sets(collection(objectAt(grant)['spend']), objectAt(grant)['set'] ?? {});
  for (const issue of Object.values(objectAt(given['issue']))) {
    const plan = collection(objectAt(issue)['in']);
    if (plan !== undefined) plan.isSecret = true;
    sets(plan, objectAt(issue)['set'] ?? {});
    makes(plan);
  }
}
