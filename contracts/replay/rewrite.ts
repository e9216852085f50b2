import type { RequestMessage } from '../../operations/index.ts';
import type { Carrier, Site } from './site.ts';

/** A value of a request that is another one on the target. */
export interface Edit {
  readonly site: Site;
  readonly text: string;
}

/** A request with other values at some places. Every other byte stays as it was. */
export function rewrite(request: RequestMessage, edits: readonly Edit[]): RequestMessage {
  const byCarrier = new Map<Carrier, Edit[]>();
  for (const edit of edits) {
    if (edit.text === edit.site.text) continue;
    const list = byCarrier.get(edit.site.carrier);
    if (list === undefined) byCarrier.set(edit.site.carrier, [edit]);
    else list.push(edit);
  }
  if (byCarrier.size === 0) return request;
  const changed = (carrier: Carrier, text: string): string => splice(text, byCarrier.get(carrier) ?? []);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => {
      if (value === undefined || !byCarrier.has(`header:${name}`)) return [name, value];
      return [name, changed(`header:${name}`, Array.isArray(value) ? value.join(name === 'cookie' ? '; ' : ', ') : value)];
    }),
  );
  const body =
    request.body === undefined || !byCarrier.has('body')
      ? request.body
      : Buffer.from(changed('body', request.body.toString('latin1')), 'latin1');
  return { method: request.method, path: changed('path', request.path), query: changed('query', request.query), headers, body };
}

function splice(source: string, edits: readonly Edit[]): string {
  let result = '';
  let done = 0;
  for (const edit of [...edits].sort((a, b) => a.site.start - b.site.start || b.site.end - a.site.end)) {
    const { start, end } = edit.site;
    // Both halves of Basic credentials stand at one place; a part of a value that was replaced as a whole is gone.
    if (start < done) continue;
    const here = edits.filter(({ site }) => site.start === start && site.end === end);
    result += source.slice(done, start) + spelled(source.slice(start, end), here, edit);
    done = end;
  }
  return result + source.slice(done);
}

function spelled(old: string, here: readonly Edit[], { site, text }: Edit): string {
  switch (site.spelling) {
    case 'basic-user':
    case 'basic-password':
      return basic(old, here);
    case 'percent':
      return encodeURIComponent(text.toWellFormed());
    case 'form':
      return encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+');
    case 'json-string':
      return latin1(JSON.stringify(text));
    case 'json-number':
      // An id that became a text on the target is sent as one.
      return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? text : latin1(JSON.stringify(text));
    case 'xml':
      return latin1(text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`));
    case 'raw':
      return site.carrier === 'body' ? latin1(text) : text.replace(/[\r\n]+/g, ' ');
  }
}

function basic(old: string, edits: readonly Edit[]): string {
  const plain = Buffer.from(old, 'base64').toString('utf8');
  const colon = plain.indexOf(':');
  const user = edits.find(({ site }) => site.spelling === 'basic-user')?.text ?? plain.slice(0, colon);
  const password = edits.find(({ site }) => site.spelling === 'basic-password')?.text ?? plain.slice(colon + 1);
  return Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
}

function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
