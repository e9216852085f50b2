import { describe, expect, test } from 'vitest';
import { createFaults } from './faults.ts';
import type { FaultMatch, FaultRule, FaultSubject } from './faults.ts';
import { latencyOf, MAX_LATENCY_MS } from './faults/latency.ts';
import type { Latency } from './faults/latency.ts';

const subject: FaultSubject = { operationId: 'listPets', document: 'shop', path: '/v1/pets', session: 'default' };

/** What some requests meet, as words. */
function met(
  rules: readonly FaultRule[],
  times: number,
  now: () => number = () => 0,
  subjects: readonly FaultSubject[] = [subject],
): string[] {
  const faults = createFaults(now);
  faults.set(rules);
  return Array.from({ length: times }, (_, index) => {
    const fault = faults.draw(subjects[index % subjects.length] ?? subject);
    if (fault === undefined) return 'none';
    const { outcome } = fault;
    const kind =
      outcome.kind === 'error'
        ? String(outcome.status)
        : outcome.kind === 'limited'
          ? `limited ${outcome.retryAfterSeconds}`
          : outcome.kind;
    return [
      kind,
      ...(fault.latencyMs > 0 ? [`${fault.latencyMs} ms`] : []),
      ...(fault.truncate === undefined ? [] : [`cut at ${fault.truncate}`]),
    ].join(', ');
  });
}

test('without rules nothing is asked', () => {
  const faults = createFaults();
  expect([faults.active, faults.draw(subject)]).toEqual([false, undefined]);
  faults.set([{ status: 500 }]);
  expect(faults.active).toBe(true);
  faults.set([]);
  expect(faults.active).toBe(false);
});

test.each<[match: FaultMatch, want: boolean]>([
  [{}, true],
  [{ operationId: 'listPets' }, true],
  [{ operationId: 'getPet' }, false],
  [{ document: 'shop' }, true],
  [{ document: 'sho' }, false],
  [{ path: '/v1' }, true],
  [{ path: '/v1/pets/1' }, false],
  [{ session: 'default' }, true],
  [{ session: 'a' }, false],
  [{ operationId: 'listPets', document: 'shop', path: '/v1/pets', session: 'default' }, true],
  [{ operationId: 'listPets', session: 'a' }, false],
])('%o is about the request: %s', (match, want) => {
  expect(met([{ match, status: 500 }], 1)).toEqual([want ? '500' : 'none']);
});

test.each<[name: string, rules: readonly FaultRule[], want: readonly string[]]>([
  ['an error every time', [{ status: 502 }], ['502', '502', '502']],
  ['an error without a status', [{ errorRate: 1 }], ['503', '503', '503']],
  ['an error rate of nothing', [{ errorRate: 0, status: 500 }], ['none', 'none', 'none']],
  ['twice only', [{ status: 500, times: 2 }], ['500', '500', 'none']],
  ['never by chance', [{ status: 500, probability: 0 }], ['none', 'none', 'none']],
  ['reset before error', [{ reset: true, status: 500 }], ['reset', 'reset', 'reset']],
  ['a reset that is none', [{ reset: false }], ['none', 'none', 'none']],
  [
    'late and cut',
    [{ latency: { fixed: 20 }, truncate: 5 }],
    ['answer, 20 ms, cut at 5', 'answer, 20 ms, cut at 5', 'answer, 20 ms, cut at 5'],
  ],
  [
    'the first outcome wins, latencies add up',
    [{ latency: { fixed: 1 } }, { status: 500, latency: { fixed: 2 }, times: 1 }, { status: 400 }],
    ['500, 3 ms', '400, 1 ms', '400, 1 ms'],
  ],
  [
    'never longer than the most',
    [{ latency: { fixed: 50_000 } }, { latency: { fixed: 50_000 } }],
    Array.from({ length: 3 }, () => `answer, ${MAX_LATENCY_MS} ms`),
  ],
  ['two requests in a window', [{ rateLimit: { requests: 2, windowMs: 10_000 } }], ['none', 'none', 'limited 10']],
  ['none at all', [{ rateLimit: { requests: 0, windowMs: 1 } }], ['limited 1', 'limited 1', 'limited 1']],
])('%s', (_name, rules, want) => {
  expect(met(rules, want.length)).toEqual(want);
});

