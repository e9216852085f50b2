import { addressOf, createOperationTable, rootNode } from '../../operations/index.ts';
import type { Document, Operation, OperationTable } from '../../operations/index.ts';
import type { OperationName } from '../finding.ts';
import type { Level } from './change.ts';
import type { Ledger } from './ledger.ts';
import type { RoutePair } from './match-operations.ts';
import { nameOf } from './operation-pair.ts';
import type { OperationPair, OperationRule, Teller } from './operation-pair.ts';
import { compareIdentity } from './rules/identity.ts';
import { compareParameters } from './rules/parameters.ts';
import { compareRequestBody } from './rules/request-body.ts';
import { compareResponses } from './rules/responses.ts';
import { compareSecurity } from './rules/security.ts';
import { compareServers } from './rules/servers.ts';
import { createSchemaComparer } from './schema/compare-schemas.ts';
import type { Comparison } from './schema/compare-schemas.ts';
import { createSchemaReader } from './schema/conjunction.ts';
import type { Difference, Spot } from './schema/difference.ts';
import { createForms } from './schema/forms.ts';
import type { Forms } from './schema/forms.ts';

/** In this order a reader meets them. */
const RULES: readonly OperationRule[] = [
  compareIdentity,
  compareServers,
  compareSecurity,
  compareParameters,
  compareRequestBody,
  compareResponses,
];

/** Places with a difference that one schema of one operation leads to; a shared schema that changed everywhere has more, and is told by others. */
const MAX_PLACES = 50_000;

/** One version's document, compiled as far as it was asked for. */
export interface Side {
  readonly document: Document;
  readonly table: OperationTable;
  readonly forms: () => Forms;
}

export function createSide(document: Document): Side {
  const table = createOperationTable([document]);
  let forms: Forms | undefined;
  return {
    document,
    table,
    forms: () => {
      if (forms !== undefined) return forms;
      const [route] = table.routes;
      if (route === undefined) throw new Error(`${document.name} has no operation to compare`);
      return (forms = createForms(createSchemaReader(document, table.operation(route).validators)));
    },
  };
}

/** Compares the operations of two documents that are in both. */
export function compareOperations(old: Side, next: Side, pairs: readonly RoutePair[], ledger: Ledger): void {
  if (pairs.length === 0) return;
  const forms = { old: old.forms(), next: next.forms() };
  const comparer = createSchemaComparer(forms);
  for (const { old: before, next: after, metBy } of pairs) {
    const pair: OperationPair = { old: old.table.operation(before), next: next.table.operation(after), metBy };
    const operation = nameOf(pair.next);
    const teller: Teller = {
      tell: (change) => ledger.tell({ ...change, document: next.document.name, operation }),
      schemas: (view, pointer, from, to) => {
        const root = comparer.compare(from.schema, to.schema, view);
        if (comparer.differs(root))
          tellDifferences(root, {
            view,
            pointer,
            old: from.address,
            next: to.address,
            operation,
            forms,
            differs: comparer.differs,
            ledger,
          });
      },
    };
    for (const rule of RULES) rule(pair, teller);
  }
  tellDefects(old, next, pairs, ledger);
  if (comparer.isCut()) tellCut(next.document, ledger);
}

interface Site {
  readonly view: 'request' | 'response';
  readonly pointer: string;
  /** Where the schema is used, for one that has no address of its own. */
  readonly old: string;
  readonly next: string;
  readonly operation: OperationName;
  readonly forms: { readonly old: Forms; readonly next: Forms };
  readonly differs: (comparison: Comparison) => boolean;
  readonly ledger: Ledger;
}

/** Every difference inside a comparison, each place by its shortest way. */
function tellDifferences(root: Comparison, site: Site): void {
  const seen = new Set([root]);
  const pending: { at: Comparison; path: string; old: string; next: string }[] = [{ at: root, path: '', old: site.old, next: site.next }];
  for (const place of pending) {
    const { at, path } = place;
    const old = site.forms.old.reader.addressOf(at.old) ?? place.old;
    const next = site.forms.next.reader.addressOf(at.next) ?? place.next;
    for (const difference of at.differences) tellDifference(difference, path, old, next, site);
    for (const [step, inner] of at.inside) {
      if (!site.differs(inner) || seen.has(inner) || seen.size > MAX_PLACES) continue;
      seen.add(inner);
      pending.push({ at: inner, path: path + step, old, next });
    }
  }
}

function tellDifference(difference: Difference, path: string, old: string, next: string, site: Site): void {
  const level: Level | undefined = difference.effect[site.view];
  if (level === undefined) return;
  const { rule, text, before, after, step = '' } = difference;
  const where = path + step;
  site.ledger.tell({
    rule,
    level,
    side: site.view,
    text,
    before,
    after,
    pointer: where === '' ? site.pointer : `${site.pointer} ${where}`,
    document: site.operation.document,
    operation: site.operation,
    old: spotAddress(difference.old, site.forms.old) ?? old,
    new: spotAddress(difference.new, site.forms.next) ?? next,
  });
}

function spotAddress(spot: Spot | undefined, { reader }: Forms): string | undefined {
  const address = spot === undefined ? undefined : reader.placeOf(spot.part);
  return address === undefined || spot === undefined ? undefined : address + spot.pointer;
}

/** What of the new document can't be read says nothing, so that nothing is known to be broken there: told where it could be read before. */
function tellDefects(old: Side, next: Side, pairs: readonly RoutePair[], ledger: Ledger): void {
  const known = new Set(
    defectsOf(
      old,
      pairs.map((pair) => old.table.operation(pair.old)),
    ).map(({ message }) => message),
  );
  for (const { address, message } of defectsOf(
    next,
    pairs.map((pair) => next.table.operation(pair.next)),
  )) {
    if (known.has(message)) continue;
    ledger.tell({
      rule: 'document-defect',
      level: 'warning',
      side: 'document',
      document: next.document.name,
      shared: true,
      new: address,
      text: { en: `a part can not be compared: ${message}`, zh: `有一处无法比较：${message}` },
    });
  }
}

function defectsOf({ forms }: Side, operations: readonly Operation[]): readonly { readonly address: string; readonly message: string }[] {
  forms();
  const shared = operations[0]?.validators.problems ?? [];
  return [...operations.flatMap(({ problems }) => problems), ...shared];
}

function tellCut(document: Document, ledger: Ledger): void {
  ledger.tell({
    rule: 'document-defect',
    level: 'warning',
    side: 'document',
    document: document.name,
    shared: true,
    new: addressOf(rootNode(document)),
    text: {
      en: 'the schemas lead to more places than are compared; those beyond were left out',
      zh: '结构展开后的位置过多，超出部分没有比较',
    },
  });
}
