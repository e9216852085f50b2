import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { createOperationTable, loadDocument, readSource, valueAt, writeJson } from '../operations/index.ts';
import { CHECK_KINDS, COMPARISON_KEYS, ROW_CHECK_KEYS } from './checks.ts';
import { COLLECTION_KEYS, KEY_KEYS, STAMP_KEYS, STRATEGIES } from './collection.ts';
import { BEARER_KEYS, FILE_KEYS } from './compile-state-files.ts';
import { EFFECT_KEYS } from './effects.ts';
import { ENVELOPE_KEYS } from './envelope.ts';
import { inferState } from './infer.ts';
import { MACHINE_KEYS, TIMED_KEYS } from './machine.ts';
import { ERROR_KEYS } from './named-error.ts';
import { COMMON_KEYS, VERBS } from './operation-model.ts';
import { TIME_FORMS } from './operators/time.ts';
import { PAGER_KEYS, SORT_KEYS } from './pager.ts';
import { OPERATORS } from './predicate.ts';
import { TEMPLATE_OPERATORS } from './template.ts';
import { UNIQUE_KEYS } from './unique.ts';
import { GRANT_KEYS, ISSUE_KEYS } from './verbs/token.ts';
import { WAY_KEYS } from './verbs/transition.ts';

const ROOT = join(import.meta.dirname, '..');
const schema: unknown = JSON.parse(await readFile(join(import.meta.dirname, 'state-file.schema.json'), 'utf8'));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false, allErrors: true }).compile(
  schema as object,
);

/** What is wrong with a state file; integers beyond 2^53 are numbers to a JSON Schema. */
function issuesOf(given: unknown): readonly string[] {
  validate(JSON.parse(writeJson(given)));
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}

describe('state files are valid', async () => {
  const files = (await readdir(join(ROOT, 'openapi'))).filter((name) => name.endsWith('.state.yaml'));
  test('there are nine', () => {
    expect(files).toHaveLength(9);
  });
  test.each(files)('%s', async (name) => {
    const { value, text } = await readSource(join(ROOT, 'openapi', name));
    expect(issuesOf(value)).toEqual([]);
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/state\/state-file\.schema\.json\n/);
  });
  test('what is inferred', async () => {
    const table = createOperationTable([await loadDocument(join(ROOT, 'openapi', 'marketing-notice.yaml'), {})]);
    const inferred = inferState(table, table.routes);
    expect(inferred?.given).toBeDefined();
    expect(issuesOf(inferred?.given)).toEqual([]);
  });
});

describe('what is no state file', () => {
  const operation = (given: object) => ({ operations: { act: given } });
  test.each([
    { name: 'a list', given: [] },
    { name: 'an unknown key', given: { colections: {} } },
    { name: 'a time zone by name', given: { timezone: 'Asia/Shanghai' } },
    { name: 'an unknown verb', given: operation({ do: 'remove', in: 't' }) },
    { name: 'a key of another verb', given: operation({ do: 'list', in: 't', set: {} }) },
    { name: 'a key of a verb, without one', given: operation({ set: {} }) },
    { name: 'a get of which row', given: operation({ do: 'get', in: 't' }) },
    { name: 'a transition to what', given: operation({ do: 'transition', in: 't', key: 1 }) },
    { name: 'missing of another verb', given: operation({ do: 'get', in: 't', key: 1, missing: 'ignore' }) },
    { name: 'an unknown operator', given: operation({ data: { $cout: 't' } }) },
    { name: 'an unknown option of an operator', given: operation({ data: { $count: 't', were: {} } }) },
    { name: 'an unknown comparison', given: operation({ do: 'list', in: 't', where: { name: { contain: 'x' } } }) },
    { name: 'an unknown $-name in a filter', given: operation({ do: 'list', in: 't', where: { $or: [] } }) },
    { name: 'an effect on which rows', given: operation({ also: [{ delete: 't' }] }) },
    { name: 'an unknown strategy', given: { collections: { t: { key: { strategy: 'guid' } } } } },
    { name: 'too many rows of one form', given: { collections: { t: { seed: [{ repeat: 1e9, row: {} }] } } } },
  ])('$name', ({ given }) => {
    expect(issuesOf(given)).not.toEqual([]);
  });
});

/** The members that the schema names at a place. */
function namesAt(pointer: string): string[] {
  const found = valueAt(schema, pointer);
  if (typeof found !== 'object' || found === null) throw new Error(`the schema has nothing at ${pointer}`);
  return (Array.isArray(found) ? found.map(String) : Object.keys(found)).toSorted();
}

