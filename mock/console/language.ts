import { effect, signal } from '@preact/signals';

export type Language = 'en' | 'zh';
export type Theme = 'auto' | 'light' | 'dark';

export const language = signal<Language>(readLanguage());
export const theme = signal<Theme>(readTheme());

/** The text of the chosen language; whatever shows it changes with it. */
export function t(english: string, chinese: string): string {
  return language.value === 'zh' ? chinese : english;
}

/** Keeps the choices, and tells the page of them. */
export function applyChoices(): void {
  effect(() => {
    document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
    localStorage.setItem('hufu-language', language.value);
  });
  effect(() => {
    document.documentElement.dataset['theme'] = theme.value;
    localStorage.setItem('hufu-theme', theme.value);
  });
}

function readLanguage(): Language {
  const kept = localStorage.getItem('hufu-language');
  if (kept === 'en' || kept === 'zh') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

function readTheme(): Theme {
  const kept = localStorage.getItem('hufu-theme');
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}
