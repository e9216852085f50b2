import type { Language } from '../../operations/index.ts';
import type { Severity, Side } from '../finding.ts';
import type { Cell, Group } from '../result.ts';

/** A text of our own in the languages of the readers. */
export type Text = Readonly<Record<Language, string>>;

export function text(en: string, zh: string): Text {
  return { en, zh };
}

export const SEVERITIES: Readonly<Record<Severity, Text>> = {
  error: text('error', '错误'),
  warning: text('warning', '警告'),
  notice: text('notice', '提示'),
};

/** Told by shape too, so that colour is never all there is. */
export const SEVERITY_SYMBOLS: Readonly<Record<Severity, string>> = { error: '✕', warning: '▲', notice: '○' };

export const SIDES: Readonly<Record<Side, Text>> = {
  server: text('server', '服务端'),
  client: text('client', '调用方'),
  document: text('document', '文档'),
  recording: text('recording', '录制'),
};

export type BaselineState = 'new' | 'known' | 'expired';

export const BASELINE_STATES: Readonly<Record<BaselineState, Text>> = {
  new: text('new', '新'),
  known: text('known', '已知'),
  expired: text('expired', '已过期'),
};

export const CELL_KINDS: Readonly<Record<Cell['kind'], Text>> = {
  status: text('status', '状态码'),
  'media-type': text('media type', '媒体类型'),
  parameter: text('parameter', '参数'),
  enum: text('enum value', '枚举值'),
  branch: text('branch', '分支'),
  transition: text('transition', '状态迁移'),
};

const SKIPPED: Readonly<Record<string, Text>> = {
  preflight: text('CORS preflights', 'CORS 预检请求'),
  options: text('OPTIONS, answered with what is allowed', '以允许的方法应答的 OPTIONS'),
  asset: text('pages, scripts and images', '页面、脚本与图片'),
  'other-host': text('requests to other hosts', '发往其他主机的请求'),
  websocket: text('WebSocket connections', 'WebSocket 连接'),
  'not-http': text('entries that are no HTTP', '非 HTTP 条目'),
};

/** Why exchanges were left aside; a reason of a later version is shown as it is. */
export function skippedText(reason: string): Text {
  return Object.hasOwn(SKIPPED, reason) ? (SKIPPED[reason] ?? text(reason, reason)) : text(reason, reason);
}

/** Whether a group is new: only told where there is a baseline to be new against. */
export function baselineState(group: Group, hasBaseline: boolean): BaselineState | undefined {
  return group.baseline ?? (hasBaseline && group.severity !== 'notice' ? 'new' : undefined);
}

/** `1,284`; the same in every environment. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Whole per cent, rounded down: 100 % is only said of everything. Nothing of nothing is `undefined`. */
export function percent(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : Math.floor((part / whole) * 100);
}

/** `1 finding`, `2 findings`. */
export function plural(value: number, one: string, many: string = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** The half of a bilingual text such as `新建任务 · Create a task` that is in the language; the whole of any other text. */
export function inLanguage(given: string, language: Language): string {
  const halves = given.split(' · ');
  const [first = '', second = ''] = halves;
  const isChinese = (part: string): boolean => /\p{Script=Han}/u.test(part);
  if (halves.length !== 2 || isChinese(first) === isChinese(second)) return given;
  return isChinese(first) === (language === 'zh') ? first : second;
}
