/** The last of a key's letters and digits that are counted in: enough for thousands of millions of rows. */
const MOST_PLACES = 12;

/**
 * The n-th key that looks like another: `app_1sr9` gives `app_1ss0`, then `app_1ss1`. Counts in the letters and digits behind the last `_`, `-` or other mark; each place keeps its kind (digit,
 * small or capital letter; hexadecimal where every letter is). When all places are used up a further one is put in front of them.
 * @param n from 0, which is the key itself.
 */
export function keyLike(key: string, n: number): string {
  const tail = /[A-Za-z\d]*$/.exec(key)?.[0] ?? '';
  const counted = tail.slice(-MOST_PLACES);
  const head = key.slice(0, key.length - counted.length);
  const last = /[A-F]/i.test(tail) && !/[G-Z]/i.test(tail) ? 6 : 26;
  let rest = n;
  let made = '';
  for (const place of Array.from(counted).toReversed()) {
    const kind = kindOf(place, last);
    const sum = kind.indexOf(place) + rest;
    made = kind.charAt(sum % kind.length) + made;
    rest = Math.floor(sum / kind.length);
  }
  return `${head}${rest === 0 ? '' : String(rest)}${made}`;
}

function kindOf(place: string, letters: number): string {
  if (/\d/.test(place)) return '0123456789';
  const small = 'abcdefghijklmnopqrstuvwxyz'.slice(0, letters);
  return /[a-z]/.test(place) ? small : small.toUpperCase();
}
