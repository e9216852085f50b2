import type { CollectionPlan } from './plan.ts';

/** A fact and the exchange that taught it. */
export interface Known {
  readonly value: unknown;
  /** The index of the exchange. */
  readonly by: number;
  /** When that exchange had ended, milliseconds since the epoch: an exchange that began before then may have seen another value. */
  readonly until: number;
  /** Taught by an accepted write rather than by a read. */
  readonly written: boolean;
}

export interface Presence {
  readonly is: 'present' | 'absent';
  readonly by: number;
  readonly until: number;
  /** Whose credentials it was seen with: others may be shown other rows. */
  readonly who: string;
  /** Why a row is absent: because it was deleted, or because somebody was told that there is none. */
  readonly deleted: boolean;
}

/** What is known of one row. */
export interface KnownRow {
  readonly collection: CollectionPlan;
  /** `undefined`: a row that is there, but nobody has told its key. */
  key: string | undefined;
  presence: Presence | undefined;
  readonly fields: Map<string, Known>;
  /** When the last exchange that changed it had ended. */
  writtenUntil: number;
  /** The status may have moved on by itself since it was last seen. */
  isLoose: boolean;
  /** Members that a client sent along although the server alone makes them. */
  sent: ReadonlyMap<string, Known> | undefined;
  /** Of a token: when it ends, by its answer's `expires_in`: not before the first and not after the second moment. */
  ends: readonly [number, number] | undefined;
  /** Moments that the server has to have noted by itself, by their field. */
  readonly stamps: Map<string, ExpectedStamp>;
  /** Nobody keeps it up to date any more. */
  isForgotten: boolean;
  /** Of a token: the row that it was issued for. */
  account: string | undefined;
}

/** A moment that an accepted write notes: between its beginning and its end. */
export interface ExpectedStamp {
  readonly from: number;
  readonly to: number;
  readonly by: number;
  /** What stood there before. */
  readonly stale: Known | undefined;
}

/** All rows that have a value in a field: nobody else has it. */
export interface Group {
  readonly field: string;
  readonly value: string;
  /** Those of which nobody has told the key included. */
  readonly rows: readonly KnownRow[];
  readonly by: readonly number[];
  readonly until: number;
  readonly who: string;
}

export interface KnownCollection {
  readonly plan: CollectionPlan;
  /** By key; those met last come last. */
  readonly rows: Map<string, KnownRow>;
  /** By `field=value`. */
  readonly groups: Map<string, Group>;
  /** Counts the exchanges that may have changed which rows there are, or what they hold. */
  version: number;
  /** When the last of them had ended. */
  writtenUntil: number;
}

/** What the exchanges so far have taught, bounded: what was not met for longest is forgotten first. */
/** What became of the tokens of an account, by the index of the exchange. */
export interface Account {
  renewed?: number;
  /** A token that works once was shown again. */
  reused?: number;
}

export interface Knowledge {
  readonly account: (name: string) => Account;
  readonly collection: (plan: CollectionPlan) => KnownCollection;
  readonly find: (plan: CollectionPlan, key: string) => KnownRow | undefined;
  /** The row of a key; an unknown one is made, of which nothing is known. */
  readonly row: (plan: CollectionPlan, key: string) => KnownRow;
  readonly put: (row: KnownRow) => void;
  readonly forgetCollection: (plan: CollectionPlan) => void;
  /** A row was added, perhaps, and nobody knows which: what was said not to be there may be there now. What was deleted does not come back by itself. */
  readonly forgetAbsences: (plan: CollectionPlan) => void;
  readonly clear: () => void;
  readonly rows: () => number;
}

export function createKnowledge(maxRows: number): Knowledge {
  const collections = new Map<string, KnownCollection>();
  const accounts = new Map<string, Account>();

  function collection(plan: CollectionPlan): KnownCollection {
    const found = collections.get(plan.name);
    if (found !== undefined) return found;
    const made: KnownCollection = { plan, rows: new Map(), groups: new Map(), version: 0, writtenUntil: Number.NEGATIVE_INFINITY };
    collections.set(plan.name, made);
    return made;
  }

  function put(row: KnownRow): void {
    if (row.key === undefined) return;
    const { rows } = collection(row.collection);
    rows.delete(row.key);
    rows.set(row.key, row);
    if (rows.size <= maxRows) return;
    for (const [key, oldest] of rows) {
      oldest.isForgotten = true;
      rows.delete(key);
      break;
    }
  }

  return {
    account(name) {
      const account = accounts.get(name) ?? {};
      accounts.delete(name);
      accounts.set(name, account);
      for (const oldest of accounts.size > maxRows ? accounts.keys() : []) {
        accounts.delete(oldest);
        break;
      }
      return account;
    },
    collection,
    find: (plan, key) => collections.get(plan.name)?.rows.get(key),
    row(plan, key) {
      const row = collection(plan).rows.get(key) ?? unknownRow(plan, key);
      put(row);
      return row;
    },
    put,
    forgetCollection(plan) {
      const { rows, groups } = collection(plan);
      for (const row of rows.values()) row.isForgotten = true;
      rows.clear();
      groups.clear();
    },
    forgetAbsences(plan) {
      const { rows } = collection(plan);
      for (const [key, row] of rows) {
        if (row.presence?.is !== 'absent' || row.presence.deleted) continue;
        row.isForgotten = true;
        rows.delete(key);
      }
    },
    clear() {
      collections.clear();
      accounts.clear();
    },
    rows: () => [...collections.values()].reduce((sum, { rows }) => sum + rows.size, 0),
  };
}

export function unknownRow(collection: CollectionPlan, key: string | undefined): KnownRow {
  return {
    collection,
    key,
    presence: undefined,
    fields: new Map(),
    writtenUntil: Number.NEGATIVE_INFINITY,
    isLoose: false,
    sent: undefined,
    stamps: new Map(),
    isForgotten: false,
    ends: undefined,
    account: undefined,
  };
}

/** The row as it is known now; later changes leave it alone. */
export function copyOf(row: KnownRow): KnownRow {
  return { ...row, fields: new Map(row.fields), stamps: new Map(row.stamps) };
}
