import { follow, list, members } from './document.ts';
import type { Members, PlainDocument } from './document.ts';

/** A documented operation with its references followed, as far as asking and judging need it. */
export interface PlainOperation {
  /** `GET /path`. */
  readonly name: string;
  /** Upper case. */
  readonly method: string;
  readonly path: string;
  /** Parameter Objects but Swagger 2.0's `body` and `formData`. */
  readonly parameters: readonly Members[];
  readonly body: PlainBody | undefined;
  readonly responses: ReadonlyMap<string, PlainResponse>;
  /** Alternatives of Security Scheme Objects; empty when nothing is needed. */
  readonly security: readonly (readonly Members[])[];
}

export interface PlainBody {
  readonly required: boolean;
  readonly contents: ReadonlyMap<string, PlainContent>;
}

export interface PlainContent {
  readonly schema: unknown;
  readonly examples: readonly unknown[];
}

export interface PlainResponse {
  /** `undefined`: any media type will do (Swagger 2.0 without `produces`). */
  readonly contents: ReadonlyMap<string, PlainContent> | undefined;
  /** Set together with an `undefined` contents. */
  readonly content: PlainContent | undefined;
  readonly headers: ReadonlyMap<string, Members>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** All operations of a document, in its order. */
export function listOperations(document: PlainDocument): PlainOperation[] {
  return Object.entries(members(document.root['paths'])).flatMap(([path, given]) => {
    const item = members(follow(document, given));
    return METHODS.filter((method) => typeof item[method] === 'object' && item[method] !== null).map((method) =>
      operation(document, path, method, item),
    );
  });
}

/** The response documented for a status: exact, its class, `default`. */
export function findResponse(operation: PlainOperation, status: number): PlainResponse | undefined {
  const group = `${String(status).charAt(0)}XX`;
  const { responses } = operation;
  return responses.get(String(status)) ?? responses.get(group) ?? responses.get(group.toLowerCase()) ?? responses.get('default');
}

function operation(document: PlainDocument, path: string, method: string, item: Members): PlainOperation {
  const given = members(item[method]);
  const parameters = new Map<string, Members>();
  for (const parameter of [...list(item['parameters']), ...list(given['parameters'])]) {
    const resolved = members(follow(document, parameter));
    parameters.set(`${String(resolved['in'])} ${String(resolved['name'])}`, resolved);
  }
  const all = [...parameters.values()];
  return {
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    parameters: all.filter((parameter) => parameter['in'] !== 'body' && parameter['in'] !== 'formData'),
    body: document.dialect === '2.0' ? body20(document, given, all) : body30(document, given),
    responses: responsesOf(document, given),
    security: securityOf(document, given),
  };
}

function body30(document: PlainDocument, given: Members): PlainBody | undefined {
  const body = follow(document, given['requestBody']);
  if (body === undefined) return undefined;
  return { required: members(body)['required'] === true, contents: contentsOf(document, members(body)['content']) };
}

function body20(document: PlainDocument, given: Members, parameters: readonly Members[]): PlainBody | undefined {
  const consumes = mediaTypes(document, given, 'consumes');
  const whole = parameters.find((parameter) => parameter['in'] === 'body');
  if (whole !== undefined) {
    const content = { schema: whole['schema'], examples: [] };
    return { required: whole['required'] === true, contents: new Map([[consumes[0] ?? 'application/json', content]]) };
  }
  const fields = parameters.filter((parameter) => parameter['in'] === 'formData');
  if (fields.length === 0) return undefined;
  const required = fields.filter((field) => field['required'] === true).map((field) => String(field['name']));
  const properties = Object.fromEntries(fields.map((field) => [String(field['name']), field]));
  const multipart = fields.some((field) => field['type'] === 'file') || consumes.includes('multipart/form-data');
  const mediaType = multipart ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  return {
    required: required.length > 0,
    contents: new Map([[mediaType, { schema: { type: 'object', properties, required }, examples: [] }]]),
  };
}

function responsesOf(document: PlainDocument, given: Members): Map<string, PlainResponse> {
  const produces = mediaTypes(document, given, 'produces');
  const entries = Object.entries(members(given['responses'])).filter(([status]) => !status.startsWith('x-'));
  return new Map(
    entries.map(([status, value]): [string, PlainResponse] => {
      const response = members(follow(document, value));
      const headers = new Map(
        Object.entries(members(response['headers'])).map(([name, header]) => [name.toLowerCase(), members(follow(document, header))]),
      );
      if (document.dialect !== '2.0') return [status, { contents: contentsOf(document, response['content']), content: undefined, headers }];
      const described = response['schema'] !== undefined || response['examples'] !== undefined;
      const content: PlainContent = { schema: response['schema'], examples: Object.values(members(response['examples'])) };
      if (!described) return [status, { contents: new Map(), content: undefined, headers }];
      if (produces.length === 0) return [status, { contents: undefined, content, headers }];
      return [status, { contents: new Map(produces.map((mediaType) => [mediaType, content])), content: undefined, headers }];
    }),
  );
}

function contentsOf(document: PlainDocument, contents: unknown): Map<string, PlainContent> {
  return new Map(
    Object.entries(members(contents)).map(([mediaType, value]) => {
      const content = members(follow(document, value));
      const named = Object.values(members(content['examples'])).map((example) => members(follow(document, example))['value']);
      return [
        mediaType,
        { schema: content['schema'], examples: [content['example'], ...named].filter((example) => example !== undefined) },
      ];
    }),
  );
}

function mediaTypes(document: PlainDocument, given: Members, key: 'consumes' | 'produces'): string[] {
  return list(given[key] ?? document.root[key]).map(String);
}

function securityOf(document: PlainDocument, given: Members): Members[][] {
  const components = members(document.root['components']);
  const schemes = members(document.dialect === '2.0' ? document.root['securityDefinitions'] : components['securitySchemes']);
  const alternatives = list(given['security'] ?? document.root['security']);
  return alternatives.map((alternative) => Object.keys(members(alternative)).map((name) => members(follow(document, schemes[name]))));
}
