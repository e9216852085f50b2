import { createRequire } from 'node:module';
import type { Format } from 'ajv';
import type * as Formats from 'ajv-formats/dist/formats.js';
import type { Random } from './random.ts';
import { characters, clock, day, digits, hex } from './small-texts.ts';

/** How texts of one format are made. */
interface TextFormat {
  /** The plain, stable value. */
  readonly sample: string;
  /** A plausible value; absent where json-schema-faker's own is good. */
  readonly fake?: (random: Random) => string;
  /** A value of exactly so many characters, where the format leaves the choice; `undefined` when there is none. */
  readonly sized?: (length: number) => string | undefined;
}

const fill = (length: number, text = 'a'): string => text.repeat(Math.max(0, length));
const upTo = (head: string, tail: string) => (length: number) =>
  length > head.length + tail.length ? head + fill(length - head.length - tail.length) + tail : undefined;

const email = (length: number): string | undefined => (length < 6 ? undefined : `${fill(length - 5)}@b.cn`);
const uri = (length: number): string | undefined =>
  length < 3 ? undefined : (upTo('http://a.cn/', '')(length) ?? `a:${fill(length - 2)}`);
const base64 = (length: number): string | undefined =>
  length % 4 === 0 ? 'c3RyaW5n'.repeat(Math.ceil(length / 8)).slice(0, length) : undefined;
const hostname = (length: number): string | undefined => {
  if (length < 1 || length > 253) return undefined;
  // Labels of at most 63 letters (RFC 1034 section 3.1), and never a dot at the end.
  const labels = fill(length).replaceAll(/a{60}(?=aa)/g, `${fill(59)}.`);
  return labels.length === length ? labels : undefined;
};
/** A time of day with as many digits of its second as it takes (RFC 3339 section 5.6). */
const clockTime =
  (day: string) =>
  (length: number): string | undefined => {
    const digits = length - `${day}14:15:22.Z`.length;
    return digits < 1 ? undefined : `${day}14:15:22.${'0'.repeat(digits)}Z`;
  };
const anyText = (length: number): string => 'string'.repeat(Math.ceil(length / 6)).slice(0, length);

const WORDS = ['alpha', 'beta', 'delta', 'harbor', 'orange', 'river', 'stone', 'willow'];
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const fakeBase64 = (random: Random): string => characters(random, BASE64, 4 * random.int(2, 8));
const fakeUuid = (random: Random): string =>
  `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-${random.pick(['8', '9', 'a', 'b'])}${hex(random, 3)}-${hex(random, 12)}`;
const fakePath = (random: Random): string => `${random.pick(WORDS)}/${random.pick(WORDS)}`;
const fakePointer = (random: Random): string => `/${fakePath(random)}`;

/**
 * The formats of JSON Schema 2020-12 (validation, section 7.3), of ajv-formats and of OpenAPI 3.1 (section 4.4).
 * The samples are those that Prism's users know.
 */
