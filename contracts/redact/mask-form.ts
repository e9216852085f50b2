import type { Mark } from './marks.ts';
import { maskValue } from './mask-value.ts';
import type { Mask } from './mask-value.ts';
import { percentDecoded } from './secret-looks.ts';

/**
 * Masks a query or an application/x-www-form-urlencoded body; pairs without a secret stay as they were written.
 * @param markOf what is known of the first part of a name: `filter` of `filter[password]`.
 */
export function maskForm(text: string, markOf: (name: string) => Mark, mask: Mask): string {
  if (!text.includes('=')) return text;
  return text
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 0) return pair;
      const name = percentDecoded(pair.slice(0, equals));
      const value = percentDecoded(pair.slice(equals + 1));
      const { mark, last } = markAt(name, markOf);
      const masked = maskValue(value, last, mark, mask);
      return masked === value ? pair : `${pair.slice(0, equals)}=${encodeURIComponent(masked)}`;
    })
    .join('&');
}

/** Masks a query that is one percent-encoded value (OpenAPI 3.2, `in: querystring`); one without a secret stays as it was written. */
export function maskWholeQuery(text: string, mark: Mark, mask: Mask): string {
  const value = percentDecoded(text);
  const masked = maskValue(value, '', mark, mask);
  return masked === value ? text : encodeURIComponent(masked);
}

/** `user[login][password]`, `user.login.password`, `tags[]`, `tags[0]`: the mark of what is named, and the last word of the name. */
function markAt(name: string, markOf: (name: string) => Mark): { readonly mark: Mark; readonly last: string } {
  const whole = markOf(name);
  if (whole.secret) return { mark: whole, last: name };
  const [first = '', ...path] = name.replace(/\]$/, '').split(/[[\].]+/);
  // One property after the other; a list is passed over, its index being written or not.
  let mark = markOf(first);
  let last = first;
  for (const step of path) {
    const isIndex = step === '' || /^\d+$/.test(step);
    mark = isIndex ? mark.item() : mark.property(step);
    if (!isIndex) last = step;
  }
  // A list given as one text or as several pairs of one name.
  return { mark: mark.item().secret ? mark.item() : mark, last: path.length === 0 ? name : last };
}
