/** One operation as its page shows it: plain data, both languages, nothing internal. */
import { child, dereference, entries, items, members, record, schemaOfContent } from '../../operations/index.ts';
import type { Content, Document, Node, Operation, OperationParameter, OperationTable, Route } from '../../operations/index.ts';
import { createNames } from './anchors.ts';
import { sampleBody, viewExamples } from './example-view.ts';
import type { ExampleView } from './example-view.ts';
import { isInternal } from './extensions.ts';
import { maskWhole } from './mask.ts';
import { sampleRequest } from './samples/sample-request.ts';
import type { SampleRequest } from './samples/sample-request.ts';
import { MAX_FIELDS, viewSchema } from './schema-view.ts';
import type { SchemaReader, SchemaView } from './schema-view.ts';
import { splitText } from './text.ts';
import type { Text } from './text.ts';

export interface OperationView {
  readonly operation: Operation;
  readonly title: Text;
  readonly description: Text;
  readonly deprecated: boolean;
  readonly parameters: readonly ParameterView[];
  readonly body: BodyView | undefined;
  readonly responses: readonly ResponseView[];
  readonly callbacks: readonly MessageView[];
  readonly sample: SampleRequest;
  readonly examples: { readonly valid: number; readonly judged: number };
  readonly externalDocs: LinkView | undefined;
}

export interface ParameterView {
  readonly name: string;
  readonly in: string;
  readonly anchor: string;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly description: Text;
  readonly schema: SchemaView;
  /** Masked where the parameter is sensitive. */
  readonly examples: readonly unknown[];
  readonly mediaType: string | undefined;
}

export interface BodyView {
  readonly required: boolean;
  readonly description: Text;
  readonly contents: readonly ContentView[];
}

export interface ContentView {
  readonly mediaType: string;
  readonly schema: SchemaView | undefined;
  readonly examples: readonly ExampleView[];
}

export interface ResponseView {
  readonly status: string;
  readonly anchor: string;
  readonly description: Text;
  readonly headers: readonly ParameterView[];
  readonly contents: readonly ContentView[];
  readonly links: readonly { readonly name: string; readonly operationId: string; readonly description: Text }[];
}

/** A request that the API makes: a callback or a webhook. */
export interface MessageView {
  readonly name: string;
  readonly method: string;
  /** The runtime expression of a callback's address; `''` for a webhook. */
  readonly address: string;
  readonly description: Text;
  readonly schema: SchemaView | undefined;
}

export interface LinkView {
  readonly url: string;
  readonly description: Text;
}

/** The title of an operation without looking at anything else of it. */
export function titleOf(route: Route): Text {
  const { summary } = record(route.node.value);
  return typeof summary === 'string' && summary.trim() !== '' ? splitText(summary) : splitText(route.id);
}

/** @param mock where samples are sent that a document without a host describes. */
export function viewOperation(table: OperationTable, route: Route, mock: string): OperationView {
  const operation = table.operation(route);
  const { document, node } = route;
  const given = record(node.value);
  const reader: SchemaReader = { document, anchors: createNames(), left: MAX_FIELDS };
  const declared = declaredParameters(route);
  const parameters = operation.parameters.flatMap((parameter) => {
    const found = declared.find(({ value }) => record(value)['name'] === parameter.name && record(value)['in'] === placeOf(parameter));
    return found === undefined || isInternal(found.value) ? [] : [viewParameter(reader, parameter, found)];
  });
  const body = viewBody(reader, operation, declared);
  const responses = operation.responses.map((rule) => viewResponse(reader, operation, rule));
  const [content] = operation.requestBody?.contents ?? [];
  const value = content === undefined ? undefined : sampleBody(operation, content, body?.contents[0]?.examples ?? []);
  const judged = [...(body?.contents ?? []), ...responses.flatMap(({ contents }) => contents)].flatMap(({ examples }) =>
    examples.flatMap(({ isValid }) => (isValid === undefined ? [] : [isValid])),
  );
  for (const parameter of operation.parameters)
    for (const example of parameter.examples) if (parameter.validator !== undefined) judged.push(parameter.validator.isValid(example));
  return {
    operation,
    title: titleOf(route),
    description: splitText(given['description']),
    deprecated: operation.deprecated,
    parameters,
    body,
    responses,
    callbacks: viewCallbacks(reader, node),
    sample: sampleRequest(operation, content, value, mock),
    examples: { valid: judged.filter(Boolean).length, judged: judged.length },
    externalDocs: viewLink(given['externalDocs']),
  };
}

