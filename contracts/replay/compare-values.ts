import { childPointer } from '../../operations/index.ts';
import type { Operation, ResponseRule } from '../../operations/index.ts';
import type { Judged } from '../judged.ts';
import { holdsPseudonym } from '../redact/pseudonym.ts';
import type { Bindings } from './bindings.ts';
import type { ContractMarks } from './contract-marks.ts';
import { ENOUGH_BITS, entropyBits, isMoment } from './entropy.ts';
import type { Planned } from './planned.ts';
import { schemaSite } from './schema-site.ts';
import type { SchemaSite } from './schema-site.ts';

/** What is known of two answers beside themselves. */
export interface ValueComparison {
  readonly marks: ContractMarks;
  readonly bindings: Bindings;
  /** Keys of rows that the recording itself made, as the left side calls them. */
  readonly own: ReadonlySet<string>;
  readonly subject: Planned['subject'];
  /** Places that differed between two recorded answers to the same request: pointers with `*` for indexes. */
  readonly unsteady: ReadonlySet<string>;
  /** Texts that the left request says. */
  readonly said: ReadonlySet<string>;
  /** Whether clients made the text, rather than the server. */
  readonly isFromClient: (text: string) => boolean;
}

export interface ValueDifference {
  readonly kind: 'shape' | 'value';
  readonly message: string;
  readonly pointer: string;
  readonly property?: string;
  readonly code: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
}

const MAX_DIFFERENCES = 20;
const MAX_DEPTH = 100;
const TOTAL = /^(?:total|count|pages|totals?|.*(?:count|total|pages|elements))$|^total[A-Z_]|^(?:num|number)[A-Z_]/i;
const PLAIN_KEY = /^_?(?:id|key|uuid)$|(?:Id|_id)$/;

const sites = new WeakMap<ResponseRule, SchemaSite>();

/** Where the walk is: in which row, by which schema. */
interface At {
  readonly pointer: string;
  /** The pointer with `*` for indexes. */
  readonly shape: string;
  /** The nearest member's name. */
  readonly name: string;
  readonly site: SchemaSite | undefined;
  readonly isForeign: boolean;
  readonly depth: number;
}

interface RowKey {
  readonly name: string;
  readonly text: string;
  readonly kind: 'made' | 'chosen' | 'plain';
}

