import { describe, expect, test } from 'vitest';
import type { Exchange } from './exchange.ts';
import type { Finding } from './finding.ts';
import { FURTHER_FINDINGS, createGroups, groupId } from './group.ts';
import type { Judged } from './judged.ts';
import { isIdLike, pathShape, pointerShape } from './shape.ts';

const OPERATION = { document: 'tie', id: 'findTieById', method: 'POST', path: '/tie/findById.json' };

function finding(given: Partial<Finding> = {}): Finding {
  return {
    rule: 'response-body',
    side: 'server',
    severity: 'error',
    message: 'must be integer',
    exchange: { file: 'a.har', index: 0 },
    operation: OPERATION,
    method: 'POST',
    path: '/tie/findById.json',
    status: 200,
    in: 'response',
    part: 'body',
    pointer: '/data/list/3/id',
    code: 'type',
    document: 'tie.yaml#/paths/~1tie/post/responses/200/content/application~1json/schema/properties/id/type',
    ...given,
  };
}

function judged(findings: readonly Finding[], index = 0, body = '{"data":{}}'): Judged {
  const exchange: Exchange = {
    place: { file: 'a.har', index },
    origin: undefined,
    request: { method: 'POST', path: '/tie/findById.json', query: '', headers: {}, body: undefined },
    response: { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) },
    startedAt: undefined,
    milliseconds: undefined,
    gaps: [],
  };
  return { exchange, findings, operation: undefined, request: undefined, response: undefined, outcome: 'unknown', skipped: undefined };
}

describe('one cause or two', () => {
  const shared = { document: 'tie.yaml#/components/schemas/TieEntity/properties/id/type' };
  test.each([
    { name: 'another index', one: {}, two: { pointer: '/data/list/17/id' }, same: true },
    { name: 'another property', one: {}, two: { pointer: '/data/list/3/uid' }, same: false },
    { name: 'another status', one: {}, two: { status: 201 }, same: false },
    {
      name: 'another operation, where the browser took credentials out',
      one: { rule: 'recording-gap', side: 'recording' as const, code: 'credentials stripped' },
      two: { rule: 'recording-gap', side: 'recording' as const, code: 'credentials stripped', operation: { ...OPERATION, id: 'listTies' } },
      same: true,
    },
    { name: 'another operation', one: {}, two: { operation: { ...OPERATION, id: 'listTies' } }, same: false },
    {
      name: 'another exchange and value',
      one: {},
      two: { exchange: { file: 'b.har', index: 9 }, actual: 'x', path: '/tie/findById.json/' },
      same: true,
    },
    {
      name: 'a shared schema in another operation and place',
      one: shared,
      two: { ...shared, operation: { ...OPERATION, id: 'listTies' }, status: 201, pointer: '/x' },
      same: true,
    },
    {
      name: 'another property missing in a shared schema',
      one: { ...shared, property: 'a' },
      two: { ...shared, property: 'b' },
      same: false,
    },
    { name: 'another rule', one: shared, two: { ...shared, rule: 'request-body' }, same: false },
    {
      name: 'a Swagger 2.0 definition',
      one: { document: 'a.json#/definitions/A/type' },
      two: { document: 'a.json#/definitions/A/type', pointer: '/z' },
      same: true,
    },
  ])('$name: $same', ({ one, two, same }) => expect(groupId(finding(one)) === groupId(finding(two))).toBe(same));

  test('paths without an operation differ by their words, not by their identifiers', () => {
    const unknown = (path: string): string => {
      const { operation: _operation, document: _document, pointer: _pointer, ...rest } = finding({ rule: 'undocumented-operation', path });
      return groupId(rest);
    };
    expect(unknown('/v1/users/17')).toBe(unknown('/v1/users/4711'));
    expect(unknown('/v1/users/17')).not.toBe(unknown('/v1/orders/17'));
  });

  test('an id is twelve hexadecimal digits and never changes', () => expect(groupId(finding())).toBe('1f602b3e08b6'));
});

describe('shapes', () => {
  test.each([
    ['17', true],
    ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', true],
    ['5f3a9c1b', true],
    ['deadbeef', false],
    ['tasks', false],
    ['v2', false],
    ['dGhpc0lzQVJhbmRvbVRva2Vu1', true],
    ['list-notification-tasks-executions', false],
  ])('%s looks like an identifier: %s', (text, want) => expect(isIdLike(text)).toBe(want));
  test('in paths and pointers', () => {
    expect(pathShape('/v1/users/17/tasks')).toBe('/v1/users/{}/tasks');
    expect(pointerShape('/list/17/a~1b')).toBe('/list/*/a~1b');
  });
});

