import { stringOf, visitJson } from './json-leaves.ts';
import type { JsonLeaf } from './json-leaves.ts';
import type { Mark } from './marks.ts';
import { maskLooks } from './secret-looks.ts';
import { isSecretName } from './secret-names.ts';

/**
 * Gives the pseudonym of a secret, which is looked for everywhere from then on.
 * @param certainty `marked`: a document says so. `guessed`: by its name or look.
 */
export type Mask = (value: string, certainty: 'marked' | 'guessed') => string;

/** JSON in strings of JSON is followed this far; deeper down only what is known already is found. */
const MAX_NESTING = 4;
/** A code of fewer digits is no secret by its name alone. */
const NUMBER_BY_NAME = /^\d{4,}$/;
const SCHEME = /^(?:basic|bearer|digest|token|hmac|mac|negotiate|ntlm|aws4-hmac-sha256) +\S/i;

/** A text at a place of its own (a property, a parameter, a cell of a form): masked whole when the place is secret, else what is secret in it. */
export function maskValue(text: string, name: string, mark: Mark, mask: Mask, nesting = 0): string {
  if (text.trim() === '') return text;
  if (mark.secret) return SCHEME.test(text) ? maskCredentials(text, mask) : mask(text, 'marked');
  if (isSecretName(name) && !isJsonLike(text)) return SCHEME.test(text) ? maskCredentials(text, mask) : mask(text, 'guessed');
  if (isJsonLike(text) && nesting < MAX_NESTING) return maskJson(text, mark, mask, true, nesting + 1, name);
  return text.length < 8 ? text : maskLooks(text, (value) => mask(value, 'guessed'));
}

/** `Bearer ...` and the like: the scheme stays (RFC 9110 section 11.4); Basic credentials become those of two pseudonyms (RFC 7617). */
export function maskCredentials(text: string, mask: Mask): string {
  const space = text.indexOf(' ');
  const rest = text.slice(space + 1).trimStart();
  const scheme = text.slice(0, text.length - rest.length);
  if (rest === '') return text;
  if (!/^basic *$/i.test(scheme)) return `${scheme}${mask(rest, 'marked')}`;
  const plain = Buffer.from(rest, 'base64').toString();
  const colon = plain.indexOf(':');
  if (colon < 0) return `${scheme}${mask(rest, 'marked')}`;
  const [user, password] = [plain.slice(0, colon), plain.slice(colon + 1)];
  const masked = [user, password].map((part) => (part === '' ? '' : mask(part, 'marked'))).join(':');
  return `${scheme}${Buffer.from(masked).toString('base64')}`;
}

interface Place {
  readonly name: string;
  readonly mark: Mark;
}

/**
 * Masks a JSON text leaf by leaf; everything else stays as it was written, byte for byte. A number becomes a string.
 * @param isWhole see {@link visitJson}.
 */
export function maskJson(text: string, mark: Mark, mask: Mask, isWhole: boolean, nesting = 0, name = ''): string {
  const pieces: string[] = [];
  let copied = 0;
  const replace = ({ start, end }: JsonLeaf, by: string): void => {
    pieces.push(text.slice(copied, start), by);
    copied = end;
  };
  const descent = {
    property: (place: Place, key: string): Place => ({ name: key, mark: place.mark.property(key) }),
    // The items of a list are called like the list: "tokens": ["..."].
    item: (place: Place): Place => ({ name: place.name, mark: place.mark.item() }),
  };
  visitJson<Place>(text, { name, mark }, descent, isWhole, (leaf, place) => {
    if (leaf.kind === 'key') return;
    const raw = text.slice(leaf.start, leaf.end);
    if (leaf.kind === 'bare') {
      if (raw === 'null') return;
      if (place.mark.secret) replace(leaf, JSON.stringify(mask(raw, 'marked')));
      else if (NUMBER_BY_NAME.test(raw) && isSecretName(place.name)) replace(leaf, JSON.stringify(mask(raw, 'guessed')));
      return;
    }
    const value = stringOf(raw);
    const masked = maskValue(value, place.name, place.mark, mask, nesting);
    if (masked !== value) replace(leaf, JSON.stringify(masked).slice(1, -1));
  });
  return copied === 0 ? text : pieces.join('') + text.slice(copied);
}

export function isJsonLike(text: string): boolean {
  const first = text.charAt(text.search(/[^\s\uFEFF]/));
  return first === '{' || first === '[';
}
