import { record } from '../../../operations/index.ts';
import type { Operation, Security, SecurityScheme } from '../../../operations/index.ts';
import type { OperationRule } from '../operation-pair.ts';

/** What a request must carry: each alternative as what it needs, by kind and place, whatever the schemes are called. */
type Alternative = ReadonlySet<string>;

/** Credentials (OpenAPI 3.1 section 4.8.30): those that sufficed have to suffice. */
export const compareSecurity: OperationRule = ({ old, next }, { tell }) => {
  const [before, after] = [alternatives(old.security), alternatives(next.security)];
  const key = (all: readonly Alternative[]): string => all.map(words).sort().join('\n');
  if (key(before) === key(after)) return;
  const [was, is] = [describe(before), describe(after)];
  // The document's own list is one change for all operations that have none.
  const shared = !hasOwn(old) && !hasOwn(next);
  const address = (operation: Operation): string =>
    hasOwn(operation) ? operation.address : `${operation.address.replace(/#.*$/s, '')}#/security`;
  const place = {
    side: 'security',
    shared,
    old: address(old),
    new: address(next),
    before: before.map(words),
    after: after.map(words),
  } as const;
  const isOpen = (all: readonly Alternative[]): boolean => all.some((one) => one.size === 0);
  const refused = before.filter((one) => !after.some((other) => [...other].every((need) => one.has(need))));
  if (refused.length > 0)
    tell({
      rule: isOpen(before) ? 'security-added' : 'security-changed',
      level: 'breaking',
      ...place,
      text: isOpen(before)
        ? { en: `credentials are needed now: ${is.en}`, zh: `开始要求凭证：${is.zh}` }
        : { en: `the credentials needed were ${was.en}, they are ${is.en}`, zh: `所需凭证由${was.zh}变为${is.zh}` },
    });
  else if (isOpen(after) && !isOpen(before))
    tell({
      rule: 'security-removed',
      level: 'warning',
      ...place,
      text: { en: `no credentials are needed any more; it was ${was.en}`, zh: `不再要求凭证；原为${was.zh}` },
    });
  else
    tell({
      rule: 'security-relaxed',
      level: 'compatible',
      ...place,
      text: { en: `further credentials suffice: ${is.en}`, zh: `可用的凭证增加：${is.zh}` },
    });
};

function hasOwn({ route }: Operation): boolean {
  return record(route.node.value)['security'] !== undefined;
}

function alternatives(security: Security): Alternative[] {
  if (security.length === 0) return [new Set()];
  return security.map((all) => new Set(all.flatMap(needsOf)));
}

function needsOf(scheme: SecurityScheme): string[] {
  return [identity(scheme), ...scheme.scopes.map((scope) => `${identity(scheme)} scope ${scope}`)];
}

function identity({ kind, name, scheme, in: place, parameter }: SecurityScheme): string {
  switch (kind) {
    case 'apiKey':
      return `apiKey ${place} ${place === 'header' ? parameter.toLowerCase() : parameter}`;
    case 'http':
      return `http ${scheme}`;
    case 'unknown':
      return `unknown ${name}`;
    case 'basic':
    case 'bearer':
    case 'digest':
    case 'oauth2':
    case 'openIdConnect':
    case 'mutualTLS':
      return kind;
  }
}

function words(alternative: Alternative): string {
  return [...alternative].sort().join(' + ');
}

function describe(all: readonly Alternative[]): { en: string; zh: string } {
  const list = (none: string): string[] => all.map((one) => (one.size === 0 ? none : words(one)));
  return { en: list('nothing').join(', or '), zh: `“${list('无').join('”或“')}”` };
}
