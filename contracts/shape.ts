import { childPointer, pointerTokens } from '../operations/index.ts';

/** Digits, a UUID (RFC 9562), at least 8 hexadecimal digits with a digit among them, or at least 20 characters that look drawn at random. */
const ID_LIKE = /^(?:\d+|[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|(?=[a-f]*\d)[\da-f]{8,})$/i;

/** Whether a text is more likely the identifier of one thing than a name. */
export function isIdLike(text: string): boolean {
  if (ID_LIKE.test(text)) return true;
  // A long word of letters and digits mixed is no word; `list-notification-tasks-executions` is.
  return text.length >= 20 && /^[\w.~-]+$/.test(text) && /\d/.test(text) && /[A-Za-z]/.test(text);
}

/** A path with `{}` for every segment that looks like an identifier, so that `/tasks/1` and `/tasks/2` are the same. */
export function pathShape(path: string): string {
  return path
    .split('/')
    .map((segment) => (isIdLike(segment) ? '{}' : segment))
    .join('/');
}

/** A JSON pointer with `*` for every index and for every key that looks like an identifier. */
export function pointerShape(pointer: string): string {
  const tokens = pointerTokens(pointer);
  if (tokens === undefined) return pointer;
  return tokens.map((token) => childPointer('', isIdLike(token) ? '*' : token)).join('');
}
