import { describe, expect, it } from 'vitest';
import type { Dialect } from './exchange.ts';
import { play } from './play.ts';

describe.each<Dialect>(['2.0', '3.0', '3.1'])('the right-reason bench as OpenAPI %s', async (dialect) => {
  const played = await play(dialect);

  it.each(played.filter(({ test }) => test.planted === undefined))('leaves alone: $test.name', ({ accusations }) => {
    expect(accusations).toEqual([]);
  });

  it.each(played.filter(({ test }) => test.planted !== undefined))('catches: $test.name', ({ hit, findings, test }) => {
    expect(hit, `wanted ${JSON.stringify(test.planted)}, found ${JSON.stringify(findings, undefined, 1)}`).toBe(true);
  });

  it.each(played.filter(({ test }) => test.planted !== undefined))(
    'accuses nobody of anything else: $test.name',
    ({ accusations, test }) => {
      // A request that breaks the document and is taken has two to tell: the client who sent it and the server that took it.
      const beside =
        test.planted?.side === 'client'
          ? ['invalid-request-accepted']
          : test.planted?.rule === 'invalid-request-accepted'
            ? ['request-parameter']
            : [];
      // 405 and 415 are refused wrongly and not documented besides.
      if (test.planted?.rule === 'valid-request-refused') beside.push('undocumented-status');
      expect(accusations.map(({ rule }) => rule).filter((rule) => rule !== test.planted?.rule && !beside.includes(rule))).toEqual([]);
    },
  );
});

describe('dialects', () => {
  it('3.0 and 3.1 find the same', async () => {
    const [older, newer] = await Promise.all([play('3.0'), play('3.1')]);
    const told = (played: Awaited<ReturnType<typeof play>>): unknown =>
      played.map(({ test, findings }) => [
        test.name,
        findings.map(({ rule, side, severity, pointer, name, property }) => ({ rule, side, severity, pointer, name, property })),
      ]);
    expect(told(older)).toEqual(told(newer));
  });
});
