import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { t } from '../language.ts';
import { changeSnapshot, readRows, snapshots } from '../rows.ts';
import { resetSession, scenarios, session } from '../session.ts';

/** What can be done with a session as a whole: begin anew, keep, come back. */
export function SessionPanel(): JSX.Element {
  const scenario = useSignal('default');
  const name = useSignal('');
  return (
    <div class="panel">
      <h2>
        {t('Session', '会话')} {session.value}
      </h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void resetSession(scenario.value).then(readRows);
        }}
      >
        <label>
          {t('Begin anew from the scenario', '以场景重新开始')}
          <select value={scenario.value} onChange={(event) => (scenario.value = event.currentTarget.value)}>
            {scenarios.value.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">{t('Reset', '重置')}</button>
        <p class="quiet">{t('Rows and clock become those of the scenario; snapshots stay.', '数据与时钟恢复为场景初始值，快照保留。')}</p>
      </form>
      <h3>{t('Snapshots', '快照')}</h3>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void changeSnapshot(name.value, 'save').then((done) => done && (name.value = ''));
        }}
      >
        <label>
          {t('Name (letters, digits, . _ -)', '名称（字母、数字、. _ -）')}
          <input
            required
            pattern="[A-Za-z0-9_.\-]{1,64}"
            value={name.value}
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
        </label>
        <button type="submit">{t('Save snapshot', '保存快照')}</button>
      </form>
      {snapshots.value.length === 0 && <p class="quiet">{t('None yet.', '暂无快照。')}</p>}
      <ul class="plain">
        {snapshots.value.map((one) => (
          <li key={one}>
            <span class="grow">{one}</span>
            <button type="button" aria-label={t(`Restore ${one}`, `恢复 ${one}`)} onClick={() => void changeSnapshot(one, 'restore')}>
              {t('Restore', '恢复')}
            </button>
            <button type="button" aria-label={t(`Remove ${one}`, `删除 ${one}`)} onClick={() => void changeSnapshot(one, 'remove')}>
              {t('Remove', '删除')}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
