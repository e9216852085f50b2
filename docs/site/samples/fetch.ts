/** A sample request with `fetch`, for browsers and Node. */
import { writeJson } from '../../../operations/index.ts';
import { PASSWORD, USER } from './sample-request.ts';
import type { SampleRequest } from './sample-request.ts';

export function fetchSample({ method, url, headers, basic, body }: SampleRequest): string {
  const before: string[] = [];
  const options: string[] = [];
  if (method !== 'GET') options.push(`  method: ${string(method)},`);
  const shown = headers.map(([name, value]) => `    ${string(name)}: ${string(value)},`);
  if (basic) shown.unshift(`    Authorization: \`Basic \${btoa(${string(`${USER}:${PASSWORD}`)})}\`,`);
  if (shown.length > 0) options.push('  headers: {', ...shown, '  },');
  switch (body.kind) {
    case 'none':
      break;
    case 'json':
      // A number beyond 2^53 would lose digits as a JavaScript value: then the text is sent as it stands.
      options.push(
        holdsBigint(body.value)
          ? `  body: ${template(writeJson(body.value, 2))},`
          : `  body: JSON.stringify(${indented(literal(body.value))}),`,
      );
      break;
    case 'text':
      options.push(`  body: ${template(body.text)},`);
      break;
    case 'file':
      before.push("const file = new Blob(['content of the file']);");
      options.push('  body: file,');
      break;
    case 'form':
      before.push(
        'const form = new URLSearchParams();',
        ...body.fields.map(({ name, value }) => `form.append(${string(name)}, ${string(value)});`),
      );
      options.push('  body: form,');
      break;
    case 'multipart':
      before.push(
        'const form = new FormData();',
        ...body.fields.map(({ name, value, fileName }) =>
          fileName === undefined
            ? `form.append(${string(name)}, ${string(value)});`
            : `form.append(${string(name)}, new Blob(['content of the file']), ${string(fileName)});`,
        ),
      );
      options.push('  body: form,');
      break;
  }
  const call = options.length === 0 ? `fetch(${string(url)})` : `fetch(${string(url)}, {\n${options.join('\n')}\n})`;
  return [...before, `const response = await ${call};`, 'console.log(response.status, await response.text());'].join('\n');
}

function string(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
}

/** Text of several lines as a template literal. */
function template(text: string): string {
  return `\`${text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\``;
}

/** A value as JavaScript: JSON with bare names where they are identifiers. */
function literal(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replace(/^(\s*)"([A-Za-z_$][\w$]*)":/gm, '$1$2:')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n  ');
}

function holdsBigint(value: unknown): boolean {
  if (typeof value === 'bigint') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsBigint);
}