describe('the schema knows what the compiler knows', () => {
  const collection = '/$defs/collection/properties';
  const rowCheck = [...ROW_CHECK_KEYS];
  test.each<{ name: string; pointer: string; keys: Iterable<string> }>([
    { name: 'file', pointer: '/properties', keys: FILE_KEYS },
    { name: 'bearer', pointer: '/$defs/bearer/properties', keys: BEARER_KEYS },
    { name: 'envelope', pointer: '/$defs/envelope/properties', keys: ENVELOPE_KEYS },
    { name: 'error', pointer: '/$defs/error/properties', keys: ERROR_KEYS },
    { name: 'pager', pointer: '/$defs/pager/properties', keys: PAGER_KEYS },
    { name: 'sort', pointer: '/$defs/sort/anyOf/1/properties', keys: SORT_KEYS },
    { name: 'collection', pointer: collection, keys: COLLECTION_KEYS },
    { name: 'key', pointer: `${collection}/key/properties`, keys: KEY_KEYS },
    { name: 'strategies', pointer: `${collection}/key/properties/strategy/enum`, keys: STRATEGIES },
    { name: 'stamps', pointer: `${collection}/stamps/properties`, keys: STAMP_KEYS },
    { name: 'unique', pointer: `${collection}/unique/items/anyOf/1/properties`, keys: UNIQUE_KEYS },
    { name: 'machine', pointer: '/$defs/machine/properties', keys: MACHINE_KEYS },
    { name: 'timed transition', pointer: '/$defs/machine/properties/timed/items/properties', keys: TIMED_KEYS },
    { name: 'verbs', pointer: '/$defs/operation/properties/do/enum', keys: VERBS.keys() },
    {
      name: 'operation',
      pointer: '/$defs/operation/properties',
      keys: new Set([...COMMON_KEYS, ...[...VERBS.values()].flatMap(({ keys }) => keys)]),
    },
    ...[...VERBS].map(([verb, { keys }]) => ({
      name: `do: ${verb}`,
      pointer: `/$defs/${verb}/propertyNames/enum`,
      keys: [...COMMON_KEYS, ...keys],
    })),
    { name: 'ways', pointer: '/$defs/operation/properties/to/anyOf/0/items/properties', keys: WAY_KEYS },
    { name: 'check exists', pointer: '/$defs/check/anyOf/0/properties', keys: [CHECK_KINDS[0], ...rowCheck] },
    { name: 'check absent', pointer: '/$defs/check/anyOf/1/properties', keys: [CHECK_KINDS[1], ...rowCheck] },
    { name: 'check that', pointer: '/$defs/check/anyOf/2/properties', keys: [CHECK_KINDS[2], ...OPERATORS, ...COMPARISON_KEYS] },
    ...Object.entries(EFFECT_KEYS).map(([kind, keys], index) => ({
      name: `effect ${kind}`,
      pointer: `/$defs/effect/anyOf/${index}/properties`,
      keys: [kind, ...keys],
    })),
    { name: 'grant', pointer: '/$defs/grant/properties', keys: GRANT_KEYS },
    { name: 'issue', pointer: '/$defs/operation/properties/issue/additionalProperties/properties', keys: ISSUE_KEYS },
    { name: 'comparison', pointer: '/$defs/comparison/properties', keys: OPERATORS },
    ...Object.entries(TEMPLATE_OPERATORS).map(([name, { keys }], index) => ({
      name,
      pointer: `/$defs/operator/anyOf/${index}/properties`,
      keys: [name, ...keys],
    })),
    { name: 'time forms', pointer: '/$defs/operator/anyOf/15/properties/as/enum', keys: TIME_FORMS },
  ])('$name', ({ pointer, keys }) => {
    expect(namesAt(pointer)).toEqual([...keys].toSorted());
  });

  test('no operator more', () => {
    expect(namesAt('/$defs/operator/anyOf')).toHaveLength(Object.keys(TEMPLATE_OPERATORS).length);
  });

  test('everything that an author writes has a description', () => {
    const bare: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        const isMember = path.endsWith('/properties') && !path.endsWith('/if/properties') && !path.endsWith('missing');
        const isDescribed =
          typeof inner === 'object' && inner !== null && ('description' in inner || '$ref' in inner || 'const' in inner || 'enum' in inner);
        if (isMember && !isDescribed) bare.push(`${path}/${key}`);
        walk(inner, `${path}/${key}`);
      }
    };
    walk(schema, '');
    expect(bare).toEqual([]);
  });
});
