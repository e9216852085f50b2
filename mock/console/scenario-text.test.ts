import { join } from 'node:path';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { startMock } from '../index.ts';
import { folderOf, json, openapi } from '../mock.fixture.ts';
import { scenarioText } from './scenario-text.ts';

const PET = { name: 'shop/pet', key: 'no' };
const OWNER = { name: 'shop/owner', key: 'id' };

test('the rows of one module, each on a line', () => {
  const rows = { 'shop/pet': [{ no: 1, name: '小白', tags: ['a'] }], 'other/pet': [{ no: 2 }] };
  expect(scenarioText('shop', 'exchange-7', [PET, OWNER, { name: 'other/pet', key: 'no' }], rows)).toEqual({
    place: 'openapi/shop.state.yaml',
    name: 'shop.scenario.yaml',
    text: `scenarios:
  "exchange-7":
    "pet":
      - {"no": 1, "name": "小白", "tags": ["a"]}
    "owner": []
`,
  });
  expect(scenarioText('none', 'x', [PET], rows)).toBeUndefined();
});

test('whatever a row holds, YAML reads it again', () => {
  const field = fc.jsonValue({ stringUnit: 'binary' });
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string({ maxLength: 20 }), field)), (rows) => {
      const given = JSON.parse(JSON.stringify(rows)) as Record<string, unknown>[];
      const { text = '' } = scenarioText('shop', 's', [PET], { 'shop/pet': given }) ?? {};
      const { scenarios } = load(text) as { scenarios: { s: { pet: unknown[] } } };
      expect(scenarios.s.pet.map(plain)).toEqual(given);
    }),
  );
});

/** Without the operator that says that nothing is an expression. */
function plain(row: unknown): unknown {
  const bare = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, '$const') ? (value as { $const: unknown }).$const : value;
  const whole = bare(row);
  if (whole !== row) return whole;
  return Object.fromEntries(Object.entries(row as object).map(([name, value]) => [name, bare(value)]));
}

test('a mock that has it in its state file begins with just these rows', async () => {
  const document = openapi({ '/pets': { get: { operationId: 'listPets', responses: { 200: json({ type: 'object' }) } } } });
  const state = 'collections:\n  pet: { key: { field: no, strategy: given } }\n';
  const rows = [
    { no: 1, name: '$request.body#/x', note: '{$row#/name} costs $5', more: { '...': 1, $const: 2 } },
    { no: 2, name: 9_007_199_254_740_993n, when: '2026-03-01', yes: 'yes', empty: '', none: null, text: '\u2028\u007f: #"\'' },
  ];
  const text = scenarioText('shop', 'kept', [PET], { 'shop/pet': rows })?.text ?? '';
  const folder = folderOf({ 'openapi/shop.json': document, 'openapi/shop.state.yaml': state + text });
  const mock = await startMock({ workspace: folder, documents: [join(folder, 'openapi/shop.json')] });
  const world = mock.session({ name: 'begins' });
  await world.reset('kept');
  expect((await world.state.read())['shop/pet']).toEqual(rows);
  await mock.close();
});
