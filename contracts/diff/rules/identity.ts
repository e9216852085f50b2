import type { OperationRule } from '../operation-pair.ts';

/** Path, method, `operationId` and `deprecated` of an operation that is in both versions. */
export const compareIdentity: OperationRule = ({ old, next, metBy }, { tell }) => {
  const place = { side: 'operation', old: old.address, new: next.address } as const;
  if (metBy === 'id' && old.path !== next.path && blank(old.path) !== blank(next.path))
    tell({
      rule: 'path-changed',
      level: 'breaking',
      ...place,
      text: { en: `the path was ${old.path}, it is ${next.path}`, zh: `路径由 ${old.path} 变为 ${next.path}` },
      before: old.path,
      after: next.path,
    });
  if (old.method !== next.method)
    tell({
      rule: 'method-changed',
      level: 'breaking',
      ...place,
      text: { en: `the method was ${old.method}, it is ${next.method}`, zh: `请求方法由 ${old.method} 变为 ${next.method}` },
      before: old.method,
      after: next.method,
    });
  const spellings = new Set([next.path, ...next.route.aliases].map(blank));
  for (const alias of old.route.aliases.filter((alias) => !spellings.has(blank(alias))))
    tell({
      rule: 'path-alias-removed',
      level: 'breaking',
      ...place,
      text: { en: `the further spelling ${alias} of the path is gone`, zh: `不再支持路径的另一写法 ${alias}` },
      before: alias,
    });
  if (old.id !== next.id && hasId(old) && hasId(next))
    tell({
      rule: 'operation-id-changed',
      level: 'compatible',
      ...place,
      text: {
        en: `operationId was ${old.id}, it is ${next.id}: generated clients get another name`,
        zh: `operationId 由 ${old.id} 变为 ${next.id}：生成的客户端代码中名称会变`,
      },
      before: old.id,
      after: next.id,
    });
  if (old.deprecated !== next.deprecated)
    tell(
      next.deprecated
        ? {
            rule: 'deprecated-added',
            level: 'compatible',
            ...place,
            text: { en: 'the operation is deprecated now', zh: '接口标记为已弃用' },
          }
        : {
            rule: 'deprecated-removed',
            level: 'compatible',
            ...place,
            text: { en: 'the operation is no longer deprecated', zh: '接口不再标记为已弃用' },
          },
    );
};

/** A template without the names of its parameters, which no request shows (OpenAPI 3.1 section 4.8.8.2). */
export function blank(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}');
}

/** The document gives an `operationId`. */
export function hasId({ id, method, path }: { readonly id: string; readonly method: string; readonly path: string }): boolean {
  return id !== `${method} ${path}` && !id.startsWith(`${method} `);
}
