import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { ask, ControlError, sessionPath } from '../control.ts';
import { curlOf } from '../curl.ts';
import type { Exchange, ServedOperation } from '../exchange.ts';
import { forcedRule } from '../forced-rule.ts';
import { language, t } from '../language.ts';
import { overrideText } from '../override-text.ts';
import type { FileText } from '../override-text.ts';
import { addressOf, detailOpen, headingWanted, selected } from '../route.ts';
import type { CollectionInfo, Row } from '../rows.ts';
import { scenarioText } from '../scenario-text.ts';
import { forceAnswer, hasDocs, remembers } from '../session.ts';
import { CopyButton } from './copy-button.tsx';
import { nameOf, operationNamed } from './operation-select.tsx';
import { TextToSave } from './text-to-save.tsx';

/** What is shown below the buttons. */
type Shown =
  | { readonly kind: 'curl' }
  | { readonly kind: 'forced'; readonly status: number }
  | { readonly kind: 'told'; readonly text: string }
  | { readonly kind: 'override' | 'scenario'; readonly file: FileText };

/** What can be made of an exchange: the same request again, the same answer from now on, files of the workspace, the page of its operation. */
export function ExchangeActions({ exchange }: { readonly exchange: Exchange }): JSX.Element {
  const shown = useSignal<Shown | undefined>(undefined);
  const isBusy = useSignal(false);
  const { operation: matched } = exchange.why;
  // As it is served now: the document may have changed since.
  const operation = matched === undefined ? undefined : operationNamed(nameOf(matched));
  const curl = curlOf(exchange, location.origin);

  const attempt = async (work: () => Promise<Shown | undefined>): Promise<void> => {
    isBusy.value = true;
    try {
      shown.value = await work();
    } catch (error) {
      const text = error instanceof ControlError ? error.message : t('The mock can not be reached.', '无法连接 mock。');
      shown.value = { kind: 'told', text };
    }
    isBusy.value = false;
  };
  const toggle = (kind: Shown['kind'], work: () => Promise<Shown>): void => {
    if (shown.value?.kind === kind) shown.value = undefined;
    else void attempt(work);
  };
  const expanded = (kind: Shown['kind']) => ({ 'aria-expanded': shown.value?.kind === kind });

  return (
    <div class="actions">
      <div class="buttons" role="group" aria-label={t('What can be done with it', '可用操作')}>
        <button type="button" disabled={isBusy.value} onClick={() => void attempt(() => sendAgain(exchange))}>
          {t('Send again', '重新发送')}
        </button>
        <CopyButton text={curl} onRefused={() => (shown.value = { kind: 'curl' })}>
          {t('Copy as curl', '复制为 curl')}
        </CopyButton>
        {operation !== undefined && (
          <>
            <button type="button" disabled={isBusy.value} onClick={() => void attempt(() => force(exchange, operation))}>
              {t('Force this status', '指定此状态码')}
            </button>
            <button type="button" {...expanded('override')} onClick={() => toggle('override', async () => overrideOf(exchange, operation))}>
              {t('Save as override', '存为覆盖代码')}
            </button>
            {remembers.value && (
              <button type="button" {...expanded('scenario')} onClick={() => toggle('scenario', () => scenarioOf(exchange, operation))}>
                {t('Save as scenario', '存为场景')}
              </button>
            )}
            {hasDocs.value && (
              <a class="button" href={docsAddress(operation)} target="_blank" rel="noreferrer">
                {t('Open in docs', '在文档中打开')} ↗
              </a>
            )}
          </>
        )}
      </div>
      <Outcome shown={shown.value} exchange={exchange} curl={curl} />
    </div>
  );
}

interface OutcomeProps {
  readonly shown: Shown | undefined;
  readonly exchange: Exchange;
  readonly curl: string;
}

