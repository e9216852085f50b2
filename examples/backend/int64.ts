const MOST = 2n ** 63n - 1n;

/** The positive 64-bit integer that a text writes in plain digits; undefined for everything else. */
export function parseId(text: string): bigint | undefined {
  if (!/^\d{1,19}$/.test(text)) return undefined;
  const id = BigInt(text);
  return id >= 1n && id <= MOST ? id : undefined;
}

/** An integer of JSON that fits 64 bits; undefined for everything else. */
export function int64Of(value: unknown): bigint | undefined {
  if (typeof value !== 'bigint' && !(typeof value === 'number' && Number.isInteger(value))) return undefined;
  const integer = BigInt(value);
  return integer >= -MOST - 1n && integer <= MOST ? integer : undefined;
}

/** What is left of an integer once it has been a double. */
export function rounded(integer: bigint): bigint {
  return BigInt.asIntN(64, BigInt(Number(integer)));
}
