/** A sample request as a curl command for POSIX shells. */
import { writeJson } from '../../../operations/index.ts';
import { PASSWORD, USER } from './sample-request.ts';
import type { SampleRequest } from './sample-request.ts';

export function curlSample({ method, url, headers, basic, body }: SampleRequest): string {
  const first = method === 'GET' && body.kind === 'none' ? 'curl' : method === 'HEAD' ? 'curl --head' : `curl -X ${method}`;
  const lines = [`${first} ${quoted(url)}`];
  // Brackets and braces in an address would be taken for patterns.
  if (/[[\]{}]/.test(url)) lines[0] = `${first} --globoff ${quoted(url)}`;
  if (basic) lines.push(`-u ${quoted(`${USER}:${PASSWORD}`)}`);
  for (const [name, value] of headers) lines.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (body.kind === 'json') lines.push(`--data-raw ${quoted(writeJson(body.value, 2))}`);
  if (body.kind === 'text') lines.push(`--data-raw ${quoted(body.text)}`);
  if (body.kind === 'file') lines.push(`--data-binary ${quoted(`@${body.fileName}`)}`);
  if (body.kind === 'form') for (const { name, value } of body.fields) lines.push(`--data-urlencode ${quoted(`${name}=${value}`)}`);
  if (body.kind === 'multipart') {
    // --form-string takes a value as it is, even one that begins with @ or <.
    for (const { name, value, fileName } of body.fields)
      lines.push(fileName === undefined ? `--form-string ${quoted(`${name}=${value}`)}` : `-F ${quoted(`${name}=@${fileName}`)}`);
  }
  return lines.join(' \\\n  ');
}

/** One word for the shell: only the single quote itself needs care (POSIX.1-2017, Shell Command Language 2.2.2). */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