function Outcome({ shown, exchange: { session, why }, curl }: OutcomeProps): JSX.Element | null {
  switch (shown?.kind) {
    case undefined:
      return null;
    case 'told':
      return (
        <p class="error" role="alert">
          {shown.text}
        </p>
      );
    case 'curl':
      return <textarea readOnly rows={4} aria-label="curl" value={curl} onFocus={(event) => event.currentTarget.select()} />;
    case 'forced':
      return (
        <p class="fine" role="status">
          {t(
            `In the session ${session} ${why.operation?.operationId} answers ${shown.status} until that is cleared.`,
            `在会话 ${session} 中，${why.operation?.operationId} 将应答 ${shown.status}，直到清除。`,
          )}{' '}
          <a href={addressOf('control')}>{t('Forced answers', '指定应答')}</a>
        </p>
      );
    case 'override':
      return (
        <TextToSave
          title={t('Override', '覆盖代码')}
          file={shown.file}
          hint={t(
            'Answers every request to this operation so. Where the file is there already, take only the member over. Live as soon as it is saved.',
            '此接口的所有请求都将如此应答。文件已存在时，只需把其中的成员并入。保存后立即生效。',
          )}
        />
      );
    case 'scenario':
      return (
        <TextToSave
          title={t('Scenario', '场景')}
          file={shown.file}
          hint={t(
            `The rows of this module as the session ${session} has them now. Put it into the state file; then a session can begin with it.`,
            `会话 ${session} 中此模块目前的数据。并入状态文件后，会话即可从该场景开始。`,
          )}
        />
      );
  }
}

async function sendAgain({ id }: Exchange): Promise<Shown | undefined> {
  const { id: next, status } = await ask<{ readonly id?: number; readonly status: number }>(`journal/${id}/again`, { method: 'POST' });
  if (next === undefined)
    return {
      kind: 'told',
      text: t(`It was answered ${status}, but the journal does not have it.`, `应答为 ${status}，但请求记录中没有该条。`),
    };
  headingWanted.value = detailOpen.value;
  selected.value = next;
  return undefined;
}

async function force(exchange: Exchange, operation: ServedOperation): Promise<Shown> {
  const rule = forcedRule(exchange, operation);
  if (rule === undefined) return { kind: 'told', text: undocumented(exchange, operation) };
  await forceAnswer(exchange.session, rule);
  return { kind: 'forced', status: exchange.response.status };
}

function overrideOf(exchange: Exchange, operation: ServedOperation): Shown {
  const file = overrideText(exchange, operation);
  if (file === 'undocumented') return { kind: 'told', text: undocumented(exchange, operation) };
  if (file === 'cut')
    return {
      kind: 'told',
      text: t('The body is too long to be shown here; Save HAR has it whole.', '正文过长，此处不完整；保存 HAR 可得到完整内容。'),
    };
  return { kind: 'override', file };
}

async function scenarioOf({ id, session }: Exchange, { document }: ServedOperation): Promise<Shown> {
  const [collections, rows] = await Promise.all([
    ask<readonly CollectionInfo[]>('collections'),
    ask<Readonly<Record<string, readonly Row[]>>>(sessionPath(session, 'state')),
  ]);
  const file = scenarioText(document, `exchange-${id}`, collections, rows);
  if (file !== undefined) return { kind: 'scenario', file };
  return { kind: 'told', text: t(`${document} has no state file: it remembers nothing.`, `${document} 没有状态文件，不保存数据。`) };
}

function undocumented({ response: { status } }: Exchange, { operationId, statuses }: ServedOperation): string {
  const list = statuses.join(', ');
  if (status === 0) return t('There was no answer: the connection was reset.', '没有应答：连接已被重置。');
  return t(
    `The document of ${operationId} has no answer ${status}; it has ${list}. A fault can answer so.`,
    `${operationId} 的文档中没有状态码 ${status}（有 ${list}）。可用故障注入实现。`,
  );
}

/** The mock serves the pages beside the console, wherever that is. */
function docsAddress({ document, operationId }: ServedOperation): string {
  return `../docs/operation/${language.value}/${encodeURIComponent(document)}/${encodeURIComponent(operationId)}`;
}