/** Webhooks of a document (OpenAPI 3.1 section 4.8.1). */
export function viewWebhooks(document: Document): MessageView[] {
  const reader: SchemaReader = { document, anchors: createNames(), left: MAX_FIELDS };
  const root: Node = { value: document.root.value, source: document.root, pointer: '' };
  return members(child(root, 'webhooks')).flatMap(([name, node]) => viewMessages(reader, name, '', node));
}

export function viewLink(value: unknown): LinkView | undefined {
  const { url, description } = record(value);
  return typeof url === 'string' && /^https?:\/\//i.test(url) ? { url, description: splitText(description ?? url) } : undefined;
}

/** Every parameter of the path item and the operation; the operation's comes first where both have one. */
function declaredParameters({ document, node, pathItem }: Route): Node[] {
  return [...items(child(node, 'parameters')), ...items(child(pathItem, 'parameters'))].flatMap(
    (parameter) => followed(document, parameter) ?? [],
  );
}

/** As the document calls it. */
function placeOf(parameter: OperationParameter): string {
  return parameter.isWholeQuery === true ? 'querystring' : parameter.in;
}

function viewParameter(reader: SchemaReader, parameter: OperationParameter, node: Node): ParameterView {
  const given = record(node.value);
  const [, content] = members(child(node, 'content'))[0] ?? [];
  // In Swagger 2.0 the parameter is its own schema.
  const schema = child(content ?? node, 'schema') ?? node;
  const anchor = reader.anchors.take(`${parameter.in}.${parameter.name}`);
  const view = viewSchema(reader, [schema], `${parameter.in}.${parameter.name}`);
  return {
    name: parameter.name,
    in: placeOf(parameter),
    anchor,
    required: parameter.required,
    deprecated: parameter.deprecated,
    description: splitText(given['description']),
    schema: view,
    examples: parameter.examples.map((example) => (parameter.sensitive ? maskWhole(example) : example)),
    mediaType: parameter.mediaType,
  };
}

function viewBody(reader: SchemaReader, operation: Operation, declared: readonly Node[]): BodyView | undefined {
  const { requestBody: body } = operation;
  if (body === undefined) return undefined;
  const given = child(operation.route.node, 'requestBody');
  const node = given === undefined ? undefined : followed(reader.document, given);
  if (node === undefined) return viewBody20(reader, operation, declared);
  return {
    required: body.required,
    description: splitText(record(node.value)['description']),
    contents: body.contents.map((content) => viewContent(reader, content, child(node, 'content'), 'body')),
  };
}

/** Swagger 2.0: a parameter `in: body`, or the form fields together. */
function viewBody20(reader: SchemaReader, operation: Operation, declared: readonly Node[]): BodyView {
  const { requestBody: body } = operation;
  const holder = declared.find(({ value }) => record(value)['in'] === 'body');
  const fields = declared.filter(({ value }) => record(value)['in'] === 'formData' && !isInternal(value));
  const schema = holder === undefined ? undefined : child(holder, 'schema');
  const form = schema === undefined && fields.length > 0 ? formSchema(fields) : schema;
  const view = form === undefined ? undefined : viewSchema(reader, [form], 'body');
  return {
    required: body?.required ?? false,
    description: splitText(holder === undefined ? undefined : record(holder.value)['description']),
    contents: (body?.contents ?? []).map((content) => ({
      mediaType: content.mediaType,
      schema: view,
      examples: viewExamples(reader.document, content, undefined, form === undefined ? [] : [form]),
    })),
  };
}

/** The form fields of Swagger 2.0 as the properties of one object. */
function formSchema(fields: readonly Node[]): Node | undefined {
  const [first] = fields;
  if (first === undefined) return undefined;
  const name = (field: Node): string => String(record(field.value)['name']);
  return {
    source: first.source,
    pointer: first.pointer,
    value: {
      type: 'object',
      required: fields.filter(({ value }) => record(value)['required'] === true).map(name),
      properties: Object.fromEntries(fields.map((field) => [name(field), { ...record(field.value), required: undefined }])),
    },
  };
}

