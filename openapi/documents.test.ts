import { describe, expect, test } from 'vitest';
import { asList, asNode, at, inventory, isNode, mediaTypesOf, operationsOf, readDocuments, resolve, walk } from './documents.fixture.ts';

const documents = await readDocuments();
const operations = documents.flatMap((document) => operationsOf(document).map((operation) => ({ ...operation, document })));
const named = operations.map((operation) => ({ name: String(operation.node['operationId']), operation }));

const isBilingual = (text: unknown): boolean => typeof text === 'string' && /\p{Script=Han}/u.test(text) && /[A-Za-z]{2,}/.test(text);

describe('the operations are those of the source documents', () => {
  const key = (item: { module: string; method: string; path: string; operationId: unknown }): string =>
    `${item.module} ${item.method} ${item.path} ${String(item.operationId)}`;

  test('all 59, each once', () => {
    const found = operations.map(({ module, method, path, node }) => key({ module, method, path, operationId: node['operationId'] }));
    expect(found.toSorted()).toEqual(inventory.operations.map(key).toSorted());
    expect(new Set(named.map(({ name }) => name)).size).toBe(59);
  });

  const counts: [module: string, count: number][] = [
    ['invite-plan', 7],
    ['auth', 1],
    ['notification-task', 5],
    ['file', 2],
    ['marketing-notice', 27],
    ['member', 1],
    ['tie', 10],
    ['sop-task', 1],
    ['distribute', 5],
  ];
  test.each(counts)('%s has %i', (module, count) => {
    expect(operations.filter((operation) => operation.module === module)).toHaveLength(count);
  });

  test('no document is left out', () => {
    expect(documents.map(({ module }) => module)).toEqual(counts.map(([module]) => module).toSorted());
    expect(documents.filter(({ value }) => value['openapi'] !== '3.1.0')).toEqual([]);
  });
});

