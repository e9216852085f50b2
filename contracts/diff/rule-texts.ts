import type { Level, Sentence } from './change.ts';

/** What each rule is about. The ids are promises: reports and lists of exceptions name them. */
export const RULES: Readonly<Record<string, Sentence>> = {
  'document-removed': rule('Document removed', '文档被删除'),
  'document-added': rule('Document added', '新增文档'),
  'document-defect': rule('Part that can not be compared', '无法比较的部分'),
  'operation-removed': rule('Operation removed', '接口被删除'),
  'operation-added': rule('Operation added', '新增接口'),
  'operation-relocated': rule('Operation moved to another document', '接口移到其他文档'),
  'operation-id-changed': rule('operationId changed', 'operationId 变化'),
  'method-removed': rule('Method removed', '请求方法被删除'),
  'method-changed': rule('Method changed', '请求方法变化'),
  'path-changed': rule('Path changed', '路径变化'),
  'path-alias-removed': rule('Spelling of a path removed', '路径写法被删除'),
  'deprecated-added': rule('Deprecated', '标记为已弃用'),
  'deprecated-removed': rule('No longer deprecated', '不再弃用'),
  'base-path-changed': rule('Base path changed', '基础路径变化'),
  'server-removed': rule('Server removed', '服务器被删除'),
  'server-added': rule('Server added', '新增服务器'),
  'security-added': rule('Credentials required', '开始要求凭证'),
  'security-changed': rule('Credentials changed', '凭证要求变化'),
  'security-removed': rule('Credentials no longer required', '不再要求凭证'),
  'security-relaxed': rule('Further credentials accepted', '接受更多凭证'),
  'parameter-removed': rule('Parameter removed', '参数被删除'),
  'parameter-added': rule('Parameter added', '新增参数'),
  'parameter-moved': rule('Parameter moved', '参数位置变化'),
  'parameter-required': rule('Parameter became required', '参数变为必填'),
  'parameter-optional': rule('Parameter became optional', '参数变为可选'),
  'parameter-style-changed': rule('Parameter written differently', '参数写法变化'),
  'empty-value-changed': rule('Empty values of a parameter', '参数空值规则变化'),
  'request-body-added': rule('Request body added', '新增请求体'),
  'request-body-removed': rule('Request body removed', '请求体被删除'),
  'request-body-required': rule('Request body became required', '请求体变为必填'),
  'request-body-optional': rule('Request body became optional', '请求体变为可选'),
  'media-type-removed': rule('Media type removed', '媒体类型被删除'),
  'media-type-added': rule('Media type added', '新增媒体类型'),
  'encoding-changed': rule('Form written differently', '表单写法变化'),
  'status-removed': rule('Status removed', '状态码被删除'),
  'status-added': rule('Status added', '新增状态码'),
  'response-header-removed': rule('Response header removed', '响应头被删除'),
  'response-header-added': rule('Response header added', '新增响应头'),
  'response-header-required': rule('Response header always sent', '响应头变为必有'),
  'response-header-optional': rule('Response header not always sent', '响应头变为可选'),
  'type-changed': rule('Type changed', '类型变化'),
  'nullable-added': rule('Null allowed', '允许 null'),
  'nullable-removed': rule('Null no longer allowed', '不再允许 null'),
  'format-changed': rule('Format changed', '格式变化'),
  'enum-set': rule('Values restricted', '限定取值'),
  'enum-dropped': rule('Values no longer restricted', '不再限定取值'),
  'enum-value-added': rule('Enum value added', '新增枚举值'),
  'enum-value-removed': rule('Enum value removed', '枚举值被删除'),
  'bound-changed': rule('Bound of a number changed', '数值范围变化'),
  'multiple-changed': rule('Step of a number changed', '数值倍数变化'),
  'length-changed': rule('Length changed', '长度变化'),
  'pattern-changed': rule('Pattern changed', '正则变化'),
  'item-count-changed': rule('Number of items changed', '元素个数变化'),
  'unique-items-changed': rule('Uniqueness of items changed', '元素唯一性变化'),
  'property-count-changed': rule('Number of properties changed', '属性个数变化'),
  'property-added': rule('Property added', '新增属性'),
  'property-removed': rule('Property removed', '属性被删除'),
  'property-required': rule('Property became required', '属性变为必填'),
  'property-optional': rule('Property became optional', '属性变为可选'),
  'additional-properties-changed': rule('Further properties', '未声明属性的规则变化'),
  'branch-added': rule('Alternative added', '新增分支'),
  'branch-removed': rule('Alternative removed', '分支被删除'),
  'choice-changed': rule('Choice changed', '多选一规则变化'),
  'condition-changed': rule('Condition changed', '条件变化'),
  'read-only-changed': rule('readOnly changed', 'readOnly 变化'),
  'write-only-changed': rule('writeOnly changed', 'writeOnly 变化'),
  'default-changed': rule('Default changed', '默认值变化'),
  'behaviour-added': rule('Behaviour added', '新增行为'),
  'behaviour-removed': rule('Behaviour removed', '行为被删除'),
  'behaviour-changed': rule('Behaviour changed', '行为变化'),
  'transition-added': rule('Transition added', '新增状态迁移'),
  'transition-removed': rule('Transition removed', '状态迁移被删除'),
  'further-changes': rule('Further changes', '其余变化'),
};

/** What a level asks for. */
export const LEVEL_TEXTS: Readonly<Record<Level, { readonly name: Sentence; readonly advice: Sentence }>> = {
  breaking: {
    name: rule('breaking', '不兼容'),
    advice: rule(
      'A correct client of the old version may fail. Keep the old form beside the new one, or release it as a new version.',
      '符合旧版的调用方可能失败。请在新形式之外保留旧形式，或作为新版本发布。',
    ),
  },
  warning: {
    name: rule('warning', '警告'),
    advice: rule(
      'Correct clients go on, but some may notice. Tell them before the release.',
      '符合旧版的调用方可以继续工作，但可能受到影响。请在发布前告知。',
    ),
  },
  compatible: { name: rule('compatible', '兼容'), advice: rule('Nothing to do for clients.', '调用方无需处理。') },
};

export function ruleTitle(id: string): Sentence {
  return (Object.hasOwn(RULES, id) ? RULES[id] : undefined) ?? rule(id, id);
}

function rule(en: string, zh: string): Sentence {
  return { en, zh };
}
