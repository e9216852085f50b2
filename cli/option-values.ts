import { InvalidArgumentError } from 'commander';
import type { Language } from '../operations/index.ts';
import { say } from './language.ts';

/** An option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

export function percent(language: Language): (text: string) => number {
  return (text) => {
    const value = Number(text.replace(/%$/, ''));
    if (text.trim() === '' || !(value >= 0 && value <= 100))
      throw new InvalidArgumentError(say(language, 'It must be from 0 to 100.', '必须是 0 到 100。'));
    return value;
  };
}

/** A day of the calendar (ISO 8601). */
export function day(language: Language): (text: string) => string {
  return (text) => {
    const date = new Date(`${text}T00:00:00Z`);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text))
      throw new InvalidArgumentError(say(language, 'It must be a day written yyyy-mm-dd.', '必须是形如 yyyy-mm-dd 的日期。'));
    return text;
  };
}

export function origin(language: Language): (text: string) => string {
  return (text) => {
    if (!/^https?:$/.test(URL.parse(text)?.protocol ?? ''))
      throw new InvalidArgumentError(
        say(
          language,
          'It must begin with http:// or https://, such as https://stage.example.com.',
          '必须以 http:// 或 https:// 开头，例如 https://stage.example.com。',
        ),
      );
    return text;
  };
}

export function wholeNumber(language: Language): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < 1 || !Number.isSafeInteger(value))
      throw new InvalidArgumentError(say(language, 'It must be a whole number from 1.', '必须是不小于 1 的整数。'));
    return value;
  };
}