const TEXT_FORMATS: Readonly<Record<string, TextFormat>> = {
  date: { sample: '2019-08-24', fake: day },
  time: { sample: '14:15:22Z', fake: (random) => `${clock(random)}Z`, sized: clockTime('') },
  'date-time': {
    sample: '2019-08-24T14:15:22Z',
    fake: (random) => `${day(random)}T${clock(random)}Z`,
    sized: clockTime('2019-08-24T'),
  },
  'iso-time': { sample: '14:15:22Z', fake: (random) => `${clock(random)}Z` },
  'iso-date-time': { sample: '2019-08-24T14:15:22Z', fake: (random) => `${day(random)}T${clock(random)}Z` },
  duration: { sample: 'P1D', fake: (random) => `P${random.int(1, 30)}DT${random.int(1, 23)}H` },
  email: { sample: 'user@example.com', sized: email },
  'idn-email': { sample: 'user@example.com', sized: email },
  hostname: { sample: 'example.com', sized: hostname },
  'idn-hostname': { sample: 'example.com', sized: hostname },
  ipv4: { sample: '192.168.0.1' },
  ipv6: { sample: '2001:0db8:85a3:0000:0000:8a2e:0370:7334' },
  uri: { sample: 'http://example.com', sized: uri },
  url: {
    sample: 'http://example.com',
    fake: (random) => `https://${random.pick(WORDS)}.example.com/${fakePath(random)}`,
    sized: upTo('http://a.cn/', ''),
  },
  'uri-reference': { sample: '../dictionary', sized: (length) => fill(length) },
  iri: { sample: 'http://example.com', sized: uri },
  'iri-reference': { sample: '../dictionary', sized: (length) => fill(length) },
  'uri-template': {
    sample: 'http://example.com/{endpoint}',
    fake: (random) => `https://example.com/${random.pick(WORDS)}/{id}`,
    sized: (length) => fill(length),
  },
  uuid: { sample: '497f6eca-6276-4993-bfeb-53cbbba6f08f', fake: fakeUuid },
  'json-pointer': { sample: '/json/pointer', fake: fakePointer, sized: (length) => (length === 0 ? '' : `/${fill(length - 1)}`) },
  'json-pointer-uri-fragment': {
    sample: '#/json/pointer',
    fake: (random) => `#${fakePointer(random)}`,
    sized: (length) => (length < 2 ? '#'.repeat(length) : `#/${fill(length - 2)}`),
  },
  'relative-json-pointer': {
    sample: '1/relative/json/pointer',
    fake: (random) => `${random.int(0, 3)}${fakePointer(random)}`,
    sized: (length) => '1'.repeat(length),
  },
  regex: { sample: '^[a-z]+$', fake: (random) => `^${random.pick(WORDS)}\\d{1,${random.int(2, 9)}}$`, sized: (length) => fill(length) },
  byte: { sample: 'c3RyaW5n', fake: fakeBase64, sized: base64 },
  base64: { sample: 'c3RyaW5n', fake: fakeBase64, sized: base64 },
  base64url: { sample: 'c3RyaW5n', fake: (random) => fakeBase64(random).replaceAll('+', '-').replaceAll('/', '_'), sized: base64 },
  binary: { sample: 'string', fake: (random) => `${random.pick(WORDS)}-${hex(random, 8)}`, sized: anyText },
  password: { sample: 'pa$$word', fake: (random) => `Pw-${hex(random, 6)}!${random.int(10, 99)}`, sized: anyText },
  // Names that ajv-formats lacks but that documents use a lot.
  phone: {
    sample: '13800138000',
    fake: (random) => `1${random.pick(['38', '59', '86'])}${digits(random, 8)}`,
  },
  color: { sample: '#336699', fake: (random) => `#${hex(random, 6)}` },
};

/** The fakes that json-schema-faker is to use instead of its own or of what someone registered in its global table. */
export const FAKE_FORMATS: Readonly<Record<string, (random: Random) => string>> = Object.fromEntries(
  Object.entries(TEXT_FORMATS).flatMap(([name, format]) => (format.fake === undefined ? [] : [[name, format.fake]])),
);

/** The plain value of a format; `undefined` for a name that says nothing. */
export function sampleFormat(format: string): string | undefined {
  return Object.hasOwn(TEXT_FORMATS, format) ? TEXT_FORMATS[format]?.sample : undefined;
}

/** A value of a format with exactly so many characters; `undefined` when there is none or none is known. */
export function sizedFormat(format: string, length: number): string | undefined {
  return Object.hasOwn(TEXT_FORMATS, format) ? TEXT_FORMATS[format]?.sized?.(length) : undefined;
}

let rules: Readonly<Record<string, Format>> | undefined;

/** The rules of ajv-formats, loaded when first asked for. */
function ruleOf(name: string): Format | undefined {
  rules ??= (createRequire(import.meta.url)('ajv-formats/dist/formats.js') as typeof Formats).fullFormats;
  return Object.hasOwn(rules, name) ? rules[name] : undefined;
}

const INT32_BOUND = 2 ** 31;
const INT64_BOUND = 2n ** 63n;

/** Whether a string or number conforms to a format; formats without a known rule accept everything. */
export function matchesFormat(name: string, value: string | number | bigint): boolean {
  if (typeof value !== 'string') {
    if (name !== 'int32' && name !== 'int64') return true;
    if (typeof value === 'number' && !Number.isInteger(value)) return false;
    if (name === 'int32') return value >= -INT32_BOUND && value < INT32_BOUND;
    return BigInt(value) >= -INT64_BOUND && BigInt(value) < INT64_BOUND;
  }
  const format = ruleOf(name);
  const rule = typeof format === 'object' && 'validate' in format ? format.validate : format;
  if (typeof rule === 'string') return new RegExp(rule).test(value);
  if (rule instanceof RegExp) return rule.test(value);
  if (typeof rule !== 'function' || (typeof format === 'object' && 'type' in format && format.type === 'number')) return true;
  // ajv types the rule by both strings and numbers; the formats of numbers were left above.
  return (rule as (text: string) => unknown)(value) === true;
}
