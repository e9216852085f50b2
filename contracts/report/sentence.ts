import { message, writeJson } from '../../operations/index.ts';
import type { Language } from '../../operations/index.ts';
import type { Finding } from '../finding.ts';
import type { Group, Sample } from '../result.ts';
import { chineseSentence } from './chinese-sentences.ts';
import { ruleText } from './rule-texts.ts';
import type { Text } from './text.ts';
import { text } from './text.ts';

/** What of a group its sentence is made of. */
type Told = Pick<Group, 'message'> & { readonly samples: readonly Pick<Sample, 'finding'>[] };

/**
 * A finding's message in both languages. A schema's sentence is said again in Chinese only where the English one, made from the same facts, is what
 * the finding says; other sentences are put into Chinese by what the rule is about.
 */
export function sentence(group: Told): Text {
  const finding = group.samples[0]?.finding;
  return { en: group.message, zh: (finding === undefined ? undefined : chinese(group.message, finding)) ?? group.message };
}

function chinese(english: string, finding: Finding): string | undefined {
  const { code, expected, property, name, status } = finding;
  if (code !== undefined) {
    const params = { expected, name: property ?? name };
    const translated = message(code, params, 'zh');
    if (message(code, params) === english && translated !== `breaks "${code}"`) return translated;
  }
  const exactly = chineseSentence(finding, english);
  if (exactly !== undefined) return exactly;
  const sentenceOf: Readonly<Record<string, string | undefined>> = {
    'undocumented-operation': `没有文档描述 ${finding.method} ${finding.path}`,
    'undocumented-method': `该路径未声明 ${finding.method} 方法`,
    'undocumented-status': status === undefined ? undefined : `状态码 ${status} 未在文档中声明`,
    'undocumented-query-parameter': name === undefined ? undefined : `查询参数 ${name} 未在文档中声明`,
    'envelope-mismatch': status === undefined ? undefined : `状态码 ${status} 表示失败，响应体却表示成功`,
    'valid-request-refused': status === undefined ? undefined : `请求符合文档，却被以 ${status} 拒绝`,
    'invalid-request-accepted': '请求不符合文档，却被服务端接受',
    'missing-media-type': '带有内容却没有 Content-Type',
    'deprecated-used': name === undefined ? '调用了已弃用的接口' : `使用了已弃用的参数 ${name}`,
    'undocumented-property': property === undefined ? undefined : `属性 ${property} 未在文档中声明`,
    'undocumented-request-body': '接口未声明请求体，请求却带有内容',
    'missing-credentials-accepted': '请求未携带凭证，却被服务端接受',
    'missing-credentials': '请求未携带文档要求的凭证',
    'read-only-sent': property === undefined ? undefined : `请求中发送了只读属性 ${property}`,
    'write-only-returned': property === undefined ? undefined : `响应中返回了只写属性 ${property}`,
  };
  const known = Object.hasOwn(sentenceOf, finding.rule) ? sentenceOf[finding.rule] : undefined;
  // A sentence that Chinese can't be made of is introduced by what the rule is about.
  return known ?? `${ruleText(finding.rule).title.zh}：${english}`;
}

/** Where in the message the value stands: `response body /list/0/id`, `query size`. */
export function placeText(finding: Finding): Text {
  const direction = finding.in === undefined ? text('', '') : finding.in === 'request' ? text('request', '请求') : text('response', '响应');
  const part = finding.part === undefined ? text('', '') : (PARTS[finding.part] ?? text(finding.part, finding.part));
  const isNamed = finding.property === undefined || finding.pointer?.split('/').at(-1) === finding.property;
  const end = [finding.name, finding.pointer, isNamed ? undefined : finding.property]
    .filter((piece) => piece !== undefined && piece !== '')
    .join(' ');
  const join = (language: Language): string =>
    [`${direction[language]}${language === 'en' && direction.en !== '' ? ' ' : ''}${part[language]}`.trim(), end]
      .filter((piece) => piece !== '')
      .join(' ');
  return { en: join('en'), zh: join('zh') };
}

const PARTS: Readonly<Partial<Record<string, Text>>> = {
  path: text('path parameter', '路径参数'),
  query: text('query parameter', '查询参数'),
  header: text('header', '头'),
  cookie: text('cookie', 'Cookie'),
  body: text('body', '体'),
  security: text('credentials', '凭证'),
  status: text('status', '状态码'),
  'media-type': text('media type', '媒体类型'),
  route: text('route', '路由'),
};

const MAX_VALUE = 200;

/** A value as reports print it: JSON, cut. */
export function valueText(value: unknown): string {
  const written = writeJson(value);
  return written.length > MAX_VALUE ? `${written.slice(0, MAX_VALUE)}…` : written;
}
