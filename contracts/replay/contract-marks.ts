import { child, childPointer, decodePercent, dereference, members, pointerTokens, record, rootNode } from '../../operations/index.ts';
import type { Document, Operation, OperationTable } from '../../operations/index.ts';
import { inferState } from '../../state/infer.ts';
import type { Row } from '../../state/index.ts';
import { createClasses } from './classes.ts';
import type { Classes } from './classes.ts';
import { anyIndex, siteKey } from './site.ts';
import type { ResponsePlace, Site } from './site.ts';
import { readStateMarks } from './state-marks.ts';
import type { CollectionMarks, OperationMarks, StateMarks } from './state-marks.ts';

/** What documents and state files say about where values of the server come from and go to. */
export interface ContractMarks {
  /** The class of a request's value, such as that of all keys of tasks; `undefined`: nobody says. */
  readonly requestClass: (operation: Operation | undefined, site: Site) => string | undefined;
  readonly responseClass: (operation: Operation | undefined, place: ResponsePlace) => string | undefined;
  /** Whether the server makes the values of a class. */
  readonly isServerMade: (name: string) => boolean;
  /** Whether clients choose the values of a class and no two rows may have the same. */
  readonly isUniqueByClient: (name: string) => boolean;
  /** The state file's word for what an operation does, else the inferred one; `''`: nobody says. */
  readonly verbOf: (operation: Operation) => string;
  /** What is said of a place in an operation's answers: a pointer with `*` for indexes. */
  readonly factsAt: (operation: Operation, shape: string) => AnswerFacts;
  /** Whether the elements of a list at a place are rows. */
  readonly isRowList: (operation: Operation, shape: string) => boolean;
  /** The collection whose rows an operation works on. */
  readonly collectionOf: (operation: Operation) => CollectionMarks | undefined;
  /** Whether time alone moves rows of the operation's module, as its state file says. */
  readonly isTimed: (operation: Operation) => boolean;
  /** Link Objects (OpenAPI 3.1 section 4.8.20) that lead from an answer to a parameter or body of an operation. */
  readonly linksOf: (operation: Operation, status: number) => readonly DocumentLink[];
}

/** What documents say of one place in answers. */
export interface AnswerFacts {
  /** A key or a reference, which the server makes. */
  readonly isMade: boolean;
  /** The key of the row that stands around it, `made` by the server or `chosen` by clients. */
  readonly key: 'made' | 'chosen' | undefined;
  /** A moment, a random number, a field that the server or time sets by itself. */
  readonly isVolatile: boolean;
  /** A count or a sum over rows. */
  readonly isSum: boolean;
}

/** One value that a Link Object passes on. */
export interface DocumentLink {
  /** The Link Object's name. */
  readonly name: string;
  readonly from: ResponsePlace;
  readonly operationId: string;
  readonly document: Document;
  /** See {@link siteKey}; `path`, `query`, `header` or `cookie` may be left open: then `* name`. */
  readonly to: string;
}

