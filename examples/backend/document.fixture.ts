import { fileURLToPath } from 'node:url';
import SwaggerParser from '@apidevtools/swagger-parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { at, createSend } from './drive/client.ts';
import type { Answer, Send } from './drive/client.ts';
import { membersOf } from './json.ts';

interface DocumentedOperation {
  readonly method: string;
  readonly path: RegExp;
  readonly responses: Readonly<Record<string, unknown>>;
}

/** The documents of the modules, read by nothing but a parser of references and a validator of schemas. */
export interface Documents {
  /** What an answer breaks; empty where it is as documented. */
  readonly flawsOf: (method: string, path: string, answer: Answer) => readonly string[];
}

const MODULES = ['auth', 'notification-task', 'file', 'tie'];

export async function loadDocuments(): Promise<Documents> {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  addFormats.default(ajv);
  const compiled = new Map<unknown, ValidateFunction>();
  const operations = (await Promise.all(MODULES.map(operationsOf))).flat();

  const breaks = (schema: unknown, value: unknown, where: string): readonly string[] => {
    const members = membersOf(schema) ?? {};
    const validate = compiled.get(schema) ?? ajv.compile(members);
    compiled.set(schema, validate);
    return validate(value) ? [] : [`${where}: ${ajv.errorsText(validate.errors)}`];
  };
  return {
    flawsOf(method, path, answer) {
      const bare = path.split('?')[0] ?? path;
      const operation = operations.find(
        (candidate) => candidate.method === (method === 'HEAD' ? 'GET' : method) && candidate.path.test(bare),
      );
      if (operation === undefined) return [`no operation ${method} ${path}`];
      const { responses } = operation;
      const response = responses[answer.status] ?? responses[`${String(answer.status).slice(0, 1)}XX`];
      if (response === undefined) return [`no status ${answer.status}`];
      const headers = Object.entries(membersOf(at(response, 'headers')) ?? {}).flatMap(([name, header]) => {
        const text = answer.headers.get(name);
        if (text === null) return at(header, 'required') === true ? [`no header ${name}`] : [];
        const value = at(header, 'schema', 'type') === 'integer' ? Number(text) : text;
        return breaks(at(header, 'schema'), value, `header ${name}`);
      });
      return method === 'HEAD' ? headers : [...headers, ...bodyFlaws(response, answer, breaks)];
    },
  };
}

function bodyFlaws(
  response: unknown,
  answer: Answer,
  breaks: (schema: unknown, value: unknown, where: string) => readonly string[],
): readonly string[] {
  const content = membersOf(at(response, 'content')) ?? {};
  const mediaType = (answer.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
  const media = content[mediaType] ?? (mediaType === '' ? undefined : content['*/*']);
  if (media === undefined) return [`no media type ${mediaType}`];
  if (content[mediaType] === undefined) return [];
  let value: unknown;
  try {
    value = JSON.parse(answer.bytes.toString('utf8'));
  } catch {
    return ['the body is not JSON'];
  }
  return breaks(at(media, 'schema'), value, 'body');
}

async function operationsOf(module: string): Promise<readonly DocumentedOperation[]> {
  const file = fileURLToPath(new URL(`../../openapi/${module}.yaml`, import.meta.url));
  const document: unknown = await SwaggerParser.dereference(file);
  return Object.entries(membersOf(at(document, 'paths')) ?? {}).flatMap(([path, item]) => {
    const aliases = at(item, 'x-path-aliases');
    const spellings = [path, ...(Array.isArray(aliases) ? aliases.map(String) : [])];
    return Object.entries(membersOf(item) ?? {}).flatMap(([method, operation]) => {
      const responses = membersOf(at(operation, 'responses'));
      if (responses === undefined) return [];
      return spellings.map((spelling) => ({ method: method.toUpperCase(), path: pathPattern(spelling), responses }));
    });
  });
}

function pathPattern(path: string): RegExp {
  const parts = path.split(/\{[^}]+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]+')}$`);
}

/** Sends like a drive; an answer that breaks its document is an error. */
export function createCheckedSend(documents: Documents, url: string): Send {
  const send = createSend(url, () => {});
  return async (name, method, path, sending) => {
    const answer = await send(name, method, path, sending);
    const flaws = documents.flawsOf(method, path, answer);
    if (flaws.length > 0) throw new Error(`${name}: ${method} ${path}: ${flaws.join('; ')}: ${answer.bytes.toString('utf8')}`);
    return answer;
  };
}
