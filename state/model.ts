import { childPointer, positionOf } from '../operations/index.ts';
import type { Source } from '../operations/index.ts';
import { compileChecks } from './checks.ts';
import type { Check } from './checks.ts';
import { createClock, parseOffset } from './clock-text.ts';
import type { Clock } from './clock-text.ts';
import { compileCollection, compileSeed, findRow, liveRows, objectAt } from './collection.ts';
import type { Collection, SeedEntry } from './collection.ts';
import { compileEffects } from './effects.ts';
import type { Effect } from './effects.ts';
import { compilePager } from './pager.ts';
import type { Pager } from './pager.ts';
import type { Scope } from './scope.ts';
import { StateFileError } from './state-file-error.ts';
import type { StateFlaw } from './state-file-error.ts';
import { compileTemplate } from './template.ts';
import type { Template, TemplateContext } from './template-context.ts';
import { compileCreate } from './verbs/create.ts';
import { compileDelete } from './verbs/delete.ts';
import { compileGet } from './verbs/get.ts';
import { compileList } from './verbs/list.ts';
import { compileToken } from './verbs/token.ts';
import { compileTransition } from './verbs/transition.ts';
import { compileUpdate } from './verbs/update.ts';
import { compileUpsert } from './verbs/upsert.ts';
import type { Verb, VerbContext } from './verbs/verb.ts';
import type { Row } from './world.ts';
import { textOf } from './text.ts';

/** How the answers of a module are wrapped. */
export interface Envelope {
  readonly ok: Template;
  /** For operations that have no data. */
  readonly okNoData: Template;
  readonly error: Template;
  /** The status of every failure, where the module tells failures by the body alone. */
  readonly errorStatus: number | undefined;
}

export interface NamedError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** One operation's behaviour. */
export interface OperationModel {
  readonly operationId: string;
  readonly verb: Verb | undefined;
  readonly checks: readonly Check[];
  readonly effects: readonly Effect[];
  /** What goes into the envelope; `undefined`: what the verb made. */
  readonly data: Template | undefined;
  readonly hasData: boolean;
  readonly show: Template | undefined;
  readonly envelope: Envelope;
  readonly status: number | undefined;
  /** Headers of the answer by name; a value that is absent or null is left to the document. */
  readonly headers: Template | undefined;
  /** The error when the row that the path names is not there; checked before the rest of the request is (404 comes before 400). */
  readonly unaddressed: (scope: Scope) => string | undefined;
}

/** Which tokens of requests are known to be dead: a live or an unknown one passes. */
export interface TokenCheck {
  readonly collection: string;
  /** The field of the token's row that says when it ends. */
  readonly expires: string;
}

/** A module's state file, compiled. */
export interface StateModel {
  readonly module: string;
  readonly clock: Clock;
  /** The time zone of the clock, in minutes east of UTC. */
  readonly offset: number;
  readonly collections: ReadonlyMap<string, Collection>;
  readonly operations: ReadonlyMap<string, OperationModel>;
  readonly errors: ReadonlyMap<string, NamedError>;
  readonly envelope: Envelope;
  readonly bearer: TokenCheck | undefined;
  /** An answer that would break the document is mended from the document's own sample instead of being a 500. */
  readonly mend: boolean;
  /** Rows to begin with by scenario and full collection name; collections a scenario does not name begin as in `default`. */
  readonly scenarios: ReadonlyMap<string, ReadonlyMap<string, readonly SeedEntry[]>>;
}

/** The collections of all modules, by their full names: state files may refer to each other's. */
export type Collections = Map<string, Collection>;

const KEYS = new Set([
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
  '$schema',
]);
const OPERATION_KEYS = new Set([
  'do',
  'in',
  'key',
  'set',
  'where',
  'each',
  'page',
  'show',
  'data',
  'envelope',
  'status',
  'conflict',
  'missing',
  'otherwise',
  'illegal',
  'from',
  'to',
  'checks',
  'also',
  'grant',
  'grants',
  'issue',
  'headers',
  'patch',
  'replaces',
]);

