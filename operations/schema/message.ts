/** Violation texts in both languages of the project's users; the place is added by whoever prints them. */
export type Language = 'en' | 'zh';

type Text = (params: Readonly<Record<string, unknown>>) => { readonly en: string; readonly zh: string };

const list = (value: unknown): string => (Array.isArray(value) ? value.map((item) => shown(item)).join(', ') : shown(value));

/** A value as it is quoted in a message: JSON, cut after 120 characters. */
export function shown(value: unknown): string {
  const text = typeof value === 'bigint' ? value.toString() : written(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function written(value: unknown): string {
  try {
    return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? String(item) : item)) ?? 'nothing';
  } catch (error) {
    // The engine parses deeper values than it can print.
    if (!(error instanceof RangeError)) throw error;
    return Array.isArray(value) ? '[...]' : '{...}';
  }
}

const TEXTS: Readonly<Record<string, Text>> = {
  type: ({ expected }) => ({
    en: `must be ${Array.isArray(expected) ? expected.join(' or ') : String(expected)}`,
    zh: `类型应为 ${Array.isArray(expected) ? expected.join(' 或 ') : String(expected)}`,
  }),
  required: ({ name }) => ({ en: `must have required property '${String(name)}'`, zh: `缺少必填属性 '${String(name)}'` }),
  enum: ({ expected }) => ({
    en: `must be equal to one of the allowed values: ${list(expected)}`,
    zh: `应为允许的取值之一：${list(expected)}`,
  }),
  const: ({ expected }) => ({ en: `must be equal to constant ${shown(expected)}`, zh: `应等于固定值 ${shown(expected)}` }),
  format: ({ expected }) => ({ en: `must match format "${String(expected)}"`, zh: `不符合格式 "${String(expected)}"` }),
  pattern: ({ expected }) => ({ en: `must match pattern "${String(expected)}"`, zh: `不匹配正则 "${String(expected)}"` }),
  minLength: ({ expected }) => ({
    en: `must NOT have fewer than ${String(expected)} characters`,
    zh: `长度不得少于 ${String(expected)} 个字符`,
  }),
  maxLength: ({ expected }) => ({
    en: `must NOT have more than ${String(expected)} characters`,
    zh: `长度不得超过 ${String(expected)} 个字符`,
  }),
  minimum: ({ expected }) => ({ en: `must be >= ${String(expected)}`, zh: `应大于或等于 ${String(expected)}` }),
  maximum: ({ expected }) => ({ en: `must be <= ${String(expected)}`, zh: `应小于或等于 ${String(expected)}` }),
  exclusiveMinimum: ({ expected }) => ({ en: `must be > ${String(expected)}`, zh: `应大于 ${String(expected)}` }),
  exclusiveMaximum: ({ expected }) => ({ en: `must be < ${String(expected)}`, zh: `应小于 ${String(expected)}` }),
  multipleOf: ({ expected }) => ({ en: `must be multiple of ${String(expected)}`, zh: `应为 ${String(expected)} 的整数倍` }),
  minItems: ({ expected }) => ({ en: `must NOT have fewer than ${String(expected)} items`, zh: `元素不得少于 ${String(expected)} 个` }),
  maxItems: ({ expected }) => ({ en: `must NOT have more than ${String(expected)} items`, zh: `元素不得多于 ${String(expected)} 个` }),
  uniqueItems: () => ({ en: 'must NOT have duplicate items', zh: '元素不得重复' }),
  minProperties: ({ expected }) => ({
    en: `must NOT have fewer than ${String(expected)} properties`,
    zh: `属性不得少于 ${String(expected)} 个`,
  }),
  maxProperties: ({ expected }) => ({
    en: `must NOT have more than ${String(expected)} properties`,
    zh: `属性不得多于 ${String(expected)} 个`,
  }),
  contains: ({ expected, most }) =>
    most === undefined
      ? { en: `must contain at least ${String(expected)} matching item(s)`, zh: `至少应包含 ${String(expected)} 个符合条件的元素` }
      : {
          en: `must contain at least ${String(expected)} and no more than ${shown(most)} matching item(s)`,
          zh: `符合条件的元素应为 ${String(expected)} 至 ${shown(most)} 个`,
        },
  items: ({ expected }) => ({ en: `must NOT have more than ${String(expected)} items`, zh: `元素不得多于 ${String(expected)} 个` }),
  additionalProperties: ({ name }) => ({
    en: `must NOT have additional property '${String(name)}'`,
    zh: `不允许出现未声明的属性 '${String(name)}'`,
  }),
  unevaluatedProperties: ({ name }) => ({
    en: `must NOT have unevaluated property '${String(name)}'`,
    zh: `不允许出现未声明的属性 '${String(name)}'`,
  }),
  unevaluatedItems: () => ({ en: 'must NOT have more items than the schema describes', zh: '元素多于文档所描述的数量' }),
  propertyNames: ({ name }) => ({ en: `property name '${String(name)}' is not allowed`, zh: `属性名 '${String(name)}' 不被允许` }),
  dependentRequired: ({ name, expected }) => ({
    en: `must have property '${String(expected)}' when property '${String(name)}' is present`,
    zh: `出现属性 '${String(name)}' 时必须同时有属性 '${String(expected)}'`,
  }),
  oneOf: ({ matches }) =>
    Array.isArray(matches) && matches.length > 1
      ? {
          en: `must match exactly one schema in oneOf, but matches several (${matches.join(', ')})`,
          zh: `只能符合 oneOf 中的一个结构，却同时符合多个（${matches.join('、')}）`,
        }
      : { en: 'must match exactly one schema in oneOf', zh: '应恰好符合 oneOf 中的一个结构' },
  anyOf: () => ({ en: 'must match a schema in anyOf', zh: '应至少符合 anyOf 中的一个结构' }),
  not: () => ({ en: 'must NOT be valid against the schema in "not"', zh: '不得符合 "not" 所描述的结构' }),
  if: ({ expected }) => ({ en: `must match the schema in "${String(expected)}"`, zh: `应符合 "${String(expected)}" 所描述的结构` }),
  discriminator: ({ name, expected }) => ({
    en: `property '${String(name)}' must name one of: ${list(expected)}`,
    zh: `属性 '${String(name)}' 应为以下之一：${list(expected)}`,
  }),
  'false schema': () => ({ en: 'is not allowed here', zh: '此处不允许出现任何值' }),
  depth: () => ({ en: 'is nested too deeply to be checked', zh: '嵌套过深，无法检查' }),
  'schema-invalid': ({ reason }) => ({ en: `can not be checked: ${String(reason)}`, zh: `无法检查：${String(reason)}` }),
  malformed: ({ reason }) => ({ en: String(reason), zh: `格式错误：${String(reason)}` }),
};

/** The sentence for a broken keyword; words the catalogue does not know are named as they are. */
export function message(code: string, params: Readonly<Record<string, unknown>>, language: Language = 'en'): string {
  const text = TEXTS[code]?.(params);
  return text === undefined ? `breaks "${code}"` : text[language];
}
