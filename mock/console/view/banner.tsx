import type { JSX } from 'preact';
import { t } from '../language.ts';
import { activeFaults, activeForced, session, setFaults, setForced } from '../session.ts';
import { addressOf } from '../route.ts';

/** While answers are not what they would be by themselves, every screen says so. */
export function Banner(): JSX.Element | null {
  const [rules, answers] = [activeFaults.value.length, activeForced.value.length];
  if (rules === 0 && answers === 0) return null;
  return (
    <div class="banner" role="status">
      {rules > 0 && (
        <span>
          <a href={addressOf('control')}>{t(`Faults are on: ${rules}`, `故障注入中：${rules} 条规则`)}</a>
          <button type="button" onClick={() => void setFaults([])}>
            {t('Stop faults', '停止故障')}
          </button>
        </span>
      )}
      {answers > 0 && (
        <span>
          <a href={addressOf('control')}>
            {t(`Forced answers in ${session.value}: ${answers}`, `会话 ${session.value} 指定应答：${answers} 个接口`)}
          </a>
          <button type="button" onClick={() => void setForced([])}>
            {t('Clear', '清除')}
          </button>
        </span>
      )}
    </div>
  );
}
