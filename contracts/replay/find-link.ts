import type { Operation } from '../../operations/index.ts';
import { isSecretName } from '../redact/secret-names.ts';
import { isPseudonym } from '../redact/pseudonym.ts';
import type { ContractMarks } from './contract-marks.ts';
import { ENOUGH_BITS, entropyBits } from './entropy.ts';
import type { LinkRule, Reason } from './link.ts';
import { siteKey } from './site.ts';
import type { ResponsePlace, Site } from './site.ts';

/** A response's value that some request has, too. */
export interface Producer {
  /** The exchange's number in the plan. */
  readonly exchange: number;
  readonly operation: Operation | undefined;
  readonly status: number;
  readonly place: ResponsePlace;
  /** The answer made it, rather than showed it once more: a creation, a token. */
  readonly isMaker: boolean;
}

export interface Consumer {
  readonly operation: Operation | undefined;
  readonly site: Site;
  readonly text: string;
}

/** Why a consumer may take its value from a producer whose value is equal. */
export interface Match {
  readonly rule: LinkRule;
  readonly reason: Reason;
}

/** Names that say nothing about whose they are. */
const PLAIN_NAMES = new Set(['id', '_id', 'key', 'uuid', 'guid', 'code', 'no', 'sn', 'value', 'name', 'number']);
/** What tokens are called in answers: RFC 6749 section 5.1, OpenID Connect Core 1.0 section 3.1.3.3. */
const TOKEN_NAMES = /^(?:access|refresh|id|session|auth|csrf|xsrf)?[-_]?(?:token|jwt)$/i;

/**
 * The strongest reason to link, in the order of {@link LinkRule}; `undefined` where nothing but accident may have made the values equal.
 * @param isWord whether the documents themselves use the text.
 */
export function findLink(
  consumer: Consumer,
  producer: Producer,
  marks: ContractMarks,
  isWord: (text: string) => boolean,
): Match | undefined {
  return (
    bySecurity(consumer, producer, marks) ??
    byState(consumer, producer, marks) ??
    byDocumentLink(consumer, producer, marks) ??
    byName(consumer, producer) ??
    byValue(consumer, isWord)
  );
}

function bySecurity({ operation, site, text }: Consumer, producer: Producer, marks: ContractMarks): Match | undefined {
  const scheme = operation?.security.flat().find((one) => {
    if (one.kind === 'apiKey') return one.in === site.in && one.parameter.toLowerCase() === site.name.toLowerCase();
    return (
      ['bearer', 'oauth2', 'openIdConnect', 'http'].includes(one.kind) &&
      site.in === 'header' &&
      site.name === 'authorization' &&
      site.spelling === 'raw'
    );
  });
  const verb = producer.operation === undefined ? '' : marks.verbOf(producer.operation);
  const isToken = verb === 'token' || TOKEN_NAMES.test(producer.place.name) || isSecretName(producer.place.name);
  if (scheme !== undefined && (isToken || producer.place.in === 'set-cookie') && isWorthIt(text))
    return {
      rule: 'security',
      reason: {
        en: `the security scheme "${scheme.name}" takes the token that was issued there`,
        zh: `安全方案 "${scheme.name}" 使用该处签发的令牌`,
      },
    };
  // RFC 6749 section 6.
  if (verb === 'token' && (TOKEN_NAMES.test(site.name) || isSpent(site, operation, marks)))
    return {
      rule: 'security',
      reason: { en: 'the token issued there is spent here (RFC 6749 section 6)', zh: '该处签发的令牌在此使用（RFC 6749 第 6 节）' },
    };
  return undefined;
}

/** The key by which a token operation finds the token that it uses up. */
function isSpent(site: Site, operation: Operation | undefined, marks: ContractMarks): boolean {
  return operation !== undefined && marks.verbOf(operation) === 'token' && marks.requestClass(operation, site) !== undefined;
}

function byState({ operation, site }: Consumer, producer: Producer, marks: ContractMarks): Match | undefined {
  const wanted = marks.requestClass(operation, site);
  if (wanted === undefined || !marks.isServerMade(wanted) || marks.responseClass(producer.operation, producer.place) !== wanted)
    return undefined;
  const [collection, field] = wanted.replace(/^~/, '').split('#');
  return {
    rule: 'state-key',
    reason: {
      en: `both are the "${field}" of ${collection}, which the server makes`,
      zh: `两处都是 ${collection} 的 "${field}"，由服务端生成`,
    },
  };
}

