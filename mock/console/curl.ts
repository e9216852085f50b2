import { targetOf } from './exchange.ts';
import type { Exchange } from './exchange.ts';

/** Headers that curl makes itself, or that only the browser that sent them means. */
const LEFT_OUT = /^(?:host|content-length|connection|accept-encoding|transfer-encoding|sec-.*|upgrade-insecure-requests|expect)$/;

/**
 * The request as a command for a POSIX shell. Secrets are masked in the journal and so they are here; a body that is no text, or that the journal cut, is left
 * out and told of.
 * @param origin where the mock is, such as `http://127.0.0.1:4010`.
 */
export function curlOf({ request, session }: Exchange, origin: string): string {
  const { method, headers, body } = request;
  const parts = [`curl ${quoted(origin + targetOf(request))}`];
  if (method === 'HEAD') parts.push('--head');
  else if (method !== (body === undefined ? 'GET' : 'POST')) parts.push(`-X ${quoted(method)}`);
  for (const [name, value] of Object.entries(headers)) {
    if (LEFT_OUT.test(name)) continue;
    for (const one of [value].flat()) parts.push(`-H ${quoted(`${name}: ${one}`)}`);
  }
  if (session !== 'default' && headers['x-hufu-session'] === undefined && headers['cookie'] === undefined)
    parts.push(`-H ${quoted(`x-hufu-session: ${session}`)}`);
  if (body === undefined) return parts.join(' \\\n  ');
  if (body.truncated === true) parts.push(`--data-binary @body # ${body.size} bytes, too long to be copied`);
  else if (body.encoding === 'base64') parts.push(`--data-binary @body # printf %s ${quoted(body.text)} | base64 -d > body`);
  else parts.push(`--data-raw ${quoted(body.text)}`);
  return parts.join(' \\\n  ');
}

/** In single quotes nothing is special but the quote itself (POSIX shell, section 2.2.2). */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
