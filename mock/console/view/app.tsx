import type { JSX } from 'preact';
import { tokenWanted } from '../control.ts';
import { t } from '../language.ts';
import { addressOf, screen, SCREENS } from '../route.ts';
import type { Screen } from '../route.ts';
import { failure } from '../session.ts';
import { Banner } from './banner.tsx';
import { Control } from './control.tsx';
import { Coverage } from './coverage.tsx';
import { State } from './state.tsx';
import { TokenForm } from './token-form.tsx';
import { TopBar } from './top-bar.tsx';
import { Traffic } from './traffic.tsx';

export function App(): JSX.Element {
  return (
    <>
      <TopBar />
      <Banner />
      {failure.value !== '' && (
        <div class="failure" role="alert">
          <span>{failure.value}</span>
          <button type="button" onClick={() => (failure.value = '')}>
            {t('Close', '关闭')}
          </button>
        </div>
      )}
      <nav class="tabs" aria-label={t('Screens', '页面')}>
        {SCREENS.map((name) => (
          <a key={name} href={addressOf(name)} aria-current={screen.value === name ? 'page' : undefined}>
            {titleOf(name)}
          </a>
        ))}
      </nav>
      <main class={`screen ${screen.value}`}>{tokenWanted.value === 'no' ? <CurrentScreen /> : <TokenForm />}</main>
    </>
  );
}

function CurrentScreen(): JSX.Element {
  switch (screen.value) {
    case 'traffic':
      return <Traffic />;
    case 'state':
      return <State />;
    case 'control':
      return <Control />;
    case 'coverage':
      return <Coverage />;
  }
}

function titleOf(name: Screen): string {
  switch (name) {
    case 'traffic':
      return t('Traffic', '流量');
    case 'state':
      return t('State', '数据');
    case 'control':
      return t('Force & faults', '指定应答与故障');
    case 'coverage':
      return t('Coverage', '覆盖');
  }
}
