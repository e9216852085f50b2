import type { JSX } from 'preact';
import { connection } from '../journal.ts';
import { language, t, theme } from '../language.ts';
import type { Theme } from '../language.ts';
import { chooseSession, clock, session, sessionNames } from '../session.ts';
import { ClockControl } from './clock-control.tsx';

export function TopBar(): JSX.Element {
  return (
    <header class="top-bar">
      <strong class="brand">
        <span lang="zh-CN">虎符</span> Hufu
      </strong>
      <Connection />
      <label class="field">
        <span>{t('Session', '会话')}</span>
        <select value={session.value} onChange={(event) => void chooseSession(event.currentTarget.value)}>
          {sessionNames.value.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {clock.value !== undefined && <ClockControl />}
      <span class="spring" />
      <button type="button" class="quiet" onClick={() => (language.value = language.value === 'zh' ? 'en' : 'zh')}>
        {language.value === 'zh' ? <span lang="en">English</span> : <span lang="zh-CN">中文</span>}
      </button>
      <button type="button" class="quiet" onClick={() => (theme.value = nextTheme(theme.value))}>
        {themeTitle(theme.value)}
      </button>
    </header>
  );
}

function Connection(): JSX.Element {
  const texts = {
    connecting: t('Connecting', '连接中'),
    open: t('Connected', '已连接'),
    lost: t('Reconnecting', '重连中'),
    off: t('No journal', '无日志'),
  };
  return (
    <span class={`connection ${connection.value}`} role="status">
      {texts[connection.value]}
    </span>
  );
}

function nextTheme(now: Theme): Theme {
  return now === 'auto' ? 'dark' : now === 'dark' ? 'light' : 'auto';
}

function themeTitle(now: Theme): string {
  switch (now) {
    case 'auto':
      return t('Theme: system', '主题：跟随系统');
    case 'dark':
      return t('Theme: dark', '主题：深色');
    case 'light':
      return t('Theme: light', '主题：浅色');
  }
}
