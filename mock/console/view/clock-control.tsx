import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../language.ts';
import { clock, setClock } from '../session.ts';
import { localTime } from './time.ts';

/** The session's clock: what it shows, and its steering. */
export function ClockControl(): JSX.Element | null {
  const ticks = useSignal(Date.now());
  const moment = useSignal('');
  useEffect(() => {
    const timer = setInterval(() => (ticks.value = Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const reading = clock.value;
  if (reading === undefined) return null;
  const now = reading.frozen ? reading.milliseconds : reading.milliseconds + Math.max(0, ticks.value - reading.readAt);
  return (
    <span class="clock" role="group" aria-label={t('Virtual clock', '虚拟时钟')}>
      <span class="label">{t('Clock', '时钟')}</span>
      <time class={reading.frozen ? 'frozen' : ''} dateTime={new Date(now).toISOString()}>
        {localTime(now)}
      </time>
      {reading.frozen && <span class="tag">{t('frozen', '已冻结')}</span>}
      <button type="button" onClick={() => void setClock({ advance: '1h' })}>
        {t('+1 h', '+1 时')}
      </button>
      <button type="button" onClick={() => void setClock({ advance: '1d' })}>
        {t('+1 d', '+1 日')}
      </button>
      {reading.frozen ? (
        <button type="button" onClick={() => void setClock({ resume: true })}>
          {t('Resume', '继续')}
        </button>
      ) : (
        <button type="button" onClick={() => void setClock({ freeze: true })}>
          {t('Freeze', '冻结')}
        </button>
      )}
      <details class="menu">
        <summary>{t('Set…', '设置…')}</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const at = new Date(moment.value);
            if (Number.isNaN(at.getTime())) return;
            void setClock({ freeze: at.toISOString() });
            event.currentTarget.closest('details')?.removeAttribute('open');
          }}
        >
          <label>
            {t('Freeze at (local time)', '冻结于（本地时间）')}
            <input
              type="datetime-local"
              step="1"
              required
              value={moment.value}
              onInput={(event) => (moment.value = event.currentTarget.value)}
            />
          </label>
          <button type="submit" class="primary">
            {t('Set', '设置')}
          </button>
          <button type="button" onClick={() => void setClock({ shift: 0 })}>
            {t('Back to real time', '恢复真实时间')}
          </button>
        </form>
      </details>
    </span>
  );
}