describe('chances', () => {
  const rule: FaultRule = { errorRate: 0.5, seed: 7 };
  const other: FaultSubject = { ...subject, session: 'other' };

  test('repeat with their seed, differ with another, and come about as often as asked', () => {
    const first = met([rule], 1_000);
    expect(met([rule], 1_000)).toEqual(first);
    expect(met([{ ...rule, seed: 8 }], 1_000)).not.toEqual(first);
    const count = first.filter((one) => one === '503').length;
    expect(count).toBeGreaterThan(400);
    expect(count).toBeLessThan(600);
  });

  test('of one session are not shifted by another', () => {
    const alone = met([rule], 100);
    const mixed = met([rule], 200, undefined, [subject, other]);
    expect(mixed.filter((_, index) => index % 2 === 0)).toEqual(alone);
    expect(mixed.filter((_, index) => index % 2 === 1)).not.toEqual(alone);
  });

  test('begin anew when the rules are set again', () => {
    const faults = createFaults();
    const draw = () => Array.from({ length: 50 }, () => faults.draw(subject) === undefined);
    faults.set([rule]);
    const first = draw();
    expect(draw()).not.toEqual(first);
    faults.set([rule]);
    expect(draw()).toEqual(first);
  });

  test('no number of sessions costs memory without end', () => {
    const faults = createFaults();
    faults.set([{ rateLimit: { requests: 1, windowMs: 1_000_000_000 } }]);
    for (let turn = 0; turn < 5_000; turn += 1) faults.draw({ ...subject, session: `s${turn}` });
    // The last ones are remembered, the first one is a stranger again.
    expect(faults.draw({ ...subject, session: 's4999' })?.outcome.kind).toBe('limited');
    expect(faults.draw({ ...subject, session: 's0' })).toBeUndefined();
  });
});

test('a window ends with its time, and each session has its own', () => {
  let time = 0;
  const faults = createFaults(() => time);
  faults.set([{ rateLimit: { requests: 1, windowMs: 1_500 } }]);
  const ask = (session: string, at: number) => {
    time = at;
    const outcome = faults.draw({ ...subject, session })?.outcome;
    return outcome?.kind === 'limited' ? outcome.retryAfterSeconds : 'through';
  };
  expect([ask('a', 0), ask('a', 100), ask('b', 100), ask('a', 1_499), ask('a', 1_500), ask('a', 1_501)]).toEqual([
    'through',
    2,
    'through',
    1,
    'through',
    2,
  ]);
  expect(faults.list()).toMatchObject([{ id: 'fault-1', taken: 3 }]);
});

test.each<[latency: Latency, least: number, most: number]>([
  [{ fixed: 12.4 }, 12, 12],
  [{ uniform: { min: 10, max: 20 } }, 10, 20],
  [{ normal: { mean: 0, deviation: 60_000 } }, 0, MAX_LATENCY_MS],
  [{ lognormal: { median: 60_000, sigma: 5 } }, 0, MAX_LATENCY_MS],
])('%o stays within its bounds', (latency, least, most) => {
  for (const first of [0, 0.25, 0.5, 0.999_999_999_9]) {
    for (const second of [0, 0.3, 0.5, 0.9]) {
      const drawn = latencyOf(latency, first, second);
      expect(Number.isInteger(drawn)).toBe(true);
      expect(drawn).toBeGreaterThanOrEqual(least);
      expect(drawn).toBeLessThanOrEqual(most);
    }
  }
});

test('the middle of a distribution is what was asked for', () => {
  // A radius of 0: the mean itself.
  expect(latencyOf({ normal: { mean: 80, deviation: 10 } }, 0, 0.3)).toBe(80);
  expect(latencyOf({ lognormal: { median: 80, sigma: 1 } }, 0, 0.3)).toBe(80);
  expect(latencyOf({ uniform: { min: 0, max: 100 } }, 0.5, 0)).toBe(50);
});