/** @param states state files as they were read, by the document's name. */
export function createContractMarks(table: OperationTable, states: ReadonlyMap<string, Row>): ContractMarks {
  const classes = createClasses();
  const stated = new Map<string, StateMarks>();
  const inferred = new Map<string, StateMarks>();
  for (const document of table.documents) {
    const given = states.get(document.name);
    if (given !== undefined) stated.set(document.name, readStateMarks(document.name, given, classes));
    const guess = inferState(
      table,
      table.routes.filter((route) => route.document === document),
    );
    if (guess !== undefined) inferred.set(document.name, readStateMarks(`~${document.name}`, guess.given, classes));
  }
  joinReadings(stated, inferred, classes);
  const collections = new Map([...stated.values(), ...inferred.values()].flatMap((marks) => [...marks.collections]));
  const serverMade = new Set<string>();
  const unique = new Set<string>();
  for (const [name, marks] of collections) {
    // What was inferred of a module that has a state file only helps to find places.
    if (name.startsWith('~') && stated.has(name.slice(1).split('/', 1)[0] ?? '')) continue;
    (marks.serverMade ? serverMade : unique).add(classes.of(`${name}#${marks.key}`));
    for (const field of marks.unique) unique.add(classes.of(`${name}#${field}`));
  }

  const links = new Map<string, readonly DocumentLink[]>();
  const facts = new WeakMap<Operation, Map<string, AnswerFacts>>();

  function readings(operation: Operation): OperationMarks[] {
    const { name } = operation.document;
    return [stated.get(name), inferred.get(name)].flatMap((marks) => marks?.operations.get(operation.id) ?? []);
  }

  function fieldAt(pointer: string, marks: OperationMarks['answer']): string | undefined {
    const shape = anyIndex(pointer);
    const exact = marks.places.get(shape);
    if (exact !== undefined) return exact;
    const slash = shape.lastIndexOf('/');
    const row = marks.rows.get(shape.slice(0, Math.max(0, slash)));
    return row === undefined ? undefined : `${row}#${shape.slice(slash + 1)}`;
  }

  return {
    requestClass(operation, site) {
      if (operation === undefined) return undefined;
      const key = siteKey(site);
      const field = readings(operation)
        .map(({ request }) => request.get(key))
        .find((found) => found !== undefined);
      return field === undefined ? undefined : classes.of(field);
    },
    responseClass: (operation, place) => (operation === undefined ? undefined : responseClass(operation, place)),
    isServerMade: (name) => serverMade.has(name),
    isUniqueByClient: (name) => unique.has(name),
    verbOf: (operation) =>
      readings(operation)
        .map(({ verb }) => verb)
        .find((verb) => verb !== '') ?? '',
    factsAt(operation, shape) {
      const known = facts.get(operation) ?? new Map<string, AnswerFacts>();
      facts.set(operation, known);
      let fact = known.get(shape);
      if (fact === undefined) known.set(shape, (fact = readFacts(operation, shape)));
      return fact;
    },
    isRowList(operation, shape) {
      const element = `${shape}/*`;
      return readings(operation).some(
        ({ answer }) => answer.rows.has(element) || [...answer.places.keys()].some((place) => place.startsWith(`${element}/`)),
      );
    },
    collectionOf: (operation) =>
      readings(operation)
        .map(({ collection }) => collections.get(collection))
        .find((found) => found !== undefined),
    isTimed: (operation) => [...(stated.get(operation.document.name)?.collections.values() ?? [])].some(({ timed }) => timed),
    linksOf(operation, status) {
      const key = `${status} ${operation.document.name} ${operation.id}`;
      let known = links.get(key);
      if (known === undefined) links.set(key, (known = linksOf(operation, status)));
      return known;
    },
  };

  function responseClass(operation: Operation, { in: part, pointer, name }: ResponsePlace): string | undefined {
    if (part === 'location') return locationClass(operation, name);
    if (part !== 'body' || pointer === undefined) return undefined;
    const field = fieldOf(operation, pointer);
    return field === undefined ? neighbourClass(operation, pointer.slice(pointer.lastIndexOf('/') + 1)) : classes.of(field);
  }

  function fieldOf(operation: Operation, pointer: string): string | undefined {
    return readings(operation)
      .map(({ answer }) => fieldAt(pointer, answer))
      .find((found) => found !== undefined);
  }

  function readFacts(operation: Operation, shape: string): AnswerFacts {
    const answers = readings(operation).map(({ answer }) => answer);
    const name = responseClass(operation, { in: 'body', name: '', pointer: shape });
    const isMade = name !== undefined && serverMade.has(name);
    const field = fieldOf(operation, shape);
    const [collection = '', member = ''] = field?.split('#') ?? [];
    // A neighbour's key stands in an answer of which nothing else is known.
    const isKey = field === undefined || collections.get(collection)?.key === member;
    const isStamp = answers.some((answer) => {
      const [table = '', stamp = ''] = fieldAt(shape, answer)?.split('#') ?? [];
      return collections.get(table)?.stamps.has(stamp) === true;
    });
    return {
      isMade,
      key: name === undefined || !isKey ? undefined : isMade ? 'made' : unique.has(name) ? 'chosen' : undefined,
      isVolatile: isStamp || answers.some(({ volatile }) => volatile.has(shape)),
      isSum: answers.some(({ sums }) => sums.has(shape)),
    };
  }

  /** `id` in the answer to `POST /files`, about which no state file says anything, is the key that `/files/{id}` asks for. */
  function neighbourClass(operation: Operation, property: string): string | undefined {
    if (operation.method !== 'POST' && operation.method !== 'PUT') return undefined;
    for (const route of table.routes) {
      if (route.document !== operation.document || !route.path.startsWith(`${operation.path}/{`)) continue;
      const variable = /^\{([^{}]+)\}$/.exec(route.path.slice(operation.path.length + 1))?.[1];
      const marks = variable === undefined ? undefined : stated.get(operation.document.name)?.operations.get(route.id);
      const field = marks?.request.get(`path ${variable}`);
      if (field !== undefined && (property === variable || field.endsWith(`#${property}`))) return classes.of(field);
    }
    return undefined;
  }

  /** The variable of the path that Location leads to, as an operation of the same document has it. */
  function locationClass(operation: Operation, name: string): string | undefined {
    for (const marks of [stated, inferred]) {
      for (const { request } of marks.get(operation.document.name)?.operations.values() ?? []) {
        const field = request.get(`path ${name}`);
        if (field !== undefined) return classes.of(field);
      }
    }
    return undefined;
  }
}

