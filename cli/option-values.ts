import { InvalidArgumentError } from 'commander';
import type { ForwardRule } from '../contracts/index.ts';
import type { Language } from '../operations/index.ts';
import { baseOrigin } from './base-url.ts';
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

/** A rule of forwarding, several times if need be: what, and where to. */
export function forwardRule(language: Language): (text: string, before?: readonly ForwardRule[]) => ForwardRule[] {
  return (text, before = []) => {
    const equals = text.indexOf('=');
    const [what, url] = [text.slice(0, Math.max(equals, 0)).trim(), text.slice(equals + 1).trim()];
    if (what === '' || baseOrigin(url) === undefined)
      throw new InvalidArgumentError(
        say(
          language,
          'Write what, and the base URL of its backend: tie=http://localhost:8080.',
          '请写明接口与后端的基础地址：tie=http://localhost:8080。',
        ),
      );
    return [...before, { what, url }];
  };
}

/** Both ends belong to the range. */
export function wholeNumber(language: Language, least = 1, most: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d{1,16}$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(
      most === Number.MAX_SAFE_INTEGER
        ? say(language, `It must be a whole number from ${least}.`, `必须是不小于 ${least} 的整数。`)
        : say(language, `It must be a whole number from ${least} to ${most}.`, `应为 ${least} 到 ${most} 的整数。`),
    );
  };
}

/** A rate: `10`, `0.5`, `10/s`. */
export function perSecond(language: Language): (text: string) => number {
  return (text) => {
    const value = Number(text.replace(/\/s$/, ''));
    if (!(value > 0 && value <= 100_000))
      throw new InvalidArgumentError(say(language, 'It must be requests per second, such as 10/s.', '应为每秒请求数，例如 10/s。'));
    return value;
  };
}
