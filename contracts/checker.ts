import { createOperationTable, loadDocument } from '../operations/index.ts';
import type { Document, LoadOptions, OperationTable } from '../operations/index.ts';
import { checkExchange } from './check-exchange.ts';
import { createDefects } from './defects.ts';
import type { Exchange } from './exchange.ts';
import type { Judged } from './judged.ts';
import { originsOf } from './origins.ts';
import type { Hints } from './set-aside.ts';

/** Judges exchanges one at a time. It keeps nothing of them; what is compiled for an operation is compiled once, when it is first met. */
export interface Checker {
  readonly table: OperationTable;
  /** A promise only where a body is multipart. Never throws. */
  readonly check: (exchange: Exchange, hints?: Hints) => Judged | Promise<Judged>;
}

export interface CheckerOptions {
  /** Origins that are the documented API's although no document names them: `https://stage.example.com`. */
  readonly servers?: readonly string[];
}

/** A checker of documents that are loaded already. */
export function createChecker(documents: readonly Document[] | OperationTable, options: CheckerOptions = {}): Checker {
  const table = 'routes' in documents ? documents : createOperationTable(documents, { remarks: true });
  const context = { table, origins: originsOf(table, options.servers), defects: createDefects() };
  return { table, check: (exchange, hints) => checkExchange(context, exchange, hints) };
}

/**
 * Loads documents and makes a checker of them.
 * @throws DocumentError when one can't be read or is no OpenAPI document.
 */
export async function loadChecker(files: readonly string[], options: CheckerOptions & LoadOptions = {}): Promise<Checker> {
  return createChecker(await Promise.all(files.map((file) => loadDocument(file, options))), options);
}
