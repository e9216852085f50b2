/** A sample request in Python, with the `requests` package. */
import { scalarText } from './parameter-text.ts';
import { PASSWORD, USER } from './sample-request.ts';
import type { SampleRequest } from './sample-request.ts';

export function pythonSample({ method, url, headers, basic, body }: SampleRequest): string {
  // `json=` sets the header itself.
  const isPlainJson = body.kind === 'json' && body.mediaType === 'application/json';
  const sent = headers.filter(([name]) => !(isPlainJson && name === 'Content-Type'));
  const parts = [`    ${string(url)},`];
  if (sent.length > 0) parts.push(`    headers=${dictionary(sent)},`);
  if (basic) parts.push(`    auth=(${string(USER)}, ${string(PASSWORD)}),`);
  switch (body.kind) {
    case 'none':
      break;
    case 'json':
      if (isPlainJson) parts.push(`    json=${literal(body.value, 1)},`);
      else parts.push(`    data=json.dumps(${literal(body.value, 1)}),`);
      break;
    case 'text':
      parts.push(`    data=${string(body.text)}.encode(),`);
      break;
    case 'file':
      parts.push(`    data=open(${string(body.fileName)}, 'rb'),`);
      break;
    case 'form':
      parts.push(`    data=${pairs(body.fields.map(({ name, value }) => [name, value]))},`);
      break;
    case 'multipart': {
      const files = body.fields.filter(({ fileName }) => fileName !== undefined);
      const texts = body.fields.filter(({ fileName }) => fileName === undefined);
      // A multipart body needs `files`, even where no field is a file.
      const written =
        files.length > 0
          ? files.map(({ name, fileName }) => `(${string(name)}, open(${string(fileName ?? '')}, 'rb'))`)
          : texts.map(({ name, value }) => `(${string(name)}, (None, ${string(value)}))`);
      parts.push(`    files=[${written.join(', ')}],`);
      if (files.length > 0 && texts.length > 0) parts.push(`    data=${pairs(texts.map(({ name, value }) => [name, value]))},`);
      break;
    }
  }
  const imports = body.kind === 'json' && !isPlainJson ? 'import json\n\nimport requests' : 'import requests';
  const known = /^(?:get|post|put|patch|delete|head|options)$/.test(method.toLowerCase());
  const call = known ? `requests.${method.toLowerCase()}(` : `requests.request(\n    ${string(method)},`;
  return [imports, '', `response = ${call}`, ...parts, ')', 'print(response.status_code, response.text)'].join('\n');
}

/** A Python string literal; JSON's escapes are a subset of Python's. */
function string(text: string): string {
  const body = JSON.stringify(text).slice(1, -1);
  return `'${body.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function dictionary(entries: readonly (readonly [string, string])[]): string {
  return `{\n${entries.map(([name, value]) => `        ${string(name)}: ${string(value)},`).join('\n')}\n    }`;
}

function pairs(entries: readonly (readonly [string, string])[]): string {
  return `[${entries.map(([name, value]) => `(${string(name)}, ${string(value)})`).join(', ')}]`;
}

function literal(value: unknown, depth: number): string {
  const pad = '    '.repeat(depth + 1);
  const end = '    '.repeat(depth);
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return string(value);
  if (Array.isArray(value))
    return value.length === 0 ? '[]' : `[\n${value.map((item) => `${pad}${literal(item, depth + 1)},`).join('\n')}\n${end}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value);
    if (entries.length === 0) return '{}';
    return `{\n${entries.map(([key, item]) => `${pad}${string(key)}: ${literal(item, depth + 1)},`).join('\n')}\n${end}}`;
  }
  return scalarText(value);
}