/** @param contents the map of media types. */
function viewContent(reader: SchemaReader, content: Content, contents: Node | undefined, path: string): ContentView {
  const given = contents === undefined ? undefined : child(contents, content.mediaType);
  const holder = given === undefined ? undefined : followed(reader.document, given);
  const schema = holder === undefined ? undefined : schemaOfContent(reader.document, holder, content.mediaType);
  const schemas = schema === undefined ? [] : [schema];
  return {
    mediaType: content.mediaType,
    schema: schema === undefined ? undefined : viewSchema(reader, schemas, path),
    examples: viewExamples(reader.document, content, holder, schemas),
  };
}

function viewResponse(reader: SchemaReader, operation: Operation, rule: Operation['responses'][number]): ResponseView {
  const { document } = reader;
  const responses = child(operation.route.node, 'responses');
  const given = entries(responses).find(([status]) => status.toUpperCase() === rule.status.toUpperCase())?.[1];
  const node = given === undefined ? undefined : followed(document, given);
  const anchor = reader.anchors.take(`response-${rule.status}`);
  const contents = node === undefined ? undefined : child(node, 'content');
  // Swagger 2.0: one schema for all media types, examples by media type.
  const old = node === undefined ? undefined : child(node, 'schema');
  const oldView = old === undefined ? undefined : viewSchema(reader, [old], rule.status);
  return {
    status: rule.status,
    anchor,
    description: describedResponse(record(node?.value)),
    headers: rule.headers.flatMap((header) => {
      const declared = entries(node === undefined ? undefined : child(node, 'headers')).find(
        ([name]) => name.toLowerCase() === header.name.toLowerCase(),
      );
      const target = declared === undefined ? undefined : followed(document, declared[1]);
      return target === undefined || isInternal(target.value) ? [] : [viewParameter(reader, header, target)];
    }),
    contents: rule.contents.map((content) =>
      old === undefined
        ? viewContent(reader, content, contents, rule.status)
        : { mediaType: content.mediaType, schema: oldView, examples: viewExamples(document, content, undefined, [old]) },
    ),
    links: entries(node === undefined ? undefined : child(node, 'links')).flatMap(([name, link]) => {
      const { operationId, description } = record(followed(document, link)?.value);
      return typeof operationId === 'string' ? [{ name, operationId, description: splitText(description) }] : [];
    }),
  };
}

/** OpenAPI 3.2 has a `summary` beside the description, which may be absent then: the line that stands beside the status. */
function describedResponse({ summary, description }: Readonly<Record<string, unknown>>): Text {
  const [short, long] = [splitText(summary), splitText(description)];
  const both = (one: string, other: string): string => [one, other].filter((line) => line !== '').join('\n\n');
  return { zh: both(short.zh, long.zh), en: both(short.en, long.en) };
}

function viewCallbacks(reader: SchemaReader, operation: Node): MessageView[] {
  return members(child(operation, 'callbacks')).flatMap(([name, given]) => {
    const callback = followed(reader.document, given);
    return members(callback).flatMap(([address, pathItem]) => viewMessages(reader, name, address, pathItem));
  });
}

function viewMessages(reader: SchemaReader, name: string, address: string, given: Node): MessageView[] {
  const pathItem = followed(reader.document, given);
  if (pathItem === undefined || isInternal(pathItem.value)) return [];
  const known = members(pathItem).filter(([key]) => /^(?:get|put|post|delete|options|head|patch|trace|query)$/.test(key));
  const operations = known.map(([method, operation]): [string, Node] => [method.toUpperCase(), operation]);
  return [...operations, ...members(child(pathItem, 'additionalOperations'))].flatMap(([method, operation]) => {
    if (isInternal(operation.value)) return [];
    const { summary, description } = record(operation.value);
    const body = child(operation, 'requestBody');
    const [, content] = members(body === undefined ? undefined : child(followed(reader.document, body) ?? body, 'content'))[0] ?? [];
    const schema = content === undefined ? undefined : (child(content, 'schema') ?? child(content, 'itemSchema'));
    return [
      {
        name,
        method,
        address,
        description: splitText(description ?? summary),
        schema: schema === undefined ? undefined : viewSchema(reader, [schema], name),
      },
    ];
  });
}

function followed(document: Document, node: Node): Node | undefined {
  const target = dereference(document, node);
  return target.ok ? target.node : undefined;
}