const VERBS: Readonly<Record<string, (context: VerbContext) => Verb>> = {
  create: compileCreate,
  upsert: compileUpsert,
  get: compileGet,
  update: compileUpdate,
  delete: compileDelete,
  list: compileList,
  transition: compileTransition,
  token: compileToken,
};

/** Verbs that need the row to be there. */
const ADDRESSING = new Set(['get', 'update', 'delete', 'transition']);

const BUILT_IN_ERRORS: Readonly<Record<string, NamedError>> = {
  INVALID: { status: 400, code: 'INVALID', message: 'The request is not valid' },
  UNAUTHORIZED: { status: 401, code: 'UNAUTHORIZED', message: 'Credentials are missing or not valid' },
  NOT_FOUND: { status: 404, code: 'NOT_FOUND', message: 'There is no such resource' },
  CONFLICT: { status: 409, code: 'CONFLICT', message: 'There is such a resource already' },
  ILLEGAL_STATE: { status: 400, code: 'ILLEGAL_STATE', message: 'The state of the resource does not allow that' },
};

/** First pass: the collections of a file, so that files can refer to each other whatever their order. */
export interface StateFile {
  readonly module: string;
  readonly source: Source;
  readonly given: Row;
}

/**
 * Compiles the state files of a workspace together.
 * @param files each with its module's name (the document's).
 * @param operationIds the operations of each module's document: a name that is none is a flaw.
 * @throws StateFileError with every flaw, each with file, line and column.
 */
export function compileStateFiles(files: readonly StateFile[], operationIds: (module: string) => ReadonlySet<string>): StateModel[] {
  const flaws: StateFlaw[] = [];
  const all: Collections = new Map();
  const served = new Set(files.map((file) => file.module));
  const compilers = files.map((file) => createCompiler(file, all, flaws, served));
  for (const compiler of compilers) compiler.collections();
  const models = compilers.map((compiler, index) => compiler.model(operationIds(files[index]?.module ?? '')));
  if (flaws.length > 0) throw new StateFileError(flaws);
  return models;
}

