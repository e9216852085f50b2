import { computed, signal } from '@preact/signals';
import { ask, sessionPath } from './control.ts';
import { session, told } from './session.ts';

export interface CollectionInfo {
  /** `module/name`. */
  readonly name: string;
  /** The field of the key. */
  readonly key: string;
  readonly status?: string;
  readonly statuses?: readonly string[];
}

export type Row = Readonly<Record<string, unknown>>;

export const collections = signal<readonly CollectionInfo[]>([]);
export const rows = signal<Readonly<Record<string, readonly Row[]>>>({});
export const snapshots = signal<readonly string[]>([]);
export const chosenCollection = signal('');

/** The collection that is looked at; the first one that has rows where none was chosen. */
export const collection = computed(() => {
  const known = collections.value;
  return (
    known.find(({ name }) => name === chosenCollection.value) ?? known.find(({ name }) => (rows.value[name]?.length ?? 0) > 0) ?? known[0]
  );
});

/** Collections, rows and snapshots of the session, as they are now. */
export async function readRows(): Promise<void> {
  const name = session.value;
  await told(async () => {
    const [known, state, saved] = await Promise.all([
      ask<CollectionInfo[]>('collections'),
      ask<Record<string, Row[]>>(sessionPath(name, 'state')),
      ask<string[]>(sessionPath(name, 'snapshots')),
    ]);
    if (name !== session.value) return;
    collections.value = known;
    rows.value = state;
    snapshots.value = saved;
  }, false);
}

/** Makes a row exactly this. @throws ControlError that tells what is wrong with it. */
export async function saveRow(name: string, row: unknown, replaced: string | undefined): Promise<void> {
  const remove = replaced === undefined ? {} : { remove: { [name]: [replaced] } };
  await ask(sessionPath(session.value, 'state'), { method: 'PATCH', body: { set: { [name]: [row] }, ...remove } });
  await readRows();
}

export async function removeRow(name: string, key: string): Promise<void> {
  await told(async () => {
    await ask(sessionPath(session.value, 'state'), { method: 'PATCH', body: { remove: { [name]: [key] } } });
    await readRows();
  });
}

export async function changeSnapshot(name: string, action: 'save' | 'restore' | 'remove'): Promise<boolean> {
  const path = sessionPath(session.value, `snapshots/${encodeURIComponent(name)}`);
  return await told(async () => {
    if (action === 'restore') await ask(`${path}/restore`, { method: 'POST' });
    else await ask(path, { method: action === 'save' ? 'PUT' : 'DELETE' });
    await readRows();
  });
}
