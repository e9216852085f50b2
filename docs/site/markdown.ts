/** Operations and the site as Markdown: for readers who copy, and for language models (llms.txt). */
import { writeJson } from '../../operations/index.ts';
import type { Language } from '../../operations/index.ts';
import { plain } from './commonmark.ts';
import { shown } from './constraints.ts';
import type { ModuleView, OperationEntry, SiteModel } from './model.ts';
import type { ContentView, OperationView, ParameterView } from './operation-view.ts';
import { operationPath } from './pages/page.ts';
import { curlSample } from './samples/curl.ts';
import type { SchemaView } from './schema-view.ts';
import { code } from './text.ts';

type Say = (zh: string, en: string) => string;

/** One operation, complete. */
export function operationMarkdown(module: ModuleView, entry: OperationEntry, language: Language): string {
  const view = entry.view();
  const say: Say = (zh, en) => (language === 'zh' ? zh : en);
  const behaviour = entry.behaviour();
  const parts = [
    `# ${view.title[language]}`,
    `${code(`${entry.route.method} ${entry.route.path}`)} · ${plain(module.title[language])} · ${code(entry.route.id)}`,
    view.deprecated ? `**${say('已弃用', 'deprecated')}**` : '',
    entry.route.aliases.length === 0 ? '' : `${say('同样可用的地址：', 'Also served at: ')}${entry.route.aliases.map(code).join(', ')}`,
    view.description[language],
    `## ${say('鉴权', 'Authentication')}`,
    securityText(view, say),
    ...parameterParts(view, language, say),
    ...(view.body === undefined
      ? []
      : [
          `## ${say('请求体', 'Request body')} (${view.body.required ? say('必填', 'required') : say('可省略', 'optional')})`,
          view.body.description[language],
          ...contentParts(view.body.contents, language, say),
        ]),
    ...(behaviour === undefined || behaviour.rules.length + behaviour.refusals.length === 0
      ? []
      : [
          `## ${say('行为规则', 'Behaviour')}`,
          [
            ...behaviour.rules.map((rule) => `- ${rule[language]}`),
            ...behaviour.refusals.map(
              (error) => `- ${say('拒绝', 'refused')}: HTTP ${error.status} ${code(error.code)} ${error.message[language]}`,
            ),
          ].join('\n'),
        ]),
    `## ${say('响应', 'Responses')}`,
    ...view.responses.flatMap((response) => [
      `### ${response.status} ${response.description[language].split('\n')[0] ?? ''}`,
      response.headers.map((header) => parameterLine(header, language, say)).join('\n'),
      ...contentParts(response.contents, language, say),
    ]),
    `## ${say('请求示例', 'Sample')}`,
    fence(curlSample(view.sample), 'sh'),
  ];
  return `${parts.filter((part) => part.trim() !== '').join('\n\n')}\n`;
}

/** The site's table of contents (llmstxt.org). @param base what stands before each address; `''` for relative ones. */
export function llmsText(model: SiteModel, language: Language, base: string): string {
  const lines = model.modules.flatMap((module) => [
    `## ${plain(module.title[language])}`,
    '',
    plain(module.summary[language]),
    '',
    ...module.operations.map(
      (entry) =>
        `- [${plain(entry.title[language])}](${base}${encodePath(operationPath(module, entry).replace(/html$/, 'md'))}): ${entry.route.method} ${entry.route.path}`,
    ),
    `- [OpenAPI](${base}openapi/${encodeURIComponent(module.slug)}.yaml)`,
    '',
  ]);
  const intro =
    language === 'zh'
      ? '全部模块的接口；每个接口一份 Markdown，全文见 llms-full.txt。'
      : 'The operations of all modules, one Markdown file each; llms-full.txt has them all.';
  return `# ${language === 'zh' ? '接口文档' : 'API reference'}\n\n> ${intro}\n\n${lines.join('\n')}`;
}

