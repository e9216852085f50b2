import { addressOf } from '../../operations/index.ts';
import type { Document, Route } from '../../operations/index.ts';
import type { Change } from './change.ts';
import { compareOperations, createSide } from './compare-operations.ts';
import type { Side } from './compare-operations.ts';
import { createLedger } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import { matchOperations } from './match-operations.ts';
import { nameOf } from './operation-pair.ts';
import { blank } from './rules/identity.ts';

/**
 * What changed from one version of documents to the next, and what it means for clients of the old one. Schemas are compared as sets of values, in
 * the form that all dialects are read into: Swagger 2.0, OpenAPI 3.0 and 3.1 of the same API differ in nothing.
 *
 * Documents meet by name; where each version has but one, they meet whatever they are called. Never throws: what can't be read in a document is a
 * change of the side `document`.
 * @returns by document, breaking changes first, then in the order of the new document. The same documents give the same changes.
 */
export function diffDocuments(old: readonly Document[], next: readonly Document[]): Change[] {
  const ledger = createLedger();
  const { pairs, gone, come } = matchDocuments(old.map(createSide), next.map(createSide));
  const left = pairs.map(([before, after]) => {
    const matched = matchOperations(before.table.routes, after.table.routes);
    compareOperations(before, after, matched.pairs, ledger);
    return { before, after, gone: matched.gone, come: matched.come };
  });

  // What one document lost another one may have got.
  const lost = [...left.flatMap(({ before, gone }) => gone.map((route) => ({ side: before, route }))), ...gone.flatMap(routesOf)];
  const found = [...left.flatMap(({ after, come }) => come.map((route) => ({ side: after, route }))), ...come.flatMap(routesOf)];
  const elsewhere = matchOperations(
    lost.map(({ route }) => route),
    found.map(({ route }) => route),
  );
  const moved = elsewhere.pairs.filter(({ metBy, old: from, next: to }) => metBy !== 'id' && from.document.name !== to.document.name);
  for (const pair of moved) tellMoved(pair.old, pair.next, lost, found, ledger);

  const hasMoved = new Set(moved.flatMap((pair) => [pair.old, pair.next]));
  for (const side of gone) tellDocument(side, 'document-removed', ledger);
  for (const side of come) tellDocument(side, 'document-added', ledger);
  const served = new Set(next.flatMap((document) => routePaths(document, [...pairs.map(([, after]) => after), ...come])));
  for (const { side, route } of lost) if (!hasMoved.has(route)) tellGone(side, route, served, pairs, ledger);
  for (const { side, route } of found) if (!hasMoved.has(route)) tellNew(side, route, ledger);
  return ledger.list();
}

interface MatchedDocuments {
  readonly pairs: readonly (readonly [old: Side, next: Side])[];
  readonly gone: readonly Side[];
  readonly come: readonly Side[];
}

function matchDocuments(old: readonly Side[], next: readonly Side[]): MatchedDocuments {
  const [onlyOld, onlyNext] = [old[0], next[0]];
  if (old.length === 1 && next.length === 1 && onlyOld !== undefined && onlyNext !== undefined)
    return { pairs: [[onlyOld, onlyNext]], gone: [], come: [] };
  const waiting = new Set(old);
  const pairs: [Side, Side][] = [];
  const come: Side[] = [];
  for (const side of next) {
    const partner = [...waiting].find(({ document }) => document.name === side.document.name);
    if (partner === undefined) {
      come.push(side);
      continue;
    }
    waiting.delete(partner);
    pairs.push([partner, side]);
  }
  return { pairs, gone: [...waiting], come };
}

function routesOf(side: Side): { side: Side; route: Route }[] {
  return side.table.routes.map((route) => ({ side, route }));
}

function routePaths(document: Document, sides: readonly Side[]): string[] {
  return sides
    .filter((side) => side.document === document)
    .flatMap((side) => side.table.routes.map(({ path }) => `${document.name} ${blank(path)}`));
}

type Placed = readonly { readonly side: Side; readonly route: Route }[];

function tellMoved(from: Route, to: Route, lost: Placed, found: Placed, ledger: Ledger): void {
  const before = lost.find(({ route }) => route === from)?.side;
  const after = found.find(({ route }) => route === to)?.side;
  if (before === undefined || after === undefined) return;
  const operation = after.table.operation(to);
  ledger.tell({
    rule: 'operation-relocated',
    level: 'compatible',
    side: 'operation',
    document: after.document.name,
    operation: nameOf(operation),
    old: addressOf(from.node),
    new: operation.address,
    text: {
      en: `the operation moved from the document ${before.document.name} to ${after.document.name}`,
      zh: `接口由文档 ${before.document.name} 移到 ${after.document.name}`,
    },
  });
  compareOperations(before, after, [{ old: from, next: to, metBy: 'path' }], ledger);
}

function tellDocument(side: Side, rule: 'document-removed' | 'document-added', ledger: Ledger): void {
  const { document, table } = side;
  const isGone = rule === 'document-removed';
  const count = table.routes.length;
  ledger.tell({
    rule,
    level: isGone ? (count > 0 ? 'breaking' : 'warning') : 'compatible',
    side: 'document',
    document: document.name,
    [isGone ? 'old' : 'new']: addressOf({ source: document.root, pointer: '' }),
    text: isGone
      ? { en: `the document is gone, with ${count} operations`, zh: `文档被删除，原有 ${count} 个接口` }
      : { en: `the document is new, with ${count} operations`, zh: `新增文档，共 ${count} 个接口` },
  });
}

function tellGone(side: Side, route: Route, served: ReadonlySet<string>, pairs: MatchedDocuments['pairs'], ledger: Ledger): void {
  const partner = pairs.find(([before]) => before === side)?.[1];
  const name = partner?.document.name ?? side.document.name;
  const operation = side.table.operation(route);
  const pathStays = partner !== undefined && served.has(`${partner.document.name} ${blank(route.path)}`);
  ledger.tell({
    rule: pathStays ? 'method-removed' : 'operation-removed',
    level: 'breaking',
    side: 'operation',
    document: name,
    operation: { ...nameOf(operation), document: name },
    old: operation.address,
    text: pathStays
      ? { en: `the method ${route.method} is gone; its path has others`, zh: `删除请求方法 ${route.method}，该路径仍有其他方法` }
      : operation.deprecated
        ? { en: 'the operation, which was deprecated, is gone', zh: '删除已弃用的接口' }
        : { en: 'the operation is gone', zh: '删除接口' },
  });
}

function tellNew(side: Side, route: Route, ledger: Ledger): void {
  const operation = side.table.operation(route);
  ledger.tell({
    rule: 'operation-added',
    level: 'compatible',
    side: 'operation',
    document: side.document.name,
    operation: nameOf(operation),
    new: operation.address,
    text: { en: 'the operation is new', zh: '新增接口' },
  });
}
