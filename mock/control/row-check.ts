import { writeJson } from '../../operations/index.ts';
import { textOf } from '../../state/index.ts';
import type { Collection, Key, Row, World } from '../../state/index.ts';
import { Refusal } from './refusal.ts';

/**
 * Holds a row that a person wrote to what its collection can hold: a key of the kind that its other rows have, a status that its machine knows,
 * no values that have to be another row's alone.
 * @throws Refusal `INVALID_ROWS`, naming the row, the field and what would do.
 */
export function checkRow(collection: Collection, key: Key, row: Row, world: World): void {
  const refuse = (field: string, told: string): never => {
    throw new Refusal('INVALID_ROWS', `The row ${JSON.stringify(key)} of "${collection.name}" can't be saved: its "${field}" ${told}.`);
  };
  const others = Array.from(world.rows(collection.name)).filter(([other]) => other !== key);

  const { field } = collection.key;
  const kind = kindOf(row[field]);
  if (others.length > 0 && others.every(([, other]) => kindOf(other[field]) !== kind))
    refuse(field, `is ${kind}, while those of the other rows are ${kindOf(others[0]?.[1][field])}`);

  const { machine } = collection;
  const status = machine === undefined ? undefined : row[machine.field];
  if (machine !== undefined && machine.statuses.size > 0 && status !== undefined && status !== null) {
    const known = machine.statuses.get(textOf(status));
    const names = [...machine.statuses.keys()].join(', ');
    if (!machine.statuses.has(textOf(status)))
      refuse(machine.field, `is ${writeJson(status)}, which is no status of it; there are ${names}`);
    if (known !== undefined && kindOf(known) !== kindOf(status))
      refuse(machine.field, `is ${kindOf(status)}, while its statuses are ${kindOf(known)}`);
  }

  for (const { fields } of collection.unique) {
    if (fields.some((name) => row[name] === undefined || row[name] === null)) continue;
    const twin = others.find(([, other]) => fields.every((name) => other[name] === row[name]) && !isDeleted(collection, other));
    if (twin !== undefined)
      refuse(fields.join('" and "'), `is that of the row ${JSON.stringify(twin[0])} already, and has to be its alone`);
  }
}

function isDeleted({ softDelete }: Collection, row: Row): boolean {
  return softDelete !== undefined && Object.entries(softDelete).every(([field, mark]) => row[field] === mark);
}

function kindOf(value: unknown): string {
  return typeof value === 'number' || typeof value === 'bigint'
    ? 'a number'
    : typeof value === 'string'
      ? 'text'
      : 'neither text nor a number';
}
