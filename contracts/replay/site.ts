/** Which part of a request a value stands in: its text is changed there and nowhere else. */
export type Carrier = 'path' | 'query' | 'body' | `header:${string}`;

/** How a value is written where it stands. `basic-user` and `basic-password`: a half of Basic credentials (RFC 7617). */
export type Spelling = 'raw' | 'percent' | 'form' | 'json-string' | 'json-number' | 'xml' | 'basic-user' | 'basic-password';

/** A value in a request: where it stands, to the character. */
export interface Site {
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'body';
  /** Of the parameter, header, cookie or field; the nearest member's name in JSON; `''` where it has none. */
  readonly name: string;
  /** JSON pointer in a JSON body. */
  readonly pointer?: string;
  readonly carrier: Carrier;
  /** Indexes into the carrier: the path, the query, the header's value, the body as `latin1`. */
  readonly start: number;
  readonly end: number;
  readonly spelling: Spelling;
  /** Decoded. */
  readonly text: string;
}

/** A place in a response that gives a value. */
export interface ResponsePlace {
  /** `location`: a segment of the path in Location, `set-cookie`: a cookie's value. */
  readonly in: 'body' | 'header' | 'set-cookie' | 'location';
  /** Of the header or cookie; the nearest member's name in JSON; of Location the parameter, or the segment's number counted from the end. */
  readonly name: string;
  /** JSON pointer in a JSON body. */
  readonly pointer?: string;
}

/** The key under which the documents' knowledge of a request place is kept: indexes of lists as `*`. */
export function siteKey({ in: part, name, pointer }: Pick<Site, 'in' | 'name' | 'pointer'>): string {
  if (part === 'body') return `body ${pointer === undefined ? `/${name}` : anyIndex(pointer)}`;
  return `${part} ${part === 'header' ? name.toLowerCase() : name}`;
}

/** A pointer with `*` for every index. */
export function anyIndex(pointer: string): string {
  return pointer.replace(/\/\d+(?=\/|$)/g, '/*');
}

/** A place as people read it: `path taskId`, `body /items/0/id`, `header authorization`. */
export function placeText({ in: part, name, pointer }: Pick<Site, 'in' | 'name' | 'pointer'> | ResponsePlace): string {
  if (part === 'body') return `body ${pointer ?? name}`.trimEnd();
  return `${part} ${name}`.trimEnd();
}
