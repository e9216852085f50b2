import type { OperationTable } from '../../operations/index.ts';
import type { RememberedDocument } from '../coverage/index.ts';
import { createContractMarks } from './contract-marks.ts';
import type { ContractMarks } from './contract-marks.ts';

/** What documents and their state files say for replay. @param remembered of `loadRemembered`. */
export function contractMarks(table: OperationTable, remembered: readonly RememberedDocument[]): ContractMarks {
  return createContractMarks(table, new Map(remembered.map(({ model, given }) => [model.module, given])));
}
