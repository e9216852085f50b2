import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { targetOf } from '../exchange.ts';
import type { AnswerKind, Summary } from '../exchange.ts';
import { decoded, isUnmatched } from '../filter.ts';
import { entries, shown } from '../journal.ts';
import { language, t } from '../language.ts';
import { detailOpen, selected } from '../route.ts';
import { shownMilliseconds, timeOfDay } from './time.ts';

/** In CSS too (`.row`). */
const ROW_HEIGHT = 32;
/** Rows drawn beyond both edges of what is seen. */
const MARGIN = 12;

/** Only the rows that are seen are in the page, however many there are. */
export function ExchangeList(): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const top = useSignal(0);
  const height = useSignal(600);
  const list = shown.value;

  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => (height.value = element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useHeldPlace(box.current, list);

  // The chosen one stays in sight when keys move it.
  useSignalEffect(() => {
    // Read before anything else: an effect runs again for what it has read.
    const chosen = selected.value;
    const index = shown.peek().findIndex(({ id }) => id === chosen);
    const element = box.current;
    if (element === null || index < 0) return;
    const [start, end] = [index * ROW_HEIGHT, (index + 1) * ROW_HEIGHT];
    if (start < element.scrollTop) element.scrollTop = start;
    else if (end > element.scrollTop + element.clientHeight) element.scrollTop = end - element.clientHeight;
  });

  const first = Math.max(0, Math.floor(top.value / ROW_HEIGHT) - MARGIN);
  const last = Math.min(list.length, Math.ceil((top.value + height.value) / ROW_HEIGHT) + MARGIN);
  const isDrawn = selected.value !== undefined && list.slice(first, last).some(({ id }) => id === selected.value);
  return (
    <>
      <div class="row head" aria-hidden="true">
        <span>{t('Time', '时间')}</span>
        <span>{t('Method', '方法')}</span>
        <span>{t('Path', '路径')}</span>
        <span>{t('Status', '状态')}</span>
        <span>{t('Contract', '契约')}</span>
        <span>{t('From', '来源')}</span>
        <span class="number">{t('ms', '毫秒')}</span>
      </div>
      <div
        ref={box}
        class="rows"
        role="listbox"
        tabIndex={0}
        aria-label={t('Exchanges, newest first', '请求，最新在前')}
        aria-activedescendant={isDrawn ? `exchange-${selected.value}` : undefined}
        onScroll={(event) => (top.value = event.currentTarget.scrollTop)}
        onKeyDown={onKey}
      >
        <div class="canvas" role="presentation" style={{ height: `${list.length * ROW_HEIGHT}px` }}>
          <div role="presentation" style={{ transform: `translateY(${first * ROW_HEIGHT}px)` }}>
            {list.slice(first, last).map((entry, index) => (
              <ExchangeRow
                key={entry.id}
                entry={entry}
                position={first + index + 1}
                count={list.length}
                isSelected={entry.id === selected.value}
              />
            ))}
          </div>
        </div>
      </div>
      {list.length === 0 && (
        <p class="empty">
          {entries.value.length === 0 ? t('Waiting for requests.', '等待请求。') : t('Nothing fits the filter.', '没有符合条件的请求。')}
        </p>
      )}
    </>
  );
}

/** New entries come in at the top: who has scrolled down goes on seeing the same rows. */
function useHeldPlace(element: HTMLDivElement | null, list: readonly Summary[]): void {
  const before = useRef<Summary | undefined>(undefined);
  useLayoutEffect(() => {
    const known = before.current;
    before.current = list[0];
    if (element === null || known === undefined || element.scrollTop < ROW_HEIGHT) return;
    const added = list.indexOf(known);
    if (added > 0) element.scrollTop += added * ROW_HEIGHT;
  }, [list]);
}

function onKey(event: KeyboardEvent): void {
  const list = shown.value;
  const index = list.findIndex(({ id }) => id === selected.value);
  const to = { ArrowDown: index + 1, ArrowUp: Math.max(index - 1, 0), Home: 0, End: list.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  selected.value = list[Math.min(to, list.length - 1)]?.id ?? selected.value;
}

interface RowProps {
  readonly entry: Summary;
  readonly position: number;
  readonly count: number;
  readonly isSelected: boolean;
}

function ExchangeRow({ entry, position, count, isSelected }: RowProps): JSX.Element {
  const { errors, warnings, first, method, status } = entry;
  const verdict = verdictOf(entry);
  const message = language.value === 'zh' ? (first?.chinese ?? first?.message) : first?.message;
  const choose = (): void => {
    selected.value = entry.id;
    detailOpen.value = true;
  };
  return (
    // Keys are the list's own: an option is chosen by moving to it.
    <div
      class={`row ${errors > 0 ? 'bad' : ''}`}
      id={`exchange-${entry.id}`}
      role="option"
      aria-selected={isSelected}
      aria-setsize={count}
      aria-posinset={position}
      title={message}
      onClick={choose}
    >
      <span class="time">{timeOfDay(entry.at)}</span>
      <span class={`method ${method.toLowerCase()}`}>{method}</span>
      <span class="path">
        {decoded(targetOf(entry))}
        {entry.session !== 'default' && <span class="tag">{entry.session}</span>}
      </span>
      <span class={`status s${String(status).charAt(0)}`}>{status === 0 ? t('reset', '重置') : status}</span>
      <span class={errors > 0 ? 'verdict error' : warnings > 0 ? 'verdict warning' : `verdict ${verdict.kind}`}>{verdict.text}</span>
      <span class="source">{sourceOf(entry)}</span>
      <span class="number">{shownMilliseconds(entry.milliseconds)}</span>
    </div>
  );
}

function verdictOf(entry: Summary): { readonly kind: string; readonly text: string } {
  if (entry.errors > 0) return { kind: 'error', text: `✕ ${entry.errors}` };
  if (isUnmatched(entry)) return { kind: 'warning', text: t('unmatched', '未匹配') };
  if (entry.step === 'security') return { kind: 'warning', text: t('no access', '未授权') };
  if (entry.warnings > 0) return { kind: 'warning', text: `! ${entry.warnings}` };
  return entry.operationId === undefined ? { kind: '', text: '–' } : { kind: 'fine', text: '✓' };
}

function sourceOf({ answeredBy, fault, forced, step }: Summary): string {
  if (fault !== undefined) return t('fault', '故障');
  if (forced === true) return t('forced', '指定');
  return answeredBy === undefined ? (step === 'answer' ? '–' : t('refusal', '拒绝')) : sourceName(answeredBy);
}

export function sourceName(kind: AnswerKind): string {
  switch (kind) {
    case 'override':
      return t('override', '覆盖代码');
    case 'state':
      return t('state', '状态');
    case 'example':
      return t('example', '示例');
    case 'generated':
      return t('generated', '生成');
    case 'forward':
      return t('forwarded', '转发');
    case 'empty':
      return t('no body', '无正文');
  }
}
