/** JSON objects of a flow: what was sent, what was answered. */
export type Values = Readonly<Record<string, unknown>>;

/** A valid body in which one field that reading shows has another value; `undefined` when no such field is found. */
export function changedBody(
  body: unknown,
  before: unknown,
  allowed: (value: Values) => boolean,
  key: string,
): { body: Values; name: string; value: unknown } | undefined {
  if (!isObject(body)) return undefined;
  const members = Object.entries(body).filter(([name]) => name !== key);
  for (const [name, value] of members) {
    if (!holdsMember(before, name)) continue;
    if (isScalar(value) && !holdsMember(before, name, value)) return { body, name, value };
    for (const other of othersThan(value))
      if (allowed({ ...body, [name]: other })) return { body: { ...body, [name]: other }, name, value: other };
  }
  for (const [name, value] of members) {
    if (!isObject(value)) continue;
    const place = isObject(before) && isObject(before[name]) ? before[name] : wrapped(before, name, members.length === 1);
    const inner = changedBody(value, place, (part) => allowed({ ...body, [name]: part }), key);
    if (inner !== undefined) return { ...inner, body: { ...body, [name]: inner.body } };
  }
  return undefined;
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** The member of that name in what an answer wraps; what only wraps the row in the body is read against the answer itself. */
function wrapped(before: unknown, name: string, onlyWraps: boolean): unknown {
  if (!isObject(before)) return undefined;
  const around = Object.values(before).find((value) => isObject(value) && isObject(value[name]));
  return isObject(around) ? around[name] : onlyWraps ? before : undefined;
}

function othersThan(value: unknown): unknown[] {
  if (typeof value === 'string') return [`${value} changed`, `${value}x`, `x${value.slice(1)}`];
  if (typeof value === 'number') return [value + 1, value - 1];
  return typeof value === 'boolean' ? [!value] : [];
}

/** A scalar stands somewhere in a value. */
export function holds(value: unknown, text: string): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some((item) => holds(item, text));
  return (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') && String(value) === text;
}

/** A member of that name, however it is spelled, has that value, or any scalar: in the answer itself or in what is wrapped in it. */
export function holdsMember(value: unknown, name: string, wanted?: unknown, depth = 2): boolean {
  if (!isObject(value)) return false;
  const plain = (text: string): string => text.replace(/[^A-Za-z\d]/g, '').toLowerCase();
  const fits = (item: unknown): boolean =>
    isScalar(item) && (wanted === undefined || (isScalar(wanted) && String(item) === String(wanted)));
  return Object.entries(value).some(
    ([key, item]) => (plain(key) === plain(name) && fits(item)) || (depth > 0 && holdsMember(item, name, wanted, depth - 1)),
  );
}

export function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
