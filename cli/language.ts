import type { Language } from '../operations/index.ts';

/** Chinese or English: `HUFU_LANG`, else the locale that the environment names (POSIX order: LC_ALL, LC_MESSAGES, LANG). Default English. */
export function languageOf(environment: NodeJS.ProcessEnv): Language {
  const locale = environment['HUFU_LANG'] ?? environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG'] ?? '';
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** The text of the given language. */
export function say(language: Language, english: string, chinese: string): string {
  return language === 'zh' ? chinese : english;
}