/** Every operation one after the other. */
export function llmsFullText(model: SiteModel, language: Language): string {
  return model.modules.flatMap((module) => module.operations.map((entry) => operationMarkdown(module, entry, language))).join('\n---\n\n');
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function securityText({ operation }: OperationView, say: Say): string {
  const alternatives = operation.security.filter((alternative) => alternative.length > 0);
  if (alternatives.length === 0) return say('不需要鉴权。', 'None.');
  return alternatives
    .map(
      (alternative) =>
        `- ${alternative.map(({ name, kind, in: place, parameter }) => `${code(name)} (${kind === 'apiKey' ? `${place} ${code(parameter)}` : kind})`).join(' + ')}`,
    )
    .join('\n');
}

function parameterParts(view: OperationView, language: Language, say: Say): string[] {
  if (view.parameters.length === 0) return [];
  return [`## ${say('参数', 'Parameters')}`, view.parameters.map((parameter) => parameterLine(parameter, language, say)).join('\n')];
}

function parameterLine(parameter: ParameterView, language: Language, say: Say): string {
  const { name, in: place, required, description, schema } = parameter;
  const text = description[language] || schema.description[language];
  return [
    `- ${code(name)} (${place}, ${typeText(schema)}${required ? `, ${say('必填', 'required')}` : ''}): ${oneLine(text)}${limits(schema, language, say)}`,
    ...fieldLines(schema, language, say, 1),
  ].join('\n');
}

function contentParts(contents: readonly ContentView[], language: Language, say: Say): string[] {
  return contents.flatMap(({ mediaType, schema, examples }) => [
    code(mediaType),
    schema === undefined ? '' : [...schema.rules.map((rule) => `- ${rule[language]}`), ...fieldLines(schema, language, say, 0)].join('\n'),
    ...examples.flatMap(({ name, summary, value }) => [
      `${say('示例', 'Example')}: ${summary[language] || name}`,
      fence(typeof value === 'string' ? value : writeJson(value, 2), 'json'),
    ]),
  ]);
}

function fieldLines(schema: SchemaView, language: Language, say: Say, depth: number): string[] {
  const pad = '  '.repeat(depth);
  const lines = schema.fields.flatMap(({ name, required, schema: field }) => [
    `${pad}- ${code(name)} (${typeText(field)}${required ? `, ${say('必填', 'required')}` : ''}): ${oneLine(field.description[language])}${limits(field, language, say)}`,
    ...fieldLines(field, language, say, depth + 1),
  ]);
  if (schema.items !== undefined) lines.push(...fieldLines(schema.items, language, say, depth));
  for (const { label, mark, schema: branch } of schema.choice?.branches ?? []) {
    lines.push(
      `${pad}- ${schema.choice?.kind ?? ''}: ${branch.name || label[language]}${mark === '' ? '' : ` ${mark}`} (${typeText(branch)}) ${oneLine(branch.description[language])}${limits(branch, language, say)}`,
      ...fieldLines(branch, language, say, depth + 1),
    );
  }
  return lines;
}

function limits(schema: SchemaView, language: Language, say: Say): string {
  const said = [
    ...(schema.values.length === 0 ? [] : [`${say('取值', 'one of')} ${schema.values.map(shown).join(', ')}`]),
    ...schema.constraints.map((constraint) => constraint[language]),
    ...schema.rules.map((rule) => rule[language]),
  ];
  return said.length === 0 ? '' : ` (${said.join('; ')})`;
}

function typeText({ types, format, items }: SchemaView): string {
  const names = types.map((type) => (type === 'array' && items !== undefined ? `array<${typeText(items)}>` : type));
  return (names.length === 0 ? 'any' : names.join(' | ')) + (format === '' ? '' : ` ${format}`);
}

function oneLine(source: string): string {
  return source.replace(/\s*\n\s*/g, ' ').trim();
}

/** A fence longer than any run of backticks inside (CommonMark 0.31 section 4.5). */
function fence(source: string, language: string): string {
  const longest = Math.max(2, ...[...source.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}${language}\n${source}\n${mark}`;
}
