import type { ShownExchange } from '../../result.ts';

const LEFT_OUT = new Set(['host', 'content-length', 'connection', 'accept-encoding', 'transfer-encoding', 'keep-alive', 'upgrade']);
const MAX_BODY = 8 * 1024;

/** A command that sends the request again; masked values stand in it as `***`. Every argument is quoted for a POSIX shell. */
export function curlCommand({ request }: ShownExchange): string {
  const host = request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
  const target = request.target.startsWith('/') ? request.target : `/${request.target}`;
  const url = host === undefined ? `http://127.0.0.1:8080${target}` : `${schemeOf(host)}://${host}${target}`;
  const headers = request.headers.filter(([name]) => !LEFT_OUT.has(name.toLowerCase()) && !name.startsWith(':'));
  const { body } = request;
  const isSent = body !== undefined && !body.binary && !body.cut && body.text.length <= MAX_BODY;
  const parts = [
    `curl -X ${quote(request.method)} ${quote(url)}`,
    ...headers.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(isSent ? [`--data-raw ${quote(body.text)}`] : []),
  ];
  const note = body !== undefined && !isSent ? '\n# the body is not shown whole in this report: take it from the recording' : '';
  return parts.join(' \\\n  ') + note;
}

function schemeOf(host: string): string {
  return /:(?!443$)\d+$/.test(host) || /^(?:localhost|127\.|\[::1\])/.test(host) ? 'http' : 'https';
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
