import type { OperationParameter } from '../../../operations/index.ts';
import type { OperationPair, OperationRule, Teller } from '../operation-pair.ts';
import { isScalar } from './wire-shape.ts';

/** Path, query, header and cookie parameters (OpenAPI 3.1 section 4.8.12). */
export const compareParameters: OperationRule = (pair, teller) => {
  const [before, after] = [byKey(pair.old.parameters, pair.old.path), byKey(pair.next.parameters, pair.next.path)];
  const isMoved = (
    parameter: OperationParameter,
    to: ReadonlyMap<string, OperationParameter>,
    from: ReadonlyMap<string, OperationParameter>,
  ): boolean => [...to].some(([key, other]) => other.name === parameter.name && !from.has(key));
  for (const [key, parameter] of before) {
    const partner = after.get(key);
    if (partner !== undefined) compareParameter(parameter, partner, pair, teller);
    else if (parameter.in !== 'path') tellGone(parameter, isMoved(parameter, after, before), teller);
  }
  for (const [key, parameter] of after)
    if (!before.has(key) && parameter.in !== 'path' && !isMoved(parameter, before, after)) tellNew(parameter, teller);
};

/** Parameters of the path by their position: no request shows their names. */
function byKey(parameters: readonly OperationParameter[], path: string): Map<string, OperationParameter> {
  const names = Array.from(path.matchAll(/\{([^{}]*)\}/g), ([, name]) => name ?? '');
  return new Map(
    parameters.map((parameter) => {
      const position = parameter.in === 'path' ? names.indexOf(parameter.name) : -1;
      const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name;
      // Nor do they show the name of what stands for the whole query.
      if (parameter.isWholeQuery === true) return ['querystring', parameter];
      return [position >= 0 ? `path ${position}` : `${parameter.in} ${name}`, parameter];
    }),
  );
}

function tellGone(parameter: OperationParameter, isMoved: boolean, { tell }: Teller): void {
  const { name, in: place, address } = parameter;
  const at = { side: 'request', pointer: `request ${place} ${name}`, old: address } as const;
  tell(
    isMoved
      ? {
          rule: 'parameter-moved',
          level: 'breaking',
          ...at,
          text: { en: `the parameter "${name}" is no longer sent in the ${place}`, zh: `参数 "${name}" 不再放在 ${place} 中` },
        }
      : {
          rule: 'parameter-removed',
          level: 'warning',
          ...at,
          text: {
            en: `the ${place} parameter "${name}" is gone: it is not read any more`,
            zh: `删除 ${place} 参数 "${name}"，服务端不再读取`,
          },
        },
  );
}

function tellNew({ name, in: place, address, required }: OperationParameter, { tell }: Teller): void {
  tell({
    rule: 'parameter-added',
    level: required ? 'breaking' : 'compatible',
    side: 'request',
    pointer: `request ${place} ${name}`,
    new: address,
    text: required
      ? { en: `the required ${place} parameter "${name}" is new`, zh: `新增必填 ${place} 参数 "${name}"` }
      : { en: `the ${place} parameter "${name}" is new`, zh: `新增 ${place} 参数 "${name}"` },
  });
}

function compareParameter(old: OperationParameter, next: OperationParameter, pair: OperationPair, { tell, schemas }: Teller): void {
  const pointer = `request ${next.in} ${next.name}`;
  const at = { side: 'request', pointer, old: old.address, new: next.address } as const;
  const { name } = next;
  if (old.required !== next.required)
    tell(
      next.required
        ? { rule: 'parameter-required', level: 'breaking', ...at, text: { en: `"${name}" is required now`, zh: `"${name}" 变为必填` } }
        : { rule: 'parameter-optional', level: 'compatible', ...at, text: { en: `"${name}" is optional now`, zh: `"${name}" 变为可选` } },
    );
  if (old.deprecated !== next.deprecated)
    tell(
      next.deprecated
        ? {
            rule: 'deprecated-added',
            level: 'compatible',
            ...at,
            text: { en: `"${name}" is deprecated now`, zh: `"${name}" 标记为已弃用` },
          }
        : {
            rule: 'deprecated-removed',
            level: 'compatible',
            ...at,
            text: { en: `"${name}" is no longer deprecated`, zh: `"${name}" 不再标记为已弃用` },
          },
    );
  // Only Swagger 2.0 refuses empty values by itself; in OpenAPI 3 the schema decides.
  const mayBeEmpty = (parameter: OperationParameter, dialect: string): boolean => dialect !== '2.0' || parameter.allowEmptyValue;
  if (pair.old.document.dialect === pair.next.document.dialect && next.in === 'query') {
    const [was, is] = [mayBeEmpty(old, pair.old.document.dialect), mayBeEmpty(next, pair.next.document.dialect)];
    if (was !== is)
      tell({
        rule: 'empty-value-changed',
        level: is ? 'compatible' : 'breaking',
        ...at,
        text: is
          ? { en: `"${name}" may be sent empty now`, zh: `"${name}" 允许传空值` }
          : { en: `"${name}" may no longer be sent empty`, zh: `"${name}" 不再允许传空值` },
      });
  }
  const [was, is] = [wireForm(old, pair.old), wireForm(next, pair.next)];
  if (was !== is)
    tell({
      rule: 'parameter-style-changed',
      level: 'breaking',
      ...at,
      text: { en: `"${name}" was written as ${was}, it is ${is}`, zh: `"${name}" 的写法由 ${was} 变为 ${is}` },
      before: was,
      after: is,
    });
  schemas('request', pointer, { schema: old.schema, address: old.address }, { schema: next.schema, address: next.address });
}

/** How a value is written: only where values are more than one scalar do style and explode show (OpenAPI 3.1 section 4.8.12.3). */
function wireForm({ style, explode, mediaType, schema }: OperationParameter, { validators }: OperationPair['old']): string {
  if (mediaType !== undefined) return mediaType.toLowerCase();
  const shape = isScalar(schema, validators.lookup);
  if (shape.scalar) return style === 'label' || style === 'matrix' ? style : 'plain text';
  if (style === 'deepObject') return 'deepObject';
  // Of a list the simple style has one form.
  if ((style === 'simple' && !shape.object) || style === 'spaceDelimited' || style === 'pipeDelimited' || style === 'tabDelimited')
    return explode && style !== 'simple' ? 'form, exploded' : style;
  return `${style}${explode ? ', exploded' : ''}`;
}
