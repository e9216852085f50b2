import type { OperationParameter, ResponseRule } from '../../../operations/index.ts';
import type { OperationPair, OperationRule, Teller } from '../operation-pair.ts';
import { compareContents } from './contents.ts';

/** Responses by status (OpenAPI 3.1 section 4.8.16): a status that is gone is compared with the range or the default that covers it now. */
export const compareResponses: OperationRule = (pair, teller) => {
  const [before, after] = [byStatus(pair.old.responses), byStatus(pair.next.responses)];
  for (const [status, rule] of before) {
    const partner = covering(after, status);
    if (partner === undefined) tellGone(rule, teller);
    else compareResponse(pair, rule, partner, status, teller);
  }
  for (const [status, rule] of after) {
    if (before.has(status)) continue;
    const partner = covering(before, status);
    if (partner === undefined) tellNew(rule, teller);
    else compareResponse(pair, partner, rule, status, teller);
  }
};

function byStatus(rules: readonly ResponseRule[]): ReadonlyMap<string, ResponseRule> {
  return new Map(rules.map((rule) => [rule.status, rule]));
}

/** The rule for a status; what succeeds is covered by `default` only where nothing else is said to succeed. */
function covering(rules: ReadonlyMap<string, ResponseRule>, status: string): ResponseRule | undefined {
  const found = rules.get(status) ?? rules.get(`${status.slice(0, 1)}XX`);
  if (found !== undefined || status === 'default') return found;
  const hasSuccess = [...rules.keys()].some((key) => key.startsWith('2'));
  return isSuccess(status) && hasSuccess ? undefined : rules.get('default');
}

function isSuccess(status: string): boolean {
  return status.startsWith('2');
}

function tellGone({ status, address }: ResponseRule, { tell }: Teller): void {
  tell({
    rule: 'status-removed',
    level: isSuccess(status) ? 'breaking' : 'compatible',
    side: 'response',
    pointer: `response ${status}`,
    old: address,
    text: isSuccess(status)
      ? { en: `the success status ${status} is gone`, zh: `删除成功状态码 ${status}` }
      : { en: `the status ${status} is gone`, zh: `删除状态码 ${status}` },
    before: status,
  });
}

function tellNew({ status, address }: ResponseRule, { tell }: Teller): void {
  tell({
    rule: 'status-added',
    level: /^[23]/.test(status) ? 'warning' : 'compatible',
    side: 'response',
    pointer: `response ${status}`,
    new: address,
    text: { en: `the status ${status} is new`, zh: `新增状态码 ${status}` },
    after: status,
  });
}

function compareResponse(pair: OperationPair, old: ResponseRule, next: ResponseRule, status: string, teller: Teller): void {
  const where = `response ${status}`;
  compareHeaders(old, next, where, teller);
  compareContents(
    pair,
    'response',
    where,
    { contents: old.contents, address: old.address, open: old.openMediaType },
    { contents: next.contents, address: next.address, open: next.openMediaType },
    teller,
  );
}

/** Response headers (OpenAPI 3.1 section 4.8.21). */
function compareHeaders(old: ResponseRule, next: ResponseRule, where: string, { tell, schemas }: Teller): void {
  const byName = (headers: readonly OperationParameter[]): Map<string, OperationParameter> =>
    new Map(headers.map((header) => [header.name.toLowerCase(), header]));
  const [before, after] = [byName(old.headers), byName(next.headers)];
  for (const [key, header] of before) {
    const { name } = header;
    const partner = after.get(key);
    const at = { side: 'response', pointer: `${where} header ${name}`, old: header.address, new: partner?.address } as const;
    if (partner === undefined) {
      // A reference that leads nowhere says nothing about headers.
      if (!next.openMediaType || next.contents.length > 0)
        tell({
          rule: 'response-header-removed',
          level: 'breaking',
          ...at,
          text: { en: `the header ${name} is gone`, zh: `删除响应头 ${name}` },
        });
      continue;
    }
    if (header.required !== partner.required)
      tell(
        partner.required
          ? {
              rule: 'response-header-required',
              level: 'compatible',
              ...at,
              text: { en: `the header ${name} is always sent now`, zh: `响应头 ${name} 变为必有` },
            }
          : {
              rule: 'response-header-optional',
              level: 'breaking',
              ...at,
              text: { en: `the header ${name} is no longer sent always`, zh: `响应头 ${name} 变为可选` },
            },
      );
    schemas(
      'response',
      at.pointer,
      { schema: header.schema, address: header.address },
      { schema: partner.schema, address: partner.address },
    );
  }
  for (const [key, { name, address }] of after)
    if (!before.has(key))
      tell({
        rule: 'response-header-added',
        level: 'compatible',
        side: 'response',
        pointer: `${where} header ${name}`,
        new: address,
        text: { en: `the header ${name} is new`, zh: `新增响应头 ${name}` },
      });
}
