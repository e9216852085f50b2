import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { ControlError } from '../control.ts';
import { parseJson, writeJson } from '../json.ts';
import { t } from '../language.ts';
import { removeRow, saveRow } from '../rows.ts';
import type { CollectionInfo, Row } from '../rows.ts';

interface EditorProps {
  readonly collection: CollectionInfo;
  /** `undefined`: a new one. */
  readonly row: Row | undefined;
  /** Told of the key to go on with; `undefined`: closed. */
  readonly onDone: (key: string | undefined) => void;
}

/** A row as JSON. What can't be saved is told, and stays to be mended. */
export function RowEditor({ collection, row, onDone }: EditorProps): JSX.Element {
  const start = row === undefined ? { [collection.key]: '' } : row;
  const text = useSignal(writeJson(start));
  const failure = useSignal('');
  const saved = useSignal(false);
  const key = row === undefined ? undefined : String(row[collection.key]);

  const save = async (): Promise<void> => {
    saved.value = false;
    const read = readRow(text.value, collection);
    if (!read.ok) {
      failure.value = read.reason;
      return;
    }
    const nextKey = String(read.row[collection.key]);
    try {
      await saveRow(collection.name, read.row, key === nextKey ? undefined : key);
      failure.value = '';
      saved.value = true;
      if (nextKey !== key) onDone(nextKey);
    } catch (error) {
      failure.value = error instanceof ControlError ? error.message : t('The mock can not be reached.', '无法连接 mock。');
    }
  };

  return (
    <form
      class="row-editor"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>
        {row === undefined ? t('New row', '新建数据') : t('Row', '数据行')} {key}
      </h2>
      {collection.statuses !== undefined && collection.status !== undefined && (
        <p class="quiet">
          {collection.status}: {collection.statuses.join(' · ')}
        </p>
      )}
      <label>
        <span class="visually-hidden">JSON</span>
        <textarea
          class="code"
          rows={18}
          spellcheck={false}
          value={text.value}
          aria-invalid={failure.value !== ''}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            saved.value = false;
          }}
        />
      </label>
      {failure.value !== '' && (
        <p class="error" role="alert">
          {failure.value}
        </p>
      )}
      {saved.value && (
        <p class="fine" role="status">
          {t('Saved: the next answer has it.', '已保存，下一次应答即生效。')}
        </p>
      )}
      <div class="buttons">
        <button type="submit" class="primary">
          {t('Save', '保存')}
        </button>
        {key !== undefined && (
          <button
            type="button"
            class="danger"
            onClick={() => {
              void removeRow(collection.name, key).then(() => onDone(undefined));
            }}
          >
            {t('Delete', '删除')}
          </button>
        )}
        <button type="button" onClick={() => onDone(undefined)}>
          {t('Close', '关闭')}
        </button>
      </div>
    </form>
  );
}

type ReadRow = { readonly ok: true; readonly row: Row } | { readonly ok: false; readonly reason: string };

/** What can be told without asking the mock. */
function readRow(text: string, { key }: CollectionInfo): ReadRow {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: t(`This is no JSON: ${reason}`, `不是有效的 JSON：${reason}`) };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, reason: t('A row is an object: { … }', '数据行应为对象：{ … }') };
  const row = value as Row;
  const given = row[key];
  if (given === undefined || given === null || given === '')
    return { ok: false, reason: t(`The row needs its key in "${key}".`, `数据行缺少主键 "${key}"。`) };
  return { ok: true, row };
}
