import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { t } from '../language.ts';
import { faults, session, setFaults } from '../session.ts';
import type { FaultRule } from '../session.ts';
import { takenText } from './forced-panel.tsx';
import { operationNamed, OperationSelect } from './operation-select.tsx';

const KINDS = ['latency', 'status', 'reset', 'truncate', 'rateLimit'] as const;
type Kind = (typeof KINDS)[number];

/** What goes wrong on purpose, for which requests. */
export function FaultsPanel(): JSX.Element {
  const kind = useSignal<Kind>('latency');
  const amount = useSignal('800');
  const operation = useSignal('');
  const share = useSignal('100');
  const times = useSignal('');
  const onlySession = useSignal(false);

  const add = async (): Promise<void> => {
    const target = operationNamed(operation.value);
    const match = {
      ...(target === undefined ? {} : { document: target.document, operationId: target.operationId }),
      ...(onlySession.value ? { session: session.value } : {}),
    };
    const rule: FaultRule = {
      ...(Object.keys(match).length === 0 ? {} : { match }),
      ...effectOf(kind.value, Number(amount.value)),
      ...(share.value === '100' ? {} : { probability: Number(share.value) / 100 }),
      ...(times.value === '' ? {} : { times: Number(times.value) }),
    };
    // Ids are the mock's to give: those it gave go by number.
    await setFaults(
      [...faults.value, rule].map(({ id, ...rest }) => (id === undefined || /^fault-\d+$/.test(id) ? rest : { id, ...rest })),
    );
  };

  return (
    <section class="panel" aria-label={t('Faults', '故障注入')}>
      <h2>{t('Faults', '故障注入')}</h2>
      <p class="quiet">
        {t(
          'What goes wrong on purpose. A banner stays on every screen while a rule is on.',
          '有意制造的故障；启用期间所有页面都会显示提示。',
        )}
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <div class="fields">
          <label>
            {t('What', '类型')}
            <select
              value={kind.value}
              onChange={(event) => {
                kind.value = KINDS.find((one) => one === event.currentTarget.value) ?? 'latency';
                amount.value = presetOf(kind.value);
              }}
            >
              {KINDS.map((one) => (
                <option key={one} value={one}>
                  {kindName(one)}
                </option>
              ))}
            </select>
          </label>
          {kind.value !== 'reset' && (
            <label>
              {amountName(kind.value)}
              <input
                type="number"
                required
                min={kind.value === 'status' ? 400 : 0}
                max={kind.value === 'status' ? 599 : kind.value === 'latency' ? 60_000 : 1_000_000_000}
                value={amount.value}
                onInput={(event) => (amount.value = event.currentTarget.value)}
              />
            </label>
          )}
          <label>
            {t('Share, %', '比例（%）')}
            <input
              type="number"
              min="1"
              max="100"
              required
              value={share.value}
              onInput={(event) => (share.value = event.currentTarget.value)}
            />
          </label>
          <label>
            {t('Times', '次数')}
            <input
              type="number"
              min="1"
              max="1000000"
              placeholder={t('until stopped', '直到停止')}
              value={times.value}
              onInput={(event) => (times.value = event.currentTarget.value)}
            />
          </label>
        </div>
        <label>
          {t('Operation', '接口')}
          <OperationSelect
            value={operation.value}
            none={t('all operations', '全部接口')}
            onChange={(chosen) => (operation.value = chosen)}
          />
        </label>
        <label class="check">
          <input type="checkbox" checked={onlySession.value} onChange={(event) => (onlySession.value = event.currentTarget.checked)} />
          {t(`Only in the session ${session.value}`, `仅会话 ${session.value}`)}
        </label>
        <button type="submit" class="primary">
          {t('Add fault', '添加故障')}
        </button>
      </form>
      <ul class="plain">
        {faults.value.map((rule, index) => (
          <li key={rule.id ?? index}>
            <span class="grow">
              <strong>{rule.id}</strong> {describe(rule)} <span class="quiet">{takenText(rule)}</span>
            </span>
            <button
              type="button"
              aria-label={t(`Remove ${rule.id ?? ''}`, `删除 ${rule.id ?? ''}`)}
              onClick={() => void setFaults(faults.value.filter((one) => one !== rule))}
            >
              {t('Remove', '删除')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function effectOf(kind: Kind, amount: number): FaultRule {
  switch (kind) {
    case 'latency':
      return { latency: { fixed: amount } };
    case 'status':
      return { status: amount };
    case 'reset':
      return { reset: true };
    case 'truncate':
      return { truncate: amount };
    case 'rateLimit':
      return { rateLimit: { requests: amount, windowMs: 60_000 } };
  }
}

function presetOf(kind: Kind): string {
  return { latency: '800', status: '503', reset: '', truncate: '100', rateLimit: '10' }[kind];
}

function kindName(kind: Kind): string {
  switch (kind) {
    case 'latency':
      return t('Latency', '延迟');
    case 'status':
      return t('Error status', '错误状态码');
    case 'reset':
      return t('Connection reset', '连接重置');
    case 'truncate':
      return t('Cut body', '截断正文');
    case 'rateLimit':
      return t('Rate limit', '限流');
  }
}

function amountName(kind: Exclude<Kind, 'reset'>): string {
  switch (kind) {
    case 'latency':
      return t('Milliseconds', '毫秒');
    case 'status':
      return t('Status', '状态码');
    case 'truncate':
      return t('Bytes kept', '保留字节');
    case 'rateLimit':
      return t('Requests a minute', '每分钟请求数');
  }
}

function describe({ errorRate, latency, match, probability, rateLimit, reset, status, truncate }: FaultRule): string {
  const parts = [
    latency === undefined ? '' : `${kindName('latency')} ${latencyText(latency)}`,
    status === undefined && errorRate === undefined
      ? ''
      : `${kindName('status')} ${status ?? 503}${errorRate === undefined ? '' : ` (${Math.round(errorRate * 100)} %)`}`,
    reset === true ? kindName('reset') : '',
    truncate === undefined ? '' : `${kindName('truncate')} ${truncate}`,
    rateLimit === undefined ? '' : `${kindName('rateLimit')} ${rateLimit.requests} / ${rateLimit.windowMs / 1000} s`,
    probability === undefined ? '' : `${Math.round(probability * 100)} %`,
    match?.operationId ?? match?.document ?? t('all operations', '全部接口'),
    match?.path ?? '',
    match?.session === undefined ? '' : `${t('session', '会话')} ${match.session}`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function latencyText(latency: Readonly<Record<string, unknown>>): string {
  return typeof latency['fixed'] === 'number' ? `${latency['fixed']} ms` : JSON.stringify(latency);
}