/** @param served the modules that have a state file here: collections of others are taken as given. */
function createCompiler(file: StateFile, all: Collections, flaws: StateFlaw[], served: ReadonlySet<string>) {
  const { module, given, source } = file;
  const problem = (pointer: string, message: string): void => {
    flaws.push({ file: source.path, pointer, message, ...positionOf(source, pointer) });
  };
  const names = new Set(Object.keys(objectAt(given['collections'])));
  const fullName = (name: string): string | undefined => {
    if (names.has(name)) return `${module}/${name}`;
    if (all.has(name)) return name;
    const owner = name.includes('/') ? name.slice(0, name.indexOf('/')) : undefined;
    if (owner === undefined || served.has(owner)) return undefined;
    all.set(name, { ...EMPTY_COLLECTION, name, unserved: true });
    return name;
  };
  const context: TemplateContext = {
    collection: fullName,
    rows: function* (scope, name) {
      const collection = all.get(name);
      if (collection !== undefined) for (const [, row] of liveRows(scope, collection)) yield row;
    },
    template: (value, pointer) => compileTemplate(value, pointer, context),
    problem,
  };
  const collectionModel = (name: string): Collection | undefined => all.get(fullName(name) ?? '');
  const offset = parseOffset(typeof given['timezone'] === 'string' ? given['timezone'] : 'Z');
  if (offset === undefined) problem('/timezone', 'a time zone is an offset such as +08:00');

  function collections(): void {
    for (const key of Object.keys(given))
      if (!KEYS.has(key)) problem(childPointer('', key), `a state file has no "${key}"; it has ${[...KEYS].join(', ')}`);
    // Names first: a collection's templates may count the rows of another.
    for (const name of names) all.set(`${module}/${name}`, { ...EMPTY_COLLECTION, name: `${module}/${name}` });
    for (const [name, value] of Object.entries(objectAt(given['collections']))) {
      all.set(`${module}/${name}`, compileCollection(`${module}/${name}`, objectAt(value), `/collections/${name}`, context));
    }
  }

  function envelopeOf(value: unknown, pointer: string): Envelope {
    const envelope = objectAt(value);
    return {
      ok: context.template(envelope['ok'] ?? '$data', `${pointer}/ok`),
      okNoData: context.template('okNoData' in envelope ? envelope['okNoData'] : (envelope['ok'] ?? {}), `${pointer}/okNoData`),
      error: context.template(
        'error' in envelope ? envelope['error'] : { error: '$error.code', message: '$error.message' },
        `${pointer}/error`,
      ),
      errorStatus: typeof envelope['errorStatus'] === 'number' ? envelope['errorStatus'] : undefined,
    };
  }

  function model(operationIds: ReadonlySet<string>): StateModel {
    const envelopes = new Map(
      Object.entries(objectAt(given['envelopes'])).map(([name, value]) => [name, envelopeOf(value, `/envelopes/${name}`)] as const),
    );
    const pagers = new Map(
      Object.entries(objectAt(given['pagers'])).map(
        ([name, value]) => [name, compilePager(objectAt(value), `/pagers/${name}`, context)] as const,
      ),
    );
    const errors = new Map(
      Object.entries({ ...BUILT_IN_ERRORS, ...objectAt(given['errors']) }).map(
        ([name, value]) => [name, errorOf(name, objectAt(value))] as const,
      ),
    );
    const named = (name: unknown, pointer: string): Envelope => {
      const found = envelopes.get(String(name));
      if (found === undefined)
        problem(pointer, `there is no envelope "${String(name)}"; there are ${[...envelopes.keys()].join(', ') || 'none'}`);
      return found ?? envelopeOf({}, pointer);
    };
    const pager = (name: unknown, pointer: string): Pager | undefined => {
      if (typeof name === 'object' && name !== null) return compilePager(name as Row, pointer, context);
      const found = pagers.get(String(name));
      if (found === undefined)
        problem(pointer, `there is no pager "${String(name)}"; there are ${[...pagers.keys()].join(', ') || 'none'}`);
      return found;
    };
    const envelope = given['envelope'] === undefined ? envelopeOf({}, '') : named(given['envelope'], '/envelope');
    const operations = new Map<string, OperationModel>();
    for (const [id, value] of Object.entries(objectAt(given['operations']))) {
      const pointer = childPointer('/operations', id);
      if (!operationIds.has(id)) problem(pointer, `the document of ${module} has no operation "${id}"${nearest(id, operationIds)}`);
      operations.set(id, operationOf(id, objectAt(value), pointer, { envelope, named, pager, errors }));
    }
    const bearer = objectAt(given['bearer']);
    return {
      module,
      clock: createClock(offset ?? 0),
      offset: offset ?? 0,
      collections: new Map([...names].map((name) => [`${module}/${name}`, all.get(`${module}/${name}`) ?? EMPTY_COLLECTION] as const)),
      operations,
      errors,
      envelope,
      bearer:
        typeof bearer['in'] === 'string'
          ? { collection: fullName(bearer['in']) ?? bearer['in'], expires: textOf(bearer['expires'], 'expiresAt') }
          : undefined,
      mend: given['mend'] === true,
      scenarios: scenarios(),
    };
  }

  function scenarios(): StateModel['scenarios'] {
    const made = new Map<string, ReadonlyMap<string, readonly SeedEntry[]>>();
    made.set('default', new Map([...names].map((name) => [`${module}/${name}`, all.get(`${module}/${name}`)?.seed ?? []] as const)));
    for (const [scenario, value] of Object.entries(objectAt(given['scenarios']))) {
      const seeds = new Map(made.get('default'));
      for (const [name, entries] of Object.entries(objectAt(value))) {
        const pointer = `/scenarios/${scenario}/${name}`;
        const full = fullName(name);
        if (full === undefined) problem(pointer, `there is no collection "${name}"`);
        else seeds.set(full, compileSeed(entries, pointer, context));
      }
      made.set(scenario, seeds);
    }
    return made;
  }

  function operationOf(
    id: string,
    value: Row,
    pointer: string,
    parts: {
      envelope: Envelope;
      named: (name: unknown, pointer: string) => Envelope;
      pager: VerbContext['pager'];
      errors: ReadonlyMap<string, NamedError>;
    },
  ): OperationModel {
    for (const key of Object.keys(value))
      if (!OPERATION_KEYS.has(key))
        problem(childPointer(pointer, key), `an operation has no "${key}"; it has ${[...OPERATION_KEYS].join(', ')}`);
    for (const key of ['otherwise', 'illegal', 'conflict']) {
      const name = value[key];
      if (typeof name === 'string' && name !== 'skip' && name !== 'replace' && !parts.errors.has(name))
        problem(childPointer(pointer, key), `there is no error "${name}"; there are ${[...parts.errors.keys()].join(', ')}`);
    }
    const optional = (key: string): Template | undefined =>
      value[key] === undefined ? undefined : context.template(value[key], childPointer(pointer, key));
    return {
      operationId: id,
      verb: verbOf(value, pointer, parts.pager),
      checks: compileChecks(value['checks'], childPointer(pointer, 'checks'), context, collectionModel),
      effects: compileEffects(value['also'], childPointer(pointer, 'also'), context, collectionModel),
      data: optional('data'),
      hasData: value['data'] !== null && (value['data'] !== undefined || value['do'] === 'get' || value['do'] === 'list'),
      show: value['do'] === 'list' ? undefined : optional('show'),
      envelope: value['envelope'] === undefined ? parts.envelope : parts.named(value['envelope'], childPointer(pointer, 'envelope')),
      status: typeof value['status'] === 'number' ? value['status'] : undefined,
      headers: optional('headers'),
      unaddressed: addressOf(value, pointer),
    };
  }

  /** For operations on one row that the path names: the name of their error when there is no such row. */
  function addressOf(value: Row, pointer: string): OperationModel['unaddressed'] {
    const { key, missing, otherwise } = value;
    const target = typeof value['in'] === 'string' ? collectionModel(value['in']) : undefined;
    const named = typeof key === 'string' && key.startsWith('$request.path.') && ADDRESSING.has(textOf(value['do']));
    if (!named || target === undefined || missing !== undefined) return () => undefined;
    const read = context.template(key, childPointer(pointer, 'key'));
    return (scope) => (findRow(scope, target, textOf(read(scope))) === undefined ? textOf(otherwise, 'NOT_FOUND') : undefined);
  }

  function verbOf(value: Row, pointer: string, pager: VerbContext['pager']): Verb | undefined {
    if (value['do'] === undefined) return undefined;
    const compile = VERBS[textOf(value['do'])];
    if (compile === undefined) {
      problem(childPointer(pointer, 'do'), `there is no verb "${textOf(value['do'])}"; there are ${Object.keys(VERBS).join(', ')}`);
      return undefined;
    }
    const name = value['in'];
    const target = typeof name === 'string' ? collectionModel(name) : undefined;
    if (target === undefined && value['do'] !== 'token') {
      problem(childPointer(pointer, 'in'), `there is no collection "${String(name)}"; there are ${[...names].join(', ') || 'none'}`);
      return undefined;
    }
    return compile({ ...context, pointer, given: value, target: target ?? EMPTY_COLLECTION, pager, collectionModel });
  }

  return { collections, model };
}

const EMPTY_COLLECTION: Collection = {
  name: '',
  key: { field: 'id', strategy: 'given', start: 1 },
  defaults: () => ({}),
  onCreate: () => ({}),
  onUpdate: () => ({}),
  softDelete: undefined,
  unique: [],
  machine: undefined,
  seed: [],
};

function errorOf(name: string, given: Row): NamedError {
  const base = BUILT_IN_ERRORS[name] ?? { status: 400, code: name, message: name };
  return {
    status: typeof given['status'] === 'number' ? given['status'] : base.status,
    code: given['code'] === undefined ? base.code : textOf(given['code']),
    message: typeof given['message'] === 'string' ? given['message'] : base.message,
  };
}

/** "did you mean" for a name with a slip of the pen. */
function nearest(name: string, known: ReadonlySet<string>): string {
  const lower = name.toLowerCase();
  const found = [...known].find(
    (candidate) => candidate.toLowerCase() === lower || candidate.toLowerCase().startsWith(lower.slice(0, Math.max(4, lower.length - 3))),
  );
  return found === undefined ? '' : `; did you mean ${found}?`;
}
