import type { Exchange, ServedOperation } from './exchange.ts';
import type { ForcedRule } from './session.ts';

/** Whether an operation may be answered with a status, by the statuses that its document lists. */
export function isDocumented({ statuses }: Pick<ServedOperation, 'statuses'>, status: number): boolean {
  const kind = `${String(status).charAt(0)}XX`;
  return status >= 100 && statuses.some((one) => one === String(status) || one.toUpperCase() === kind || one === 'default');
}

/** The rule that makes an operation answer as it did: with that status, and with the example where it was one. `undefined`: the document has no such answer. */
export function forcedRule({ response, why }: Exchange, operation: ServedOperation): ForcedRule | undefined {
  const { status } = response;
  if (!isDocumented(operation, status)) return undefined;
  const example = why.answer?.kind === 'example' ? why.answer.name : why.forced?.example;
  const { document, operationId } = operation;
  return { document, operationId, status, ...(example === undefined ? {} : { example }) };
}
