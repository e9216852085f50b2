import type { JSX } from 'preact';
import type { ServedOperation } from '../exchange.ts';
import { operations } from '../session.ts';

interface SelectProps {
  /** Module and operationId with a blank between; `''`: none. */
  readonly value: string;
  /** What choosing none means. */
  readonly none: string;
  readonly required?: boolean;
  readonly onChange: (value: string) => void;
}

/** Every operation, by module. */
export function OperationSelect({ value, none, required = false, onChange }: SelectProps): JSX.Element {
  return (
    <select value={value} required={required} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">{none}</option>
      {[...Map.groupBy(operations.value, ({ document }) => document)].map(([document, list]) => (
        <optgroup key={document} label={document}>
          {list.map((operation) => (
            <option key={operation.operationId} value={nameOf(operation)}>
              {operation.operationId} — {operation.method} {operation.path}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

export function nameOf({ document, operationId }: Pick<ServedOperation, 'document' | 'operationId'>): string {
  return `${document} ${operationId}`;
}

/** The operation of a name that {@link nameOf} made. */
export function operationNamed(name: string): ServedOperation | undefined {
  return operations.value.find((operation) => nameOf(operation) === name);
}