describe.each(named)('$name', ({ operation }) => {
  const { document, node } = operation;
  const mediaTypes = mediaTypesOf(document, operation);

  test('is described in Chinese and English, under one declared tag, with its security', () => {
    expect(isBilingual(node['summary']) && String(node['summary']).includes(' · ')).toBe(true);
    expect(isBilingual(node['description']) && String(node['description']).includes('\n\n')).toBe(true);
    const tags = asList(document.value['tags']).map((tag) => asNode(tag)['name']);
    expect(asList(node['tags'])).toHaveLength(1);
    expect(tags).toContain(asList(node['tags'])[0]);
    expect(node['security'] ?? document.value['security']).toBeInstanceOf(Array);
  });

  test('has a success, a failure, and a bilingual description of each answer and parameter', () => {
    const statuses = Object.keys(asNode(node['responses']));
    expect(statuses).toContain('200');
    expect(statuses.some((status) => /^(?:[45](?:\d\d|XX)|default)$/.test(status))).toBe(true);
    const described = [
      ...Object.values(asNode(node['responses'])),
      ...asList(node['parameters']),
      ...(isNode(node['requestBody']) ? [node['requestBody']] : []),
    ];
    expect(described.map((item) => resolve(document, item)).filter((item) => !isBilingual(item['description']))).toEqual([]);
  });

  test('has a named schema and a named example for its body and for each answer with content', () => {
    expect(mediaTypes.map(({ place }) => place)).toEqual(
      expect.arrayContaining(['200', ...(isNode(node['requestBody']) ? ['request'] : [])]),
    );
    const unnamed = mediaTypes.filter(({ node: media }) => !/^#\/components\/schemas\/\w+$/.test(String(asNode(media['schema'])['$ref'])));
    expect(unnamed.map(({ place }) => place)).toEqual([]);
    const bare = mediaTypes.filter(({ node: media }) =>
      Object.values(asNode(media['examples'])).every((example) => !isBilingual(asNode(example)['summary'])),
    );
    expect(bare.map(({ place }) => place)).toEqual([]);
  });

  test('shows a success first', () => {
    const [first] = mediaTypes
      .filter(({ place }) => place === '200')
      .flatMap(({ node: media }) => Object.values(asNode(media['examples'])));
    const body = asNode(asNode(first)['value']);
    expect('error_code' in body || 'errcode' in body || body['success'] === false).toBe(false);
  });
});

test('every schema, property and parameter says in both languages what it is', () => {
  const silent = documents.flatMap((document) =>
    [...walk(document.value['components'], (pointer) => !/\/examples?$/.test(pointer))]
      .filter(
        ({ pointer, value }) =>
          /^\/(?:schemas|parameters)\/\w+$|\/properties\/\w+$/.test(pointer) && isNode(value) && value['$ref'] === undefined,
      )
      .filter(({ pointer, value }) => !/\/(?:if|then|else|not)\//.test(pointer) && !isBilingual(asNode(value)['description']))
      .map(({ pointer }) => `${document.module}${pointer}`),
  );
  expect(silent).toEqual([]);
});

describe('published spellings stay as they are', () => {
  const spellings: { module: string; pointer: string; want?: unknown }[] = [
    { module: 'invite-plan', pointer: '/paths/~1ptoss-connect~1tiktop~1{taskId}~1creator-invitition/post' },
    { module: 'tie', pointer: '/paths/~1tie~1invitiation~1findByTidAndProbability.json/post' },
    { module: 'tie', pointer: '/components/schemas/FindTieInvitationsByTidSuccess/properties/data/properties/invitiations' },
    { module: 'tie', pointer: '/components/schemas/FindTieInvitationByTidAndProbabilitySuccess/properties/data/properties/invitiation' },
    { module: 'tie', pointer: '/components/schemas/TieInvitationRow/allOf/1/required', want: ['probability_min', 'probability_max'] },
    { module: 'tie', pointer: '/components/schemas/TieInvitation/allOf/1/required', want: ['probabilityMin', 'probabilityMax'] },
    { module: 'tie', pointer: '/components/schemas/TieAck/properties/success/const', want: 'true' },
    { module: 'tie', pointer: '/components/schemas/TieAck/properties/success/type', want: 'string' },
    { module: 'tie', pointer: '/components/schemas/DeleteTieInvitationRequest/required', want: ['invite_id'] },
    { module: 'tie', pointer: '/components/schemas/TieApply/properties/create_time' },
    { module: 'marketing-notice', pointer: '/paths/~1api~1v1~1marketing-notice~1scene~1{id}~1unbundled-externalId/patch' },
    { module: 'marketing-notice', pointer: '/components/schemas/NoticeReport/properties/plannedNumberOfPeopl' },
    { module: 'marketing-notice', pointer: '/components/schemas/NoticeListItem/properties/invitationSuccessfulOfPeopl' },
    { module: 'marketing-notice', pointer: '/components/parameters/KeyWord/name', want: 'keyWord' },
    { module: 'member', pointer: '/paths/~1api~1v1~1members~1{id}~1daily-reports/get/parameters/3/name', want: 'keyword' },
    { module: 'file', pointer: '/paths/~1api~1v1~1file/x-path-aliases', want: ['/api/file'] },
  ];
  test.each(spellings)('$module $pointer', ({ module, pointer, want }) => {
    const document = documents.find((candidate) => candidate.module === module);
    const found = at(document?.value, pointer);
    if (want === undefined) expect(found).toBeDefined();
    else expect(found).toEqual(want);
  });

  test('names that never travel are spelt correctly', () => {
    const names = documents.flatMap(({ value }) => [
      ...Object.keys(asNode(asNode(value['components'])['schemas'])),
      ...asList(value['tags']).map((tag) => String(asNode(tag)['name'])),
      String(asNode(value['info'])['title']),
    ]);
    expect([...names, ...named.map(({ name }) => name)].filter((name) => /invitition|invitiation|peopl(?!e)|tiktop/i.test(name))).toEqual(
      [],
    );
  });
});

test('hosts of the source documents stand in servers only', () => {
  const strays = documents.flatMap(({ module, value }) =>
    [...walk({ ...value, servers: [] })]
      .filter(({ value: text }) => typeof text === 'string' && /hypers\.com|yzhonshop|eqxiu|\bt\.cn\b|bdimg|xx\.com/i.test(text))
      .map(({ pointer }) => `${module}${pointer}`),
  );
  expect(strays).toEqual([]);
});