/** The differences of two JSON bodies that the contract does not allow. */
export function compareValues(
  left: unknown,
  right: unknown,
  { operation, response }: Judged,
  comparison: ValueComparison,
): ValueDifference[] {
  const { marks, bindings, own, subject, unsteady, said } = comparison;
  const found: ValueDifference[] = [];
  // A list of everything is a list of what others made, too.
  const isConfined = subject === 'own';
  const isTimed = operation !== undefined && marks.isTimed(operation);
  walk(left, right, {
    pointer: '',
    shape: '',
    name: '',
    site: siteOf(operation, response?.rule),
    isForeign: subject === 'foreign',
    depth: 0,
  });
  return found;

  function walk(one: unknown, other: unknown, at: At): void {
    if (found.length >= MAX_DIFFERENCES || at.depth > MAX_DEPTH) return;
    if (isScalar(one) && isScalar(other)) return scalars(one, other, at);
    if (Array.isArray(one) && Array.isArray(other)) return lists(one, other, at);
    if (isObject(one) && isObject(other)) return objects(one, other, at);
    if (!at.isForeign && !isVolatile(one, other, at)) addType(one, other, at);
  }

  function objects(one: Members, other: Members, at: At): void {
    const key = keyOf(one, at);
    const isOthers = key === undefined ? at.isForeign : !own.has(key.text) && (at.isForeign || !isChosen(key));
    if (key !== undefined && isBinding(key)) {
      const bound = other[key.name];
      if (isScalar(bound) && bound !== null) bindings.bind(key.text, String(bound));
    }
    for (const [name, value] of Object.entries(one)) {
      const inner = member(at, name, isOthers);
      if (Object.hasOwn(other, name)) walk(value, other[name], inner);
      else if (!isOthers && !isVolatile(value, undefined, inner))
        add('shape', 'property', at, `lacks "${name}"`, shown(value), undefined, name);
    }
    if (isOthers) return;
    for (const [name, value] of Object.entries(other))
      if (!Object.hasOwn(one, name) && !isVolatile(undefined, value, member(at, name, false)))
        add('shape', 'property', at, `has "${name}", which was not there`, undefined, shown(value), name);
  }

  function lists(one: readonly unknown[], other: readonly unknown[], at: At): void {
    if (at.isForeign || unsteady.has(at.shape)) return;
    if (one.length > 0 && other.length === 0 && !isTimed) return add('shape', 'empty', at, 'is empty', one.length, 0);
    const keys = one.map((value, index) => (isObject(value) ? keyOf(value, element(at, index)) : undefined));
    if (keys.some((key) => key !== undefined) || (one.length === 0 && operation !== undefined && marks.isRowList(operation, at.shape))) {
      if (one.length === 0 && other.length > 0 && isConfined && !isTimed) add('shape', 'empty', at, 'is not empty', 0, other.length);
      for (const [index, value] of one.entries()) {
        const key = keys[index];
        if (key === undefined || !own.has(key.text)) continue;
        const same = other.findIndex((row) => isObject(row) && isScalar(row[key.name]) && bindings.allows(key.text, String(row[key.name])));
        // Where it is missing is for the oracle to say: rows of others may have taken its place on this page.
        if (same >= 0) walk(value, other[same], element(at, same));
      }
      return;
    }
    if (one.length !== other.length)
      return add('value', 'length', at, `has ${other.length} elements, not ${one.length}`, one.length, other.length);
    for (const [index, value] of one.entries()) walk(value, other[index], element(at, index));
  }

  function scalars(one: Scalar, other: Scalar, at: At): void {
    if (at.isForeign || one === other || isMasked(one)) return;
    const isSameKind = kindOf(one) === kindOf(other);
    if (isVolatile(one, other, at)) {
      if (one !== null && other !== null && !isSameKind) addType(one, other, at);
    } else if (!isSameKind) addType(one, other, at);
    else if (!bindings.allows(String(one), String(other))) add('value', 'value', at, 'has another value', shown(one), shown(other));
  }

  /** What the contract lets differ from one answer to the next. */
  function isVolatile(one: unknown, other: unknown, { shape, name, site }: At): boolean {
    const text = isScalar(one) ? String(one) : '';
    if (unsteady.has(shape) || site?.kind === 'hidden' || isMasked(one)) return true;
    const facts = operation === undefined ? undefined : marks.factsAt(operation, shape);
    if (facts?.isVolatile === true) return true;
    if (facts?.isSum === true) return !isConfined || isTimed;
    // A value that is bound is known, and has to be the one that it was bound to.
    if (facts?.isMade === true) return !bindings.has(text);
    if (TOTAL.test(name) && (typeof one === 'number' || typeof one === 'bigint')) return !isConfined || isTimed;
    if (said.has(text)) return false;
    if (site?.kind === 'moment' || site?.kind === 'made') return !comparison.isFromClient(text);
    if (isMoment(text) && isScalar(other) && isMoment(String(other))) return true;
    return entropyBits(text) >= ENOUGH_BITS && !comparison.isFromClient(text) && !bindings.has(text);
  }

  /** The member that says which row an object is. */
  function keyOf(object: Members, at: At): RowKey | undefined {
    let plain: RowKey | undefined;
    for (const [name, value] of Object.entries(object)) {
      if ((typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') || value === '') continue;
      const key = operation === undefined ? undefined : marks.factsAt(operation, childPointer(at.shape, name)).key;
      if (key !== undefined) return { name, text: String(value), kind: key };
      if (plain === undefined && PLAIN_KEY.test(name)) plain = { name, text: String(value), kind: 'plain' };
    }
    // Nobody says that it is a key: in a list it is taken for one, elsewhere only where the recording made it.
    return plain !== undefined && (own.has(plain.text) || at.shape.endsWith('/*')) ? plain : undefined;
  }

  function isChosen({ kind, text }: RowKey): boolean {
    return kind === 'chosen' || (kind === 'plain' && said.has(text));
  }

  function isBinding({ kind, text }: RowKey): boolean {
    return kind === 'made' || (kind === 'plain' && own.has(text));
  }

  function addType(one: unknown, other: unknown, at: At): void {
    add('shape', 'type', at, `is ${kindOf(other)}, not ${kindOf(one)}`, kindOf(one), kindOf(other));
  }

  function add(
    kind: ValueDifference['kind'],
    code: string,
    { pointer }: At,
    message: string,
    expected: unknown,
    actual: unknown,
    property?: string,
  ): void {
    if (found.length >= MAX_DIFFERENCES) return;
    found.push({
      kind,
      code,
      pointer,
      message,
      ...(expected === undefined ? {} : { expected }),
      ...(actual === undefined ? {} : { actual }),
      ...(property === undefined ? {} : { property }),
    });
  }
}

function member(at: At, name: string, isForeign: boolean): At {
  return {
    pointer: childPointer(at.pointer, name),
    shape: childPointer(at.shape, name),
    name,
    site: at.site?.property(name),
    isForeign,
    depth: at.depth + 1,
  };
}

function element(at: At, index: number): At {
  return { ...at, pointer: `${at.pointer}/${index}`, shape: `${at.shape}/*`, site: at.site?.item(), depth: at.depth + 1 };
}

function siteOf(operation: Operation | undefined, rule: ResponseRule | undefined): SchemaSite | undefined {
  if (operation === undefined || rule === undefined) return undefined;
  let site = sites.get(rule);
  if (site === undefined)
    sites.set(
      rule,
      (site = schemaSite(
        rule.contents.map(({ validator }) => validator?.schema),
        operation.validators.lookup,
      )),
    );
  return site;
}

type Scalar = string | number | bigint | boolean | null;
type Members = Readonly<Record<string, unknown>>;

/** Of what a pseudonym stands for nobody knows more than its place. */
function isMasked(value: unknown): boolean {
  return typeof value === 'string' && holdsPseudonym(value);
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As JSON calls it, with its article. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'bigint') return 'a number';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Short enough for a report. */
function shown(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string') return value.length > 200 ? `${value.slice(0, 200)}…` : value;
  return isScalar(value) ? value : kindOf(value);
}
