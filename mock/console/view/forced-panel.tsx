import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { ask } from '../control.ts';
import { t } from '../language.ts';
import { forced, session, setForced, told } from '../session.ts';
import type { ForcedRule } from '../session.ts';
import { nameOf, operationNamed, OperationSelect } from './operation-select.tsx';

interface Described {
  readonly responses: readonly { readonly status: string; readonly examples: readonly string[] }[];
}

/** A status or an example that is wanted of an operation, for this session. */
export function ForcedPanel(): JSX.Element {
  const name = useSignal('');
  const status = useSignal('');
  const example = useSignal('');
  const times = useSignal('');
  const described = useSignal<Described | undefined>(undefined);

  const choose = (chosen: string): void => {
    name.value = chosen;
    status.value = '';
    example.value = '';
    described.value = undefined;
    const operation = operationNamed(chosen);
    if (operation === undefined) return;
    void told(async () => {
      const path = `documents/${encodeURIComponent(operation.document)}/operations/${encodeURIComponent(operation.operationId)}`;
      const read = await ask<Described>(path);
      if (name.value === chosen) described.value = read;
    });
  };
  const add = async (): Promise<void> => {
    const operation = operationNamed(name.value);
    if (operation === undefined) return;
    const rule: ForcedRule = {
      document: operation.document,
      operationId: operation.operationId,
      ...(status.value === '' ? {} : { status: Number(status.value) }),
      ...(example.value === '' ? {} : { example: example.value }),
      ...(times.value === '' ? {} : { times: Number(times.value) }),
    };
    const others = forced.value.filter((one) => nameOf(one) !== name.value);
    if (await setForced([...others, rule])) choose('');
  };
  const statuses = (described.value?.responses ?? []).flatMap((response) => statusesOf(response.status));
  const examples = described.value?.responses.find((response) => statusesOf(response.status).includes(status.value))?.examples ?? [];

  return (
    <section class="panel" aria-label={t('Forced answers', '指定应答')}>
      <h2>
        {t('Forced answers', '指定应答')} <span class="tag">{session.value}</span>
      </h2>
      <p class="quiet">
        {t(
          'An operation answers with this status or example, as if clients sent Prefer. Requests are still checked; the state is left alone.',
          '接口将以指定的状态码或示例应答，相当于客户端发送 Prefer。请求仍会校验，状态不受影响。',
        )}
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <label>
          {t('Operation', '接口')}
          <OperationSelect value={name.value} none={t('Choose…', '请选择…')} required onChange={choose} />
        </label>
        <div class="fields">
          <label>
            {t('Status', '状态码')}
            <select
              value={status.value}
              required
              disabled={described.value === undefined}
              onChange={(event) => {
                status.value = event.currentTarget.value;
                example.value = '';
              }}
            >
              <option value="">{t('Choose…', '请选择…')}</option>
              {statuses.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t('Example', '示例')}
            <select
              value={example.value}
              disabled={examples.length === 0}
              onChange={(event) => (example.value = event.currentTarget.value)}
            >
              <option value="">{t('the first one', '首个')}</option>
              {examples.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t('Answers', '次数')}
            <input
              type="number"
              min="1"
              max="1000000"
              placeholder={t('until cleared', '直到清除')}
              value={times.value}
              onInput={(event) => (times.value = event.currentTarget.value)}
            />
          </label>
        </div>
        <button type="submit" class="primary">
          {t('Force', '指定')}
        </button>
      </form>
      <ul class="plain">
        {forced.value.map((rule) => (
          <li key={nameOf(rule)}>
            <span class="grow">
              <strong>{rule.operationId}</strong> → {[rule.status ?? '2XX', rule.example].filter((one) => one !== undefined).join(' · ')}{' '}
              <span class="quiet">{takenText(rule)}</span>
            </span>
            <button
              type="button"
              aria-label={t(`Clear ${rule.operationId}`, `清除 ${rule.operationId}`)}
              onClick={() => void setForced(forced.value.filter((one) => one !== rule))}
            >
              {t('Clear', '清除')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Statuses that can be asked for where the document names a class or `default`. */
function statusesOf(status: string): string[] {
  if (status === 'default') return ['500'];
  if (!/^[2-5](?:\d\d|XX)$/.test(status)) return [];
  return [status.replace('XX', '00')];
}

export function takenText({ taken = 0, times }: { readonly taken?: number; readonly times?: number }): string {
  if (times === undefined) return t(`${taken} so far`, `已生效 ${taken} 次`);
  return taken >= times ? t(`used up (${times})`, `已用完（${times} 次）`) : t(`${taken} of ${times}`, `${taken} / ${times} 次`);
}
