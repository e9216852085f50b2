import { parseSource } from '../operations/index.ts';
import { answer } from './answer.ts';
import type { StateReply } from './answer.ts';
import { createClock } from './clock-text.ts';
import { compileStateFiles } from './compile-state-files.ts';
import type { OperationIds } from './compile-state-files.ts';
import { after } from './eventually.ts';
import type { StateFile, StateModel } from './model.ts';
import type { Scope, StateRequest } from './scope.ts';
import { SeedScenarios } from './seed.ts';
import { createSessions } from './sessions.ts';
import { objectAt } from './shape.ts';
import { StateFileError } from './state-file-error.ts';
import { createContext } from './template-context.ts';
import type { TemplateContext } from './template-context.ts';
import { compileTemplate } from './template.ts';
import { textOf } from './text.ts';
import type { Row } from './world.ts';

/** State files as text, by module. */
type Files = string | Readonly<Record<string, string>>;

export const NO_REQUEST: StateRequest = { method: 'POST', url: '/', path: {}, query: {}, header: {}, cookie: {}, body: undefined };

function parse(files: Files, isElsewhere?: StateFile['isElsewhere']): StateFile[] {
  return Object.entries(typeof files === 'string' ? { test: files } : files).map(([module, text]) => {
    const source = parseSource(`${module}.state.yaml`, text);
    return { module, source, given: (source.value ?? {}) as Row, ...(isElsewhere === undefined ? {} : { isElsewhere }) };
  });
}

/** Every operation that the files themselves name. */
function ownOperations(files: readonly StateFile[]): (module: string) => ReadonlySet<string> {
  return (name) => new Set(Object.keys(objectAt(files.find(({ module }) => module === name)?.given['operations'])));
}

/** @param operations the operations that the documents have; default: those that the files name. */
export function compileText(files: Files, operations?: OperationIds, isElsewhere?: StateFile['isElsewhere']): StateModel[] {
  const parsed = parse(files, isElsewhere);
  return compileStateFiles(parsed, operations === undefined ? ownOperations(parsed) : () => operations);
}

/** The flaws of state files as `file:line:column: message`. */
export function flawsOf(files: Files, operations?: OperationIds): string[] {
  try {
    compileText(files, operations);
    return [];
  } catch (error) {
    if (error instanceof StateFileError) return error.message.split('\n');
    throw error;
  }
}

export interface Answered {
  readonly status: number | undefined;
  readonly body: unknown;
  /** The name of the error of a refusal. */
  readonly error?: string;
}

export interface Started {
  /** Answers an operation in a transaction, as the mock does; `undefined` where a model has none of that name. */
  readonly act: (operationId: string, request?: Partial<StateRequest>) => Answered;
  /** The body alone, or the name of the error. */
  readonly body: (operationId: string, request?: Partial<StateRequest>) => unknown;
  /** The rows of a collection, `module/` left out for the module `test`. */
  readonly rows: (collection: string) => readonly Row[];
  /** Stops the clock at a moment. */
  readonly freeze: (at: string | number) => void;
  readonly models: readonly StateModel[];
}

/** A session over the seeds of state files. */
export function start(
  files: Files,
  { scenario = 'default', now = 0 }: { readonly scenario?: string; readonly now?: string | number } = {},
): Started {
  const models = compileText(files);
  const session = createSessions({ bases: new SeedScenarios(models), keyOf: (_collection, row) => textOf(row['id']) }).get('test');
  const sync = <T>(value: T | Promise<T>): T => {
    if (value instanceof Promise) throw new Error('the memory store answers at once');
    return value;
  };
  const freeze = (at: string | number): void => void session.clock.freeze(typeof at === 'string' ? Date.parse(at) : at);
  void session.reset(scenario);
  freeze(now);
  const act: Started['act'] = (operationId, request = {}) => {
    for (const model of models) {
      const operation = model.operations.get(operationId);
      if (operation === undefined) continue;
      const reply = session.transact<StateReply>(
        (world) => answer(model, operation, { ...NO_REQUEST, ...request }, world),
        ({ ok }) => ok,
      );
      return sync(after(reply, ({ ok, status, body, error = '' }) => (ok ? { status, body } : { status, body, error })));
    }
    throw new Error(`no state file has the operation ${operationId}`);
  };
  return {
    models,
    act,
    freeze,
    body: (operationId, request) => {
      const answered = act(operationId, request);
      return answered.error ?? answered.body;
    },
    rows: (collection) => {
      const name = collection.includes('/') ? collection : `test/${collection}`;
      return sync(session.transact((world) => Array.from(world.rows(name), ([, row]) => row)));
    },
  };
}

/** A context over collections that stand still, and the complaints of what is compiled in it. */
export function contextOver(collections: Readonly<Record<string, readonly Row[]>>): {
  readonly context: TemplateContext;
  readonly problems: string[];
} {
  const problems: string[] = [];
  const context = createContext(
    {
      collection: (name) => (Object.hasOwn(collections, name) ? `test/${name}` : undefined),
      rows: (scope, name, filter) => (collections[name.slice('test/'.length)] ?? []).filter(filter.bind(scope)),
      problem: (_pointer, message) => void problems.push(message),
      variables: {},
      reads: () => undefined,
      writes: () => undefined,
    },
    compileTemplate,
  );
  return { context, problems };
}

/** A scope outside of any session, at +08:00 and the beginning of 1970. */
export function scopeWith(parts: Partial<Scope> = {}): Scope {
  return {
    request: NO_REQUEST,
    world: {
      get: () => undefined,
      rows: () => [],
      size: () => 0,
      put: () => undefined,
      remove: () => false,
      next: (_counter, first) => first,
      now: () => 0,
    },
    now: 0,
    clock: createClock(480),
    uuid: () => '00000000-0000-4000-8000-000000000000',
    ...parts,
  };
}
