import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { coverageOf } from '../coverage.ts';
import type { OperationCoverage, StatusSeen } from '../coverage.ts';
import { entries, filterText } from '../journal.ts';
import { t } from '../language.ts';
import { addressOf } from '../route.ts';
import { operations, session } from '../session.ts';

/** Which operations the session's requests touched, and with which statuses. */
export function Coverage(): JSX.Element {
  const onlyMissing = useSignal(false);
  const ofSession = entries.value.filter((entry) => entry.session === session.value);
  const modules = coverageOf(operations.value, ofSession);
  const called = modules.reduce((total, module) => total + module.called, 0);
  return (
    <div class="coverage-screen">
      <div class="toolbar">
        <h2>
          {t('Coverage of the session', '会话覆盖')} <span class="tag">{session.value}</span>
        </h2>
        <p>{t(`${called} of ${operations.value.length} operations called`, `已调用 ${called} / ${operations.value.length} 个接口`)}</p>
        <button type="button" aria-pressed={onlyMissing.value} onClick={() => (onlyMissing.value = !onlyMissing.value)}>
          {t('Never called only', '只看从未调用')}
        </button>
        <p class="legend">
          <span class="chip seen">200 ×3</span> {t('seen', '已出现')} <span class="chip unseen">404</span>{' '}
          {t('documented, not seen', '文档中有，未出现')} <span class="chip undocumented">500 ×1</span> {t('not documented', '不在文档中')}
        </p>
      </div>
      {modules.map((module) => (
        <section key={module.document} class="module" aria-label={module.document}>
          <h3>
            {module.document}{' '}
            <span class="count">
              {module.called} / {module.operations.length}
            </span>
            <meter
              min={0}
              max={module.operations.length}
              value={module.called}
              aria-label={t(`Called of ${module.document}`, `${module.document} 已调用`)}
            />
          </h3>
          <ul class="cells">
            {module.operations
              .filter(({ calls }) => !onlyMissing.value || calls === 0)
              .map((one) => (
                <Cell key={one.operation.operationId} covered={one} />
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Cell({ covered: { operation, calls, bad, statuses } }: { readonly covered: OperationCoverage }): JSX.Element {
  const look = (): void => {
    filterText.value = `op:${operation.operationId} session:${session.value}`;
  };
  return (
    <li class={`cell ${calls === 0 ? 'never' : bad > 0 ? 'bad' : 'called'}`}>
      <p class="name">
        {calls === 0 ? (
          <strong>{operation.operationId}</strong>
        ) : (
          <a href={addressOf('traffic')} onClick={look}>
            {operation.operationId}
          </a>
        )}
        <span class="count">{calls === 0 ? t('never called', '从未调用') : t(`${calls} calls`, `${calls} 次`)}</span>
      </p>
      <p class="quiet path">
        {operation.method} {operation.path}
      </p>
      <p class="chips">
        {bad > 0 && <span class="chip undocumented">{t(`${bad} with violations`, `违规 ${bad}`)}</span>}
        {statuses.map((one) => (
          <span key={one.status} class={`chip ${kindOf(one)}`}>
            {one.count === 0 ? one.status : `${one.status} ×${one.count}`}
          </span>
        ))}
      </p>
    </li>
  );
}

function kindOf({ count, documented }: StatusSeen): string {
  if (!documented) return 'undocumented';
  return count === 0 ? 'unseen' : 'seen';
}