/** Where a state file and what is inferred of its document name the same place, they mean the same values. */
function joinReadings(stated: ReadonlyMap<string, StateMarks>, inferred: ReadonlyMap<string, StateMarks>, classes: Classes): void {
  for (const [module, marks] of inferred) {
    for (const [id, guess] of marks.operations) {
      const known = stated.get(module)?.operations.get(id);
      if (known === undefined) continue;
      for (const [key, field] of guess.request) {
        const same = known.request.get(key);
        const isKey = marks.collections.get(guess.collection)?.key === field.slice(field.indexOf('#') + 1);
        if (same !== undefined && isKey) classes.join(same, field);
      }
    }
  }
}

function linksOf({ document, route }: Operation, status: number): DocumentLink[] {
  const found: DocumentLink[] = [];
  const exact = String(status);
  for (const [wanted, given] of members(child(route.node, 'responses'))) {
    if (wanted !== exact && wanted !== `${exact.charAt(0)}XX` && wanted !== 'default') continue;
    const response = dereference(document, given);
    if (!response.ok) continue;
    for (const [name, node] of members(child(response.node, 'links'))) {
      const link = dereference(document, node);
      if (!link.ok) continue;
      const { operationId, operationRef, parameters, requestBody } = record(link.node.value);
      const id = typeof operationId === 'string' ? operationId : idOfReference(document, operationRef);
      if (id === undefined) continue;
      for (const [parameter, source] of Object.entries(record(parameters))) {
        const from = responsePlace(source);
        const qualified = /^(path|query|header|cookie)\.(.+)$/.exec(parameter);
        const to = qualified === null ? `* ${parameter}` : `${qualified[1]} ${qualified[2]}`;
        if (from !== undefined) found.push({ name, from, operationId: id, document, to });
      }
      for (const [pointer, source] of bodyParts(requestBody, '')) {
        const from = responsePlace(source);
        if (from !== undefined) found.push({ name, from, operationId: id, document, to: `body ${pointer}` });
      }
    }
  }
  return found;
}

function bodyParts(value: unknown, pointer: string, depth = 0): [string, unknown][] {
  if (typeof value === 'string') return [[pointer, value]];
  if (depth > 10) return [];
  return Object.entries(record(value)).flatMap(([name, part]) => bodyParts(part, childPointer(pointer, name), depth + 1));
}

/** `#/paths/~1things~1{id}/get` as an operation's id. */
function idOfReference(document: Document, reference: unknown): string | undefined {
  const fragment = typeof reference === 'string' ? decodePercent(reference.slice(reference.indexOf('#') + 1)) : undefined;
  const [, path, method] = /^\/paths\/[^/]+\/[a-z]+$/.test(fragment ?? '') ? (pointerTokens(fragment ?? '') ?? []) : [];
  if (path === undefined || method === undefined) return undefined;
  const paths = child(rootNode(document), 'paths');
  const item = members(paths).find(([template]) => template === path)?.[1];
  const resolved = item === undefined ? undefined : dereference(document, item);
  const operation = resolved?.ok === true ? child(resolved.node, method) : undefined;
  const id = record(operation?.value)['operationId'];
  return typeof id === 'string' ? id : `${method.toUpperCase()} ${path}`;
}

/** `$response.body#/id`, `$response.header.Location`. */
function responsePlace(expression: unknown): ResponsePlace | undefined {
  if (typeof expression !== 'string') return undefined;
  const match = /^\{?\$response\.(?:body#(\/[^}]*)|header\.([^}]+))\}?$/.exec(expression);
  if (match === null) return undefined;
  if (match[1] !== undefined) return { in: 'body', name: match[1].split('/').at(-1) ?? '', pointer: match[1] };
  return { in: 'header', name: (match[2] ?? '').toLowerCase() };
}
