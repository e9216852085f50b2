import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { t } from '../language.ts';
import { chosenCollection, collection, collections, readRows, rows } from '../rows.ts';
import type { Row } from '../rows.ts';
import { writeJson } from '../json.ts';
import { clock, remembers, session } from '../session.ts';
import { RowEditor } from './row-editor.tsx';
import { SessionPanel } from './session-panel.tsx';

const MOST_ROWS = 200;

/** What the session remembers: collections, their rows, one row to be edited. */
export function State(): JSX.Element {
  const editing = useSignal<{ readonly key: string | undefined } | undefined>(undefined);
  const search = useSignal('');
  useSignalEffect(() => {
    // Another session, or another time of its clock: other rows.
    void session.value;
    void clock.value?.milliseconds;
    if (remembers.value) void readRows();
  });
  if (!remembers.value)
    return <p class="empty">{t('The mock was started without state: nothing is remembered.', 'mock 启动时未启用状态，没有数据。')}</p>;
  const current = collection.value;
  if (current === undefined) return <p class="empty">{t('No state file: nothing is remembered.', '没有状态文件，没有数据。')}</p>;
  const all = rows.value[current.name] ?? [];
  const wanted = search.value.toLowerCase();
  const fitting = wanted === '' ? all : all.filter((row) => writeJson(row).toLowerCase().includes(wanted));
  const keyOf = (row: Row): string => String(row[current.key]);
  const edited = editing.value;
  const row = edited?.key === undefined ? undefined : all.find((one) => keyOf(one) === edited.key);

  return (
    <div class="state-grid">
      <nav class="collections" aria-label={t('Collections', '集合')}>
        <h2>{t('Collections', '集合')}</h2>
        {[...Map.groupBy(collections.value, ({ name }) => name.slice(0, name.indexOf('/')))].map(([module, list]) => (
          <div key={module}>
            <h3>{module}</h3>
            <ul>
              {list.map(({ name }) => (
                <li key={name}>
                  <button
                    type="button"
                    class="item"
                    aria-pressed={name === current.name}
                    onClick={() => {
                      chosenCollection.value = name;
                      editing.value = undefined;
                      search.value = '';
                    }}
                  >
                    <span>{name.slice(module.length + 1)}</span> <span class="count">{rows.value[name]?.length ?? 0}</span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <section class="rows-side" aria-label={t('Rows', '数据行')}>
        <div class="toolbar">
          <h2>{current.name}</h2>
          <input
            type="search"
            aria-label={t('Search rows', '搜索数据')}
            placeholder={t('Search rows', '搜索数据')}
            value={search.value}
            onInput={(event) => (search.value = event.currentTarget.value)}
          />
          <button type="button" onClick={() => (editing.value = { key: undefined })}>
            {t('New row', '新建')}
          </button>
          <button type="button" onClick={() => void readRows()}>
            {t('Refresh', '刷新')}
          </button>
        </div>
        <div class="table-box" tabIndex={0} role="region" aria-label={t('Rows', '数据行')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{current.key}</th>
                {current.status !== undefined && <th scope="col">{current.status}</th>}
                <th scope="col">{t('Row', '内容')}</th>
              </tr>
            </thead>
            <tbody>
              {fitting.slice(0, MOST_ROWS).map((one) => (
                <tr key={keyOf(one)} class={edited?.key === keyOf(one) ? 'chosen' : ''}>
                  <th scope="row">
                    <button type="button" class="link" onClick={() => (editing.value = { key: keyOf(one) })}>
                      {keyOf(one)}
                    </button>
                  </th>
                  {current.status !== undefined && <td class="state-status">{textOf(one[current.status])}</td>}
                  <td class="preview">
                    <span>{previewOf(one, [current.key, current.status])}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {fitting.length === 0 && (
            <p class="empty">{all.length === 0 ? t('No rows.', '没有数据。') : t('No row fits.', '没有符合的数据。')}</p>
          )}
          {fitting.length > MOST_ROWS && (
            <p class="quiet">
              {t(
                `The first ${MOST_ROWS} of ${fitting.length}: search to see others.`,
                `仅显示前 ${MOST_ROWS} 行，共 ${fitting.length} 行，请搜索。`,
              )}
            </p>
          )}
        </div>
      </section>
      <section class="edit-side" aria-label={t('Edit', '编辑')}>
        {edited === undefined ? (
          <SessionPanel />
        ) : (
          <RowEditor
            key={`${session.value} ${current.name} ${edited.key ?? ''}`}
            collection={current}
            row={row}
            onDone={(key) => (editing.value = key === undefined ? undefined : { key })}
          />
        )}
      </section>
    </div>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : writeJson(value);
}

/** The other fields in one line, those first that can be read there. */
function previewOf(row: Row, without: readonly (string | undefined)[]): string {
  const shown = Object.entries(row).filter(([name]) => !without.includes(name));
  const plain = shown.filter(([, value]) => typeof value !== 'object');
  const rest = shown.filter(([, value]) => typeof value === 'object');
  return [...plain, ...rest]
    .map(([name, value]) => `${name}: ${textOf(value).replace(/\s+/g, ' ').slice(0, 60)}`)
    .join(' · ')
    .slice(0, 300);
}
