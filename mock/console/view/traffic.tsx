import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { send } from '../control.ts';
import { clear, connection, entries, filterText, held, offReason, paused, setPaused, shown } from '../journal.ts';
import { t } from '../language.ts';
import { detailOpen, screen, selected } from '../route.ts';
import { told } from '../session.ts';
import { saveFile } from './save-file.ts';
import { ExchangeDetail } from './exchange-detail.tsx';
import { ExchangeList } from './exchange-list.tsx';

/** The journal as it happens, and one exchange in full. */
export function Traffic(): JSX.Element {
  const filterBox = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => onShortcut(event, filterBox.current);
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  if (connection.value === 'off') return <p class="empty">{offReason.value}</p>;
  return (
    <div class={`split ${detailOpen.value ? 'detail-open' : ''}`}>
      <section class="list-side" aria-label={t('Exchanges', '请求列表')}>
        <div class="toolbar">
          <input
            ref={filterBox}
            type="search"
            class="filter"
            aria-label={t('Filter', '筛选')}
            placeholder={t('Filter: status:4xx module:tie bad text', '筛选：status:4xx module:tie bad 文字')}
            title={t(
              'status: module: method: op: session: by: — bad, unmatched, fault, forced — a minus turns a word round',
              'status: module: method: op: session: by: — bad、unmatched、fault、forced — 前加减号表示排除',
            )}
            value={filterText.value}
            onInput={(event) => (filterText.value = event.currentTarget.value)}
          />
          <Chip word="bad">{t('Violations', '只看违规')}</Chip>
          <Chip word="unmatched">{t('Unmatched', '未匹配')}</Chip>
          <button type="button" aria-pressed={paused.value} onClick={() => setPaused(!paused.value)}>
            {paused.value ? t(`Resume (${held.value} new)`, `继续（新 ${held.value}）`) : t('Pause', '暂停')}
          </button>
          <button type="button" onClick={() => void told(clearAll)}>
            {t('Clear', '清空')}
          </button>
          <button type="button" onClick={() => void told(saveHar)}>
            {t('Save HAR', '保存 HAR')}
          </button>
          <span class="count">
            {t(`${shown.value.length} of ${entries.value.length}`, `${shown.value.length} / ${entries.value.length} 条`)}
          </span>
        </div>
        <ExchangeList />
        <p class="keys">
          <kbd>j</kbd> <kbd>k</kbd> {t('move', '移动')} · <kbd>Enter</kbd> {t('open', '打开')} · <kbd>/</kbd> {t('filter', '筛选')} ·{' '}
          <kbd>Esc</kbd> {t('back', '返回')}
        </p>
      </section>
      <section class="detail-side" aria-label={t('Exchange', '请求详情')}>
        {selected.value === undefined ? <Nothing /> : <ExchangeDetail key={selected.value} id={selected.value} />}
      </section>
    </div>
  );
}

function Nothing(): JSX.Element {
  return <p class="empty">{t('Choose an exchange to see why it was answered so.', '选择一条请求，查看应答原因。')}</p>;
}

/** A word of the filter as a switch. */
function Chip({ word, children }: { readonly word: string; readonly children: string }): JSX.Element {
  const words = filterText.value.split(/\s+/).filter((one) => one !== '');
  const isOn = words.includes(word);
  const turned = isOn ? words.filter((one) => one !== word) : [...words, word];
  return (
    <button type="button" aria-pressed={isOn} onClick={() => (filterText.value = turned.join(' '))}>
      {children}
    </button>
  );
}

async function clearAll(): Promise<void> {
  await clear();
  selected.value = undefined;
  detailOpen.value = false;
}

async function saveHar(): Promise<void> {
  const response = await send('journal.har');
  saveFile('journal.har', await response.blob());
}

/** j and k, Enter, Escape and /; left alone where somebody types. */
function onShortcut(event: KeyboardEvent, filterBox: HTMLInputElement | null): void {
  if (screen.value !== 'traffic' || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target instanceof HTMLElement ? event.target : undefined;
  const types = target?.matches('input, textarea, select') === true;
  if (event.key === 'Escape') {
    if (types) target?.blur();
    else detailOpen.value = false;
    return;
  }
  if (types) return;
  if (event.key === '/') {
    event.preventDefault();
    filterBox?.focus();
  } else if (event.key === 'j' || event.key === 'k') {
    move(event.key === 'j' ? 1 : -1);
  } else if (event.key === 'Enter' && selected.value !== undefined && target?.closest('button, a, summary') === null) {
    detailOpen.value = true;
    // Readers of the screen go on there.
    document.querySelector<HTMLElement>('.detail h1')?.focus();
  }
}

/** To the next or the last one of the list. */
function move(step: number): void {
  const list = shown.value;
  if (list.length === 0) return;
  const index = list.findIndex(({ id }) => id === selected.value);
  const next = index < 0 ? 0 : Math.min(Math.max(index + step, 0), list.length - 1);
  selected.value = list[next]?.id;
}