describe('counting', () => {
  test('10,000 exchanges with one missing property are one group with a count and three samples', () => {
    const groups = createGroups({ placeOf: () => ({ line: 12 }) });
    for (let index = 0; index < 10_000; index += 1) groups.add(judged([finding({ pointer: `/data/list/${index}` })], index));
    expect(groups.list()).toMatchObject([
      {
        count: 10_000,
        line: 12,
        operations: [OPERATION],
        samples: [{ exchange: { place: { index: 0 } } }, { exchange: { place: { index: 1 } } }, {}],
      },
    ]);
  });

  test('many findings of one exchange are one sample', () => {
    const groups = createGroups();
    groups.add(judged([finding({ pointer: '/data/list/0/id' }), finding({ pointer: '/data/list/1/id' })]));
    expect(groups.list()).toMatchObject([{ count: 2, samples: [{ finding: { pointer: '/data/list/0/id' } }] }]);
  });

  test('errors first, then by count, then by id; the order of coming does not matter', () => {
    const all = [
      finding({ rule: 'b', severity: 'notice' }),
      finding({ rule: 'c', severity: 'error' }),
      finding({ rule: 'd', severity: 'warning' }),
      finding({ rule: 'e', severity: 'error' }),
      finding({ rule: 'e', severity: 'error' }),
    ];
    const ids = (list: readonly Finding[]): string[] => {
      const groups = createGroups();
      for (const one of list) groups.add(judged([one]));
      return groups.list().map((group) => group.rule);
    };
    expect(ids(all)).toEqual(['e', 'c', 'd', 'b']);
    expect(ids(all.toReversed())).toEqual(['e', 'c', 'd', 'b']);
  });

  test('the groups of workers are added up as if one had seen all', () => {
    const [one, two, all] = [createGroups(), createGroups(), createGroups()];
    for (let index = 0; index < 10; index += 1) {
      const next = judged([finding({ rule: index % 3 === 0 ? 'a' : 'b' })], index);
      (index < 5 ? one : two).add(next);
      all.add(next);
    }
    one.merge(structuredClone(two.list()));
    expect(one.list()).toEqual(all.list());
  });

  test('beyond the limit findings are counted together, an error stays an error', () => {
    const groups = createGroups({ groups: 2 });
    for (let index = 0; index < 10; index += 1)
      groups.add(judged([finding({ rule: `rule-${'abcdefghij'.charAt(index)}`, severity: index > 7 ? 'notice' : 'error' })], index));
    const found = groups.list();
    expect(found.map(({ rule, severity, count }) => `${severity} ${rule} ${count}`)).toEqual([
      `error ${FURTHER_FINDINGS} 6`,
      expect.stringMatching(/^error rule-[ab] 1$/),
      expect.stringMatching(/^error rule-[ab] 1$/),
      `notice ${FURTHER_FINDINGS} 2`,
    ]);
  });

  test('once the room for samples is spent, a group keeps one without bodies', () => {
    const groups = createGroups({ sampleCharacters: 100 });
    const body = JSON.stringify({ text: 'x'.repeat(200) });
    for (let index = 0; index < 6; index += 1) groups.add(judged([finding({ rule: index < 3 ? 'a' : 'b' })], index, body));
    const [a, b] = groups.list().toSorted((one, two) => (one.rule < two.rule ? -1 : 1));
    expect(a?.samples).toHaveLength(1);
    expect(a?.samples[0]?.exchange.response?.body?.text).toBe(body);
    expect(b?.samples).toHaveLength(1);
    expect(b?.samples[0]?.exchange.response).not.toHaveProperty('body');
  });

  test('no value found under the name of a secret is kept', () => {
    const groups = createGroups();
    groups.add(judged([finding({ pointer: '/refresh_token', actual: 'hunter2' }), finding({ rule: 'x', pointer: '/size', actual: 5 })]));
    expect(groups.list().map((group) => group.samples[0]?.finding.actual)).toEqual(expect.arrayContaining([undefined, 5]));
    expect(JSON.stringify(groups.list())).not.toContain('hunter2');
  });
});
