import { childPointer, isKnownGood, noteGood, positionOf } from '../operations/index.ts';
import { createClock, parseOffset } from './clock-text.ts';
import { compileCollection, compileSeed, EMPTY_COLLECTION } from './collection.ts';
import type { Collection } from './collection.ts';
import { compileEnvelopes } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { createFieldNames, NO_FIELD_NAMES } from './field-names.ts';
import type { FieldNames } from './field-names.ts';
import { nearest, objectOf, unknownKeys } from './flaws.ts';
import { LazyMap } from './lazy-map.ts';
import type { StateFile, StateModel, TokenCheck } from './model.ts';
import { compileErrors } from './named-error.ts';
import type { NamedError } from './named-error.ts';
import { compileOperation } from './operation-model.ts';
import type { OperationModel } from './operation-model.ts';
import { compilePager } from './pager.ts';
import type { Pager } from './pager.ts';
import { excerptOfRows, rowsThatFit } from './rows.ts';
import { rulesStamp } from './rules-stamp.ts';
import { listAt, objectAt } from './shape.ts';
import { StateFileError } from './state-file-error.ts';
import type { StateFlaw } from './state-file-error.ts';
import { createContext } from './template-context.ts';
import { compileTemplate } from './template.ts';
import { textOf } from './text.ts';
import type { OperationContext } from './verbs/verb.ts';
import type { Row } from './world.ts';

export const FILE_KEYS = [
  '$schema',
  'module',
  'timezone',
  'envelope',
  'envelopes',
  'errors',
  'pagers',
  'collections',
  'operations',
  'scenarios',
  'bearer',
  'mend',
] as const;
export const BEARER_KEYS = ['in', 'expires', 'x-assumption'] as const;

/** The operations of a document by id, with their paths where they are known: then `$request.path.name` has to be one of the path's parameters. */
export type OperationIds = ReadonlySet<string> | ReadonlyMap<string, string>;

/**
 * Compiles the state files of a workspace together. Files that an earlier run found good are believed: what they describe is compiled when it is first asked for.
 * @param files each with its module's name (the document's).
 * @param operationIds the operations of each module's document: a name that is none is a flaw.
 * @throws StateFileError with every flaw of every file, each with file, line and column.
 */
export function compileStateFiles(files: readonly StateFile[], operationIds: (module: string) => OperationIds): StateModel[] {
  if (files.length === 0) return [];
  const ids = files.map(({ module }) => operationIds(module));
  const judged = (): string => whatIsJudged(files, ids);
  const isGood = isKnownGood(judged);
  const flaws = new Map<string, StateFlaw>();
  let looksElsewhere = false;
  const workspace: Workspace = {
    collections: new LazyMap(),
    modules: new Set(files.map((file) => file.module)),
    fields: isGood ? NO_FIELD_NAMES : createFieldNames(),
    tell: (flaw) => void flaws.set(`${flaw.file} ${flaw.pointer} ${flaw.message}`, flaw),
    elsewhere: () => (looksElsewhere = true),
    // Flaws are found by compiling: of files that nobody has judged everything is compiled at once.
    compiled: isGood ? (map) => map : compileAll,
  };
  const compilers = files.map((file) => createCompiler(file, workspace));
  // Names first, then collections: one's templates may count the rows of another's, whatever the order of the files.
  for (const compiler of compilers) compiler.declare();
  for (const compiler of compilers) compiler.collections();
  const models = compilers.map((compiler, index) => compiler.model(ids[index] ?? new Set()));
  workspace.fields.judge();
  if (flaws.size > 0) throw new StateFileError([...flaws.values()].sort(byPlace));
  // What depends on files that are not served has to be looked at each time.
  if (!isGood && !looksElsewhere) noteGood(judged);
  return models;
}

/** Everything that decides whether state files have flaws, as a text. */
function whatIsJudged(files: readonly StateFile[], ids: readonly OperationIds[]): string {
  const parts = files.map(({ module, source }, index) => JSON.stringify([module, [...(ids[index] ?? [])], source.text]));
  return [rulesStamp(), ...parts].join('\n');
}

function compileAll<T extends object>(map: LazyMap<T>): LazyMap<T> {
  for (const name of map.keys()) map.get(name);
  return map;
}

function byPlace(a: StateFlaw, b: StateFlaw): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;
}

