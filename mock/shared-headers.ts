/**
 * Headers that many answers have in common. What is derived from them, such as their lines on the wire, is made once.
 */
import type { Reply } from './reply.ts';

/** Taken by its name, as in server.ts. */
const { validateHeaderName, validateHeaderValue } = process.getBuiltinModule('node:http');

type Headers = Reply['headers'];

/** Made when first asked for; `null`: node:http has to write them. */
interface Derived {
  lines: string | null | undefined;
}

const shared = new WeakMap<Headers, Derived>();

/** Says that headers are the same object for many answers. @returns them, frozen: what was derived from them stays true. */
export function shareHeaders<Given extends Headers>(headers: Given): Given {
  if (!shared.has(headers)) shared.set(Object.freeze(headers), { lines: undefined });
  return headers;
}

export function areShared(headers: Headers): boolean {
  return shared.has(headers);
}

/** Fields that decide how a message is framed or how its connection goes on, and those that node:http writes in its own way. */
const FRAMING = new Set([
  'connection',
  'content-disposition',
  'content-length',
  'cookie',
  'date',
  'expect',
  'keep-alive',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The lines of shared headers, each with its line break (RFC 9112 section 5); `undefined` where node:http has to write them, or to refuse them. */
export function headerLines(headers: Headers): string | undefined {
  const derived = shared.get(headers);
  if (derived === undefined) return undefined;
  if (derived.lines === undefined) derived.lines = makeLines(headers);
  return derived.lines ?? undefined;
}

function makeLines(headers: Headers): string | null {
  let lines = '';
  try {
    for (const [name, value] of Object.entries(headers)) {
      if (FRAMING.has(name)) return null;
      validateHeaderName(name);
      for (const item of typeof value === 'string' ? [value] : value) {
        validateHeaderValue(name, item);
        lines += `${name}: ${item}\r\n`;
      }
    }
  } catch {
    return null;
  }
  return Buffer.from(lines, 'latin1').toString('latin1');
}
