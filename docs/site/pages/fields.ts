/** A schema as nested lists of fields. */
import { writeJson } from '../../../operations/index.ts';
import { block, inline } from '../commonmark.ts';
import { shown } from '../constraints.ts';
import { html } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { maskWhole } from '../mask.ts';
import type { BranchView, FieldView, SchemaView } from '../schema-view.ts';
import { anchorId, line, link, say } from './page.ts';
import type { PageContext } from './page.ts';

const MAX_VALUES = 60;

/** What a whole body is: its own rules, then its fields. */
export function renderSchema(context: PageContext, schema: SchemaView): Html {
  return html`${schema.types.length > 0 && schema.fields.length === 0 && schema.choice === undefined && html`<p class="whole">${typeOf(context, schema)}</p>`}${details(context, schema, true)}${inner(context, schema)}`;
}

/** One row: a field, parameter or header. */
export function renderField(
  context: PageContext,
  { name, anchor, required, schema }: FieldView,
  extra: { readonly deprecated?: boolean; readonly description?: Content; readonly after?: Content } = {},
): Html {
  return html`<li id="${anchorId(context, anchor)}">
    <div class="field">
      <a class="name" href="${link(context, context.path, anchor)}"><code>${name}</code></a>
      <span class="type">${typeOf(context, schema)}</span
      >${required && html` <span class="required">${say(context, '必填', 'required')}</span>`}${(schema.deprecated || extra.deprecated === true) && html` <span class="old">${say(context, '已弃用', 'deprecated')}</span>`}${schema.readOnly && html` <span class="mark">${say(context, '只读', 'read only')}</span>`}${schema.writeOnly && html` <span class="mark">${say(context, '只写', 'write only')}</span>`}${schema.sensitive && html` <span class="mark">${say(context, '敏感', 'sensitive')}</span>`}
    </div>
    ${extra.description}${details(context, schema, false)}${extra.after}${inner(context, schema)}
  </li>`;
}

function details(context: PageContext, schema: SchemaView, isWhole: boolean): Html {
  const { language } = context;
  const example =
    schema.example === undefined || isWhole || schema.fields.length > 0
      ? undefined
      : schema.sensitive
        ? maskWhole(schema.example)
        : schema.example;
  const parts: Content[] = [
    ...schema.constraints.map((constraint) => html`<span>${inline(constraint[language])}</span>`),
    example !== undefined && typeof example !== 'object' && html`<span>${say(context, '例：', 'e.g. ')}${inline(shown(example))}</span>`,
  ].filter((part) => part !== false);
  return html`${schema.description[language] !== '' && html`<div class="text">${block(schema.description[language])}</div>`}${schema.values.length > 0 && html`<div class="values">${say(context, schema.values.length === 1 ? '固定为' : '取值', schema.values.length === 1 ? 'always' : 'one of')} ${schema.values.slice(0, MAX_VALUES).map((value) => html`<code>${writeJson(value)}</code> `)}${schema.values.length > MAX_VALUES && html`… (${schema.values.length})`}</div>`}${parts.length > 0 && html`<div class="limits">${parts}</div>`}${
    schema.rules.length > 0 &&
    html`<ul class="rules">
      ${schema.rules.map((rule) => html`<li>${inline(rule[language])}</li>`)}
    </ul>`
  }${stopNote(context, schema)}`;
}

function stopNote(context: PageContext, { stop, name }: SchemaView): Content {
  if (stop === 'recursive')
    return html`<div class="text">
      ↻ ${say(context, '结构与上层', 'the same structure as')} ${name !== '' && html`<code>${name}</code>`}
      ${say(context, '相同（递归）', 'above (recursive)')}
    </div>`;
  if (stop === 'large')
    return html`<div class="text">… ${say(context, '其余字段见原始文档', 'see the raw document for the remaining fields')}</div>`;
  return undefined;
}

function inner(context: PageContext, schema: SchemaView): Html {
  const { fields, items, choice } = schema;
  return html`${
    fields.length > 0 &&
    html`<ul class="fields">
      ${fields.map((field) => renderField(context, field))}
    </ul>`
  }${items !== undefined && itemBlock(context, items)}${
    choice !== undefined &&
    html`<div class="choice">
      <p class="kind">
        ${choice.kind === 'oneOf' ? say(context, '以下之一：', 'One of:') : say(context, '以下至少一种：', 'At least one of:')}
      </p>
      ${choice.branches.map((branch) => renderBranch(context, branch))}
    </div>`
  }`;
}

/** The fields of an array's elements stand where the array's would; what else is said of an element comes before them. */
function itemBlock(context: PageContext, items: SchemaView): Content {
  const said =
    items.description[context.language] !== '' ||
    items.constraints.length > 0 ||
    items.values.length > 0 ||
    items.rules.length > 0 ||
    items.stop !== undefined;
  if (!said && items.fields.length === 0 && items.choice === undefined && items.items === undefined) return undefined;
  return html`<div class="items">
    <div class="of">${say(context, '每个元素', 'each item')}</div>
    ${details(context, items, false)}${inner(context, items)}
  </div>`;
}

function renderBranch(context: PageContext, { label, mark, anchor, schema }: BranchView): Html {
  const own = schema.description[context.language];
  const title = label[context.language] !== '' ? line(context, label) : own !== '' && own.length < 120 ? inline(own) : html`${schema.name}`;
  // The title has said it already.
  const rest = own !== '' && own.length < 120 ? { ...schema, description: { zh: '', en: '' } } : schema;
  return html`<details class="branch" id="${anchorId(context, anchor)}" open>
    <summary>
      ${title}${mark !== '' && html` <code>${mark}</code>`}${schema.fields.length === 0 && schema.types.length > 0 && html` <span class="type">${typeOf(context, schema)}</span>`}
    </summary>
    ${details(context, rest, false)}${inner(context, schema)}
  </details>`;
}

/** `array<string>`, `integer (int64) | null`. */
export function typeOf(context: PageContext, schema: SchemaView): string {
  const names = schema.types.map((type) => {
    if (type === 'array' && schema.items !== undefined) return `${say(context, '数组', 'array')}<${typeOf(context, schema.items)}>`;
    return type === 'null' ? 'null' : type + (schema.format !== '' && type !== 'object' && type !== 'array' ? ` (${schema.format})` : '');
  });
  if (names.length > 0) return names.join(' | ');
  return schema.choice === undefined ? say(context, '任意', 'any') : schema.choice.kind;
}
