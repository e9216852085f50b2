import type { ComponentChildren, JSX } from 'preact';
import type { Exchange, Violation } from '../exchange.ts';
import { writeJson } from '../json.ts';
import { language, t } from '../language.ts';
import { PlaceText } from './place-text.tsx';
import { refusalText } from './why-view.tsx';

/** What is to be known first, in one sentence; then every violation with its places. */
export function Verdict({ exchange }: { readonly exchange: Exchange }): JSX.Element {
  const { violations } = exchange;
  const errors = violations.filter(({ severity }) => severity === 'error');
  const { kind, sentence } = sentenceFor(exchange, errors);
  return (
    <div class={`verdict-box ${kind}`}>
      <p class="sentence">{sentence}</p>
      {violations.length > 0 && (
        <ul class="violations">
          {violations.map((violation, index) => (
            <ViolationItem key={index} violation={violation} />
          ))}
        </ul>
      )}
    </div>
  );
}

function sentenceFor(
  { fault, why, request, response }: Exchange,
  errors: readonly Violation[],
): { readonly kind: string; readonly sentence: ComponentChildren } {
  if (fault !== undefined) {
    return { kind: 'warning', sentence: t(`The fault ${fault} changed this answer on purpose.`, `故障规则 ${fault} 有意改变了该应答。`) };
  }
  const count = errors.length;
  if (errors.some(({ side }) => side === 'response'))
    return { kind: 'error', sentence: t(`The answer breaks the document in ${count} ${places(count)}.`, `应答有 ${count} 处不符合文档。`) };
  switch (why.step) {
    case 'match':
      return response.status === 405
        ? {
            kind: 'warning',
            sentence: t(`The path is documented, but not with ${request.method}.`, `文档中有该路径，但没有 ${request.method} 方法。`),
          }
        : { kind: 'warning', sentence: t('No operation of the documents has this path.', '文档中没有匹配该路径的接口。') };
    case 'security':
      return {
        kind: 'warning',
        sentence: t(`The request has no access: it ${why.security?.message ?? ''}.`, `请求未通过鉴权：${refusalText(why.security)}。`),
      };
    case 'media-type':
      return { kind: 'error', sentence: t('The media type of the request body is not documented.', '请求正文的媒体类型不在文档中。') };
    case 'forward':
      return { kind: 'error', sentence: t('The server that was to answer did not.', '本应由另一个服务应答，但它没有应答。') };
    case 'receive':
      return { kind: 'warning', sentence: t('The request could not be read whole.', '请求未能完整读取。') };
    case 'preferences':
    case 'server':
    case 'state':
      return {
        kind: 'warning',
        sentence: t(
          'The request was refused before it reached its operation; the answer says why.',
          '请求在到达接口之前被拒绝，原因见应答。',
        ),
      };
    case 'preflight':
      return { kind: 'fine', sentence: t('A browser asked whether it may send (CORS); it may.', '浏览器的跨域预检请求，已允许。') };
    case 'validation':
      return {
        kind: 'error',
        sentence: t(
          `The request breaks the document in ${count} ${places(count)} and was refused.`,
          `请求有 ${count} 处不符合文档，已被拒绝。`,
        ),
      };
    case 'answer':
      if (count > 0)
        return {
          kind: 'error',
          sentence: t(`The request breaks the document in ${count} ${places(count)}.`, `请求有 ${count} 处不符合文档。`),
        };
      return { kind: 'fine', sentence: t('Request and answer keep to the document.', '请求与应答均符合文档。') };
  }
}

function places(count: number): string {
  return count === 1 ? 'place' : 'places';
}

function ViolationItem({ violation }: { readonly violation: Violation }): JSX.Element {
  const { actual, document, expected, name, part, place, pointer, severity, side } = violation;
  const where = [side === 'request' ? t('request', '请求') : t('answer', '应答'), partName(part), name]
    .filter((word) => word !== undefined && word !== '')
    .join(' ');
  return (
    <li class={severity}>
      <span class="what">{language.value === 'zh' ? (violation.chinese ?? violation.message) : violation.message}</span>
      <dl>
        <dt>{t('Where', '位置')}</dt>
        <dd>
          {where} <code class="pointer">{pointer}</code>
        </dd>
        {actual !== undefined && (
          <>
            <dt>{t('Found', '实际')}</dt>
            <dd>
              <code class="actual">{writeJson(actual)}</code>
            </dd>
          </>
        )}
        {expected !== undefined && (
          <>
            <dt>{t('Expected', '期望')}</dt>
            <dd>
              <code class="expected">{writeJson(expected)}</code>
            </dd>
          </>
        )}
        <dt>{t('Document', '文档')}</dt>
        <dd>
          {place !== undefined && <PlaceText place={place} />} <code>{document.slice(document.indexOf('#'))}</code>
        </dd>
      </dl>
    </li>
  );
}

function partName(part: string): string {
  switch (part) {
    case 'body':
      return t('body', '正文');
    case 'query':
      return t('query', '查询参数');
    case 'path':
      return t('path', '路径参数');
    case 'header':
      return t('header', '头部');
    case 'cookie':
      return 'cookie';
    case 'status':
      return t('status', '状态码');
    case 'media-type':
      return t('media type', '媒体类型');
    default:
      return part;
  }
}