function byDocumentLink(
  { operation, site }: Consumer,
  { operation: from, status, place }: Producer,
  marks: ContractMarks,
): Match | undefined {
  if (operation === undefined || from === undefined) return undefined;
  const key = siteKey(site);
  const link = marks
    .linksOf(from, status)
    .find(
      (one) =>
        one.operationId === operation.id &&
        one.document === operation.document &&
        (one.to === key || (site.in !== 'body' && one.to === `* ${site.name}`)) &&
        one.from.in === (place.in === 'location' ? 'header' : place.in) &&
        (one.from.pointer ?? one.from.name) === (place.in === 'location' ? 'location' : (place.pointer ?? place.name)),
    );
  if (link === undefined) return undefined;
  return {
    rule: 'document-link',
    reason: { en: `the document's link "${link.name}" says so`, zh: `文档中的 link "${link.name}" 如此声明` },
  };
}

function byName({ operation, site, text }: Consumer, producer: Producer): Match | undefined {
  const { place } = producer;
  if (site.in === 'cookie' && place.in === 'set-cookie' && site.name === place.name)
    return { rule: 'name', reason: { en: `the cookie "${site.name}" was set there`, zh: `Cookie "${site.name}" 在该处设置` } };
  if (place.in === 'header' && place.name === 'etag' && /^if-(?:none-)?match$/.test(site.name))
    return {
      rule: 'name',
      reason: { en: 'the entity tag was given there (RFC 9110 section 8.8.3)', zh: '实体标签由该处给出（RFC 9110 第 8.8.3 节）' },
    };
  const [to, from] = [operation, producer.operation];
  if (to === undefined || from === undefined || to.document !== from.document) return undefined;
  // A page number is called alike everywhere; a name alone is believed where it names an identifier.
  if (!isIdentifier(site.name) || text.length > 256) return undefined;
  const same = site.name.toLowerCase() === place.name.toLowerCase();
  if (same && !PLAIN_NAMES.has(site.name.toLowerCase())) return named(site.name, place.name);
  if (place.in === 'location' && same && isInside(to, from)) return named(site.name, place.name);
  if (!PLAIN_NAMES.has(place.name.toLowerCase()) && !same) return undefined;
  return site.in === 'path' && isKeyOfResource(site.name, place.name, to, from) ? named(site.name, place.name) : undefined;
}

function named(to: string, from: string): Match {
  const same = to === from;
  return {
    rule: 'name',
    reason: {
      en: same ? `the same document calls both "${to}"` : `"${to}" is the "${from}" of the resource that the path names`,
      zh: same ? `同一文档中两处都叫 "${to}"` : `"${to}" 是路径所指资源的 "${from}"`,
    },
  };
}

function isIdentifier(name: string): boolean {
  return PLAIN_NAMES.has(name.toLowerCase()) || /(?:id|ids|key|uuid|no|code|token|number|ref)$/i.test(name);
}

/** `id` of `POST /tasks` or `GET /tasks` and `{id}` or `{taskId}` of `/tasks/{taskId}/...`. */
function isKeyOfResource(parameter: string, property: string, to: Operation, from: Operation): boolean {
  const before = to.path.slice(0, to.path.indexOf(`{${parameter}}`)).replace(/\/$/, '');
  const isResource = from.path === before || from.path.startsWith(`${before}/`);
  const plain = parameter.toLowerCase();
  return isResource && (plain === property.toLowerCase() || plain.endsWith(property.toLowerCase()) || PLAIN_NAMES.has(plain));
}

function isInside(to: Operation, from: Operation): boolean {
  return to.path.startsWith(from.path) || from.path.startsWith(to.path);
}

function byValue({ site, text }: Consumer, isWord: (text: string) => boolean): Match | undefined {
  if (isWord(text) || !isWorthIt(text)) return undefined;
  const bits = isPseudonym(text) ? 40 : Math.floor(entropyBits(text));
  const where = site.name === '' ? '' : ` in "${site.name}"`;
  return {
    rule: 'value',
    reason: {
      en: `no document says so, but the value${where} was first seen there and its ${bits} bits are no accident`,
      zh: `文档没有说明，但该值首次出现于此，其 ${bits} 位信息量不会是巧合`,
    },
  };
}

function isWorthIt(text: string): boolean {
  return isPseudonym(text) || entropyBits(text) >= ENOUGH_BITS;
}
