import { define, registerFormat, reset } from 'json-schema-faker';
import { afterEach, describe, expect, it } from 'vitest';
import { matchesFormat } from './format.ts';
import { fakeFormat, fakeNumber } from './json-schema-faker.ts';

describe('json-schema-faker as the engine for scalars', () => {
  afterEach(() => reset());

  it('gives every one of its formats right', () => {
    const formats = [
      'date',
      'time',
      'date-time',
      'duration',
      'email',
      'hostname',
      'ipv4',
      'ipv6',
      'uri',
      'uri-reference',
      'uuid',
      'json-pointer',
      'byte',
      'regex',
    ];
    const wrong = formats.flatMap((format) =>
      Array.from({ length: 50 }, (_, seed) => fakeFormat(format, seed)).filter(
        (text) => text === undefined || !matchesFormat(format, text),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('is not reached by what others register in its global tables', () => {
    const before = [fakeFormat('uuid', 1), fakeNumber({ type: 'integer', minimum: 0, maximum: 9 }, 1)];
    registerFormat('uuid', () => 'not a uuid');
    define('x-faker', () => 'anything');
    expect([fakeFormat('uuid', 1), fakeNumber({ type: 'integer', minimum: 0, maximum: 9 }, 1)]).toEqual(before);
  });

  it('knows nothing of other formats', () => {
    expect(fakeFormat('no-such-format', 1)).toBeUndefined();
    expect(fakeFormat('constructor', 1)).toBeUndefined();
  });
});