/** What state files have in common. */
interface Workspace {
  /** The collections of all modules by full name: state files may refer to each other's. */
  readonly collections: LazyMap<Collection>;
  readonly modules: ReadonlySet<string>;
  readonly fields: FieldNames;
  readonly tell: (flaw: StateFlaw) => void;
  /** Told where files that are not served make a difference. */
  readonly elsewhere: () => void;
  /** A part as it goes into a model: compiled at once, or when it is asked for. */
  readonly compiled: <T extends object>(map: LazyMap<T>) => LazyMap<T>;
}

interface Compiler {
  readonly declare: () => void;
  readonly collections: () => void;
  readonly model: (operationIds: OperationIds) => StateModel;
}

function createCompiler({ module, source, isElsewhere, ...file }: StateFile, workspace: Workspace): Compiler {
  const { collections: all, fields, compiled } = workspace;
  const problem = (pointer: string, message: string): void =>
    workspace.tell({ file: source.path, pointer, message, ...positionOf(source, pointer) });
  const given = objectOf(file.given, 'a state file', '', problem);
  const members = (key: string): [string, unknown, string][] =>
    Object.entries(objectAt(given[key])).map(([name, value]) => [name, value, childPointer(`/${key}`, name)]);
  const names = new Set(Object.keys(objectAt(given['collections'])));
  const fullName = (name: string): string | undefined => {
    if (names.has(name)) return `${module}/${name}`;
    if (all.has(name)) return name;
    const owner = name.slice(0, Math.max(0, name.indexOf('/')));
    if (owner === '' || workspace.modules.has(owner)) return undefined;
    workspace.elsewhere();
    if (isElsewhere?.(owner) !== true) return undefined;
    all.tell(name, () => ({ ...EMPTY_COLLECTION, name, isElsewhere: true }));
    fields.writes(name, '$request.body');
    return name;
  };
  const context = createContext(
    {
      problem,
      variables: {},
      collection: fullName,
      rows: (scope, name, filter) => {
        const collection = all.get(name);
        return collection === undefined ? [] : rowsThatFit(scope, collection, filter);
      },
      count: (scope, name, filter) => {
        const collection = all.get(name);
        return collection === undefined ? 0 : excerptOfRows(scope, collection, filter, 0, 0).total;
      },
      reads: (collection, field, pointer) => fields.reads(collection, field, pointer, problem),
      writes: fields.writes,
    },
    compileTemplate,
  );
  const collectionModel = (name: unknown): Collection | undefined => (typeof name === 'string' ? all.get(fullName(name) ?? '') : undefined);

  function declare(): void {
    for (const name of names) all.tell(`${module}/${name}`, () => ({ ...EMPTY_COLLECTION, name: `${module}/${name}` }));
    unknownKeys(given, FILE_KEYS, 'a state file', '', problem);
    for (const key of ['envelopes', 'errors', 'pagers', 'collections', 'operations', 'scenarios', 'bearer'])
      objectOf(given[key], key, `/${key}`, problem);
  }

  function collections(): void {
    const ofModule = members('collections').map(([name, value, pointer]) => [`${module}/${name}`, value, pointer] as const);
    const own = compiled(new LazyMap(ofModule.map(([full, value, pointer]) => [full, () => collection(full, value, pointer)] as const)));
    for (const full of own.keys()) all.tell(full, () => own.get(full) ?? EMPTY_COLLECTION);
  }

  function collection(full: string, value: unknown, pointer: string): Collection {
    const own = objectOf(value, 'a collection', pointer, problem);
    const inside = context.withVariables({ row: full, before: full });
    const made = compileCollection(full, own, pointer, inside);
    knowFields(own, made, pointer);
    return made;
  }

  /** The fields that a collection's own declaration makes. */
  function knowFields(own: Row, { name, key, machine }: Collection, pointer: string): void {
    const { create, update } = objectAt(own['stamps']);
    const timed = listAt(objectAt(own['machine'])['timed']).map((rule) => objectAt(rule)['set']);
    fields.writes(name, { [key.field]: '' });
    fields.writes(name, Object.fromEntries(listAt(own['fields']).map((field) => [textOf(field), ''])));
    for (const template of [own['defaults'], create, update, own['softDelete'], ...timed]) fields.writes(name, template);
    knowSeeds(name, own['seed']);
    if (machine !== undefined) fields.supposes(name, machine.field, childPointer(`${pointer}/machine`, 'field'), problem);
  }

  function knowSeeds(name: string, seeds: unknown): void {
    for (const entry of listAt(seeds)) {
      const { repeat, row } = objectAt(entry);
      fields.writes(name, repeat !== undefined && row !== undefined ? row : entry);
    }
  }

  function model(operationIds: OperationIds): StateModel {
    const offset = parseOffset(textOf(given['timezone'], 'Z'));
    if (offset === undefined) problem('/timezone', 'a time zone is an offset such as +08:00');
    if (given['mend'] !== undefined && typeof given['mend'] !== 'boolean') problem('/mend', 'mend is true or false');
    const errors = compileErrors(given['errors'], problem);
    const envelopeOf = compileEnvelopes(given['envelopes'], context);
    const envelope = envelopeOf(given['envelope'], '/envelope', undefined);
    return {
      module,
      clock: createClock(offset ?? 0),
      offset: offset ?? 0,
      collections: ownCollections((made) => made),
      operations: operations(operationIds, errors, (name, pointer) => envelopeOf(name, pointer, envelope)),
      errors,
      envelope,
      bearer: given['bearer'] === undefined ? undefined : bearer(objectAt(given['bearer'])),
      mend: given['mend'] === true,
      scenarios: scenarios(),
    };
  }

  function operations(
    ids: OperationIds,
    errors: ReadonlyMap<string, NamedError>,
    envelope: (name: unknown, pointer: string) => Envelope,
  ): ReadonlyMap<string, OperationModel> {
    const pagers = compiled(
      new LazyMap(members('pagers').map(([name, value, pointer]) => [name, () => compilePager(value, pointer, context)] as const)),
    );
    const pager = (name: unknown, pointer: string): Pager | undefined => {
      if (typeof name === 'object' && name !== null) return compilePager(name, pointer, context);
      const found = pagers.get(textOf(name));
      if (found === undefined)
        problem(pointer, `there is no pager "${textOf(name)}"; there are ${[...pagers.keys()].join(', ') || 'none'}`);
      return found;
    };
    const error: OperationContext['error'] = (name, preset, pointer) => {
      if (name === undefined) return preset;
      if (!errors.has(textOf(name)))
        problem(
          pointer,
          `there is no error "${textOf(name)}"${nearest(textOf(name), errors.keys())}; there are ${[...errors.keys()].join(', ')}`,
        );
      return textOf(name);
    };
    const operation = (id: string, value: unknown, pointer: string): OperationModel => {
      if (!ids.has(id)) problem(pointer, `the document of ${module} has no operation "${id}"${nearest(id, ids.keys())}`);
      const path = ids instanceof Map ? (ids as ReadonlyMap<string, string>).get(id) : undefined;
      const pathParameters = path === undefined ? undefined : new Set(Array.from(path.matchAll(/\{([^{}]+)\}/g), ([, name]) => name ?? ''));
      const inside = createContext({ ...context, pathParameters }, compileTemplate);
      const parts = { context: { ...inside, collectionModel, error }, envelope, pager, names };
      return compileOperation(id, objectOf(value, 'an operation', pointer, problem), pointer, parts);
    };
    return compiled(new LazyMap(members('operations').map(([id, value, pointer]) => [id, () => operation(id, value, pointer)] as const)));
  }

  function bearer(told: Row): TokenCheck {
    unknownKeys(told, BEARER_KEYS, 'bearer', '/bearer', problem);
    const collection = collectionModel(told['in'])?.name;
    if (collection === undefined) problem('/bearer/in', `there is no collection "${textOf(told['in'])}"`);
    const expires = textOf(told['expires'], 'expiresAt');
    context.reads(collection, expires, '/bearer/expires');
    return { collection: collection ?? '', expires };
  }

  /** What there is of each of the module's own collections, by full name. */
  function ownCollections<T extends object>(part: (collection: Collection) => T): LazyMap<T> {
    const ofName = (full: string) => (): T => part(all.get(full) ?? EMPTY_COLLECTION);
    return new LazyMap([...names].map((name) => [`${module}/${name}`, ofName(`${module}/${name}`)] as const));
  }

  function scenarios(): StateModel['scenarios'] {
    const made = new Map([['default', ownCollections(({ seed }) => seed)]]);
    for (const [scenario, value, pointer] of members('scenarios')) {
      const seeds = ownCollections(({ seed }) => seed);
      for (const [name, entries] of Object.entries(objectOf(value, 'a scenario', pointer, problem))) {
        const at = childPointer(pointer, name);
        const full = `${module}/${name}`;
        if (!names.has(name)) {
          problem(at, `${module} has no collection "${name}"${nearest(name, names)}; it has ${[...names].join(', ') || 'none'}`);
          continue;
        }
        seeds.tell(full, () => compileSeed(entries, at, context, all.get(full)?.key.field ?? 'id'));
        knowSeeds(full, entries);
      }
      made.set(scenario, compiled(seeds));
    }
    return made;
  }

  return { declare, collections, model };
}
