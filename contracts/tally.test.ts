import { describe, expect, it } from 'vitest';
import { createChecker } from './checker.ts';
import type { Tally, TallyResult } from './tally.ts';
import { createTally } from './tally.ts';
import { apiIn, exchangeOf } from './rules/rule.fixture.ts';
import type { Sent } from './rules/rule.fixture.ts';

const document = apiIn('3.1', {
  parameters: [{ name: 'page', in: 'query', schema: { type: 'integer', enum: [1, 2] } }],
  responses: {
    '200': { schema: { type: 'object', properties: { a: { $ref: '#/components/schemas/Nowhere' }, id: { type: 'integer' } } } },
  },
  document: { servers: [{ url: 'https://api.example.com' }] },
});

const HERE = 'https://api.example.com';
const STAGE = 'https://stage.example';
const CDN = 'https://cdn.example';

const traffic: readonly Sent[] = [
  { target: '/it?page=1', reply: { id: 1 }, origin: HERE },
  { target: '/it?page=7', reply: { id: 1 }, origin: HERE },
  { target: '/odd', origin: STAGE },
  { target: '/odd', origin: CDN },
  { target: '/it', reply: { id: 'x', a: 1 }, origin: STAGE },
  { target: '/odd/1', status: 404, origin: HERE },
  { target: '/odd/2', status: 404, origin: HERE },
  { target: '/', replyHeaders: { 'content-type': 'text/html' }, origin: HERE },
  { target: '/it', reply: { id: 'y' }, origin: HERE },
  { target: '/it', reply: { id: 'z', a: 1 }, origin: HERE },
  { target: '/it', reply: { id: 'u' }, origin: HERE },
];

/** A tally of every `step`-th exchange from `from`, made by a checker of its own, as a thread makes one. */
async function tallied(list: readonly Sent[], from = 0, step = 1): Promise<Tally> {
  const checker = createChecker([document]);
  const tally = createTally(checker.table, [], () => undefined, { files: ['test.har'] });
  for (let index = from; index < list.length; index += step) tally.add(await checker.check(exchangeOf(list[index] ?? {}, 'GET', index)));
  return tally;
}

function emptyTally(parts = 1): Tally {
  return createTally(createChecker([document]).table, [], () => undefined, { parts, files: ['test.har'] });
}

const rules = ({ groups }: TallyResult): string[] => groups.map(({ rule, count }) => `${rule} ${count}`).sort();

describe('a tally', () => {
  it('counts exchanges, groups findings and covers cells', async () => {
    const result = (await tallied(traffic)).result();
    expect(result.exchanges).toEqual({ total: 11, judged: 6, clean: 1, skipped: { asset: 1, 'other-host': 1 } });
    expect(result.coverage.operations).toMatchObject([{ id: 'doIt', exchanges: 6 }]);
    expect(rules(result)).toContain('response-body 4');
  });

  it('tells calls of unknown operations where the host turns out to be one of the API', async () => {
    const calls = (result: TallyResult) =>
      result.groups
        .filter(({ rule }) => rule === 'undocumented-operation')
        .flatMap(({ samples }) => samples.map(({ exchange }) => exchange.place.index));
    // 2 went to the stage, where 4 means an operation; 3 went to a host that is nobody's.
    expect(calls((await tallied(traffic)).result()).sort((a, b) => a - b)).toEqual([2, 5, 6]);
    expect(calls((await tallied(traffic.slice(0, 4))).result())).toEqual([]);
  });

  it('is the same after being cut into parts, whichever comes first', async () => {
    const whole = (await tallied(traffic)).result();
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const sum = emptyTally(3);
      // Through a thread's door and back.
      for (const part of order) sum.merge(structuredClone((await tallied(traffic, part, 3)).snapshot()));
      expect(sum.result()).toEqual(whole);
    }
  });

  it('merges associatively', async () => {
    const snapshot = async (part: number) => (await tallied(traffic, part, 3)).snapshot();
    const [a, b, c] = [await snapshot(0), await snapshot(1), await snapshot(2)];
    const left = emptyTally(3);
    left.merge(a);
    left.merge(b);
    const first = emptyTally(3);
    first.merge(left.snapshot());
    first.merge(c);
    const right = emptyTally(3);
    right.merge(b);
    right.merge(c);
    const second = emptyTally(3);
    second.merge(a);
    second.merge(right.snapshot());
    expect(first.result()).toEqual(second.result());
  });

  it('tells a defect of the document once, though every part meets it', async () => {
    const sum = emptyTally(2);
    for (const part of [0, 1]) sum.merge((await tallied([...traffic, ...traffic], part, 2)).snapshot());
    const defects = sum.result().groups.filter(({ side }) => side === 'document');
    expect(defects).toHaveLength(1);
    expect(defects[0]?.count).toBe(1);
  });

  it('counts what was left aside and tells what could not be read', () => {
    const tally = emptyTally();
    tally.addAside('websocket');
    tally.addFlaw({ kind: 'flaw', place: { file: 'test.har', index: 3 }, offset: 10, line: 7, message: 'entry 3 is no object' });
    const { exchanges, groups } = tally.result();
    expect(exchanges).toEqual({ total: 1, judged: 0, clean: 0, skipped: { websocket: 1 } });
    expect(groups).toMatchObject([
      { rule: 'recording-gap', side: 'recording', severity: 'error', message: 'line 7: entry 3 is no object', count: 1 },
    ]);
  });

  it('keeps hosts apart up to a limit, then only counts them', async () => {
    const many = Array.from({ length: 150 }, (_, index): Sent => ({ target: '/odd', origin: `https://h${index}.example` }));
    const result = (await tallied(many)).result();
    expect(result.exchanges.skipped).toEqual({ 'other-host': 150 });
    expect(result.groups).toEqual([]);
  });

  it('keeps three samples of a group, the first ones', async () => {
    const result = (await tallied(traffic)).result();
    const group = result.groups.find(({ rule }) => rule === 'response-body');
    expect(group?.samples.map(({ exchange }) => exchange.place.index)).toEqual([4, 8, 9]);
  });
});
