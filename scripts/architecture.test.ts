import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { breaches, importsOf, isTestFile, RANKS } from './architecture.ts';
import type { Sources } from './architecture.ts';

const ROOT = join(import.meta.dirname, '..');

test('the repository keeps the rules', async () => {
  const sources = await readSources();
  expect(sources.size).toBeGreaterThan(20);
  expect(breaches(sources)).toEqual([]);
});

test('the walk sees the imports of the repository', async () => {
  const sources = await readSources();
  const edges = [...sources].flatMap(([path, text]) => importsOf(path, text).map((target) => [path, target]));
  expect(edges).toContainEqual(['scripts/parity/main.ts', 'scripts/mock-process.ts']);
  const dangling = edges.filter(([, target]) => target !== undefined && !sources.has(target));
  expect(dangling).toEqual([]);
});

describe('a planted breach is found', () => {
  const index = { 'operations/index.ts': '', 'mock/index.ts': '', 'contracts/index.ts': '', 'cli/index.ts': '' };
  const rows: readonly [name: string, given: Readonly<Record<string, string>>, want: RegExp][] = [
    ['upward', { 'operations/load.ts': "import { serve } from '../mock/index.ts';" }, /upward, operations may not know mock/],
    ['upward, a type', { 'mock/server.ts': "import type { Flags } from '../cli/index.ts';" }, /upward, mock may not know cli/],
    ['upward, a re-export', { 'operations/index.ts': "export * from '../mock/index.ts';" }, /upward/],
    ['upward, many lines', { 'operations/a.ts': "import {\n  one,\n  two,\n} from '../mock/index.ts';" }, /upward/],
    ['upward, a call', { 'operations/a.ts': "const mock = await import('../mock/index.ts');" }, /upward/],
    ['upward, for its effects', { 'operations/a.ts': "import '../mock/index.ts';" }, /upward/],
    ['sideways', { 'mock/server.ts': "import { check } from '../contracts/index.ts';" }, /never import each other/],
    ['a folder without a rank', { 'lib/a.ts': "import { load } from '../operations/index.ts';" }, /"lib" has no rank/],
    [
      'past an index',
      { 'mock/server.ts': "import { load } from '../operations/load.ts';", 'operations/load.ts': '' },
      /enter by operations\/index\.ts/,
    ],
    [
      'past the index of an inner folder',
      { 'operations/a.ts': "import { b } from './bodies/form.ts';", 'operations/bodies/form.ts': '', 'operations/bodies/index.ts': '' },
      /enter by operations\/bodies\/index\.ts/,
    ],
    [
      'past the index of a sister folder',
      { 'operations/x/a.ts': "import { b } from '../bodies/form.ts';", 'operations/bodies/form.ts': '', 'operations/bodies/index.ts': '' },
      /enter by operations\/bodies\/index\.ts/,
    ],
    [
      'an inner folder of another one',
      { 'mock/a.ts': "import '../operations/schema/schema.ts';", 'operations/schema/schema.ts': '' },
      /enter by operations/,
    ],
    [
      'a circle',
      { 'mock/a.ts': "import './b.ts';", 'mock/b.ts': "import './c.ts';", 'mock/c.ts': "import './a.ts';" },
      /cycle: mock\/a\.ts -> mock\/b\.ts -> mock\/c\.ts -> mock\/a\.ts/,
    ],
    ['test code', { 'mock/a.ts': "import { row } from './rows.fixture.ts';" }, /imports test code/],
    ['a long file', { 'mock/a.ts': 'x;\n'.repeat(401) }, /401 lines/],
    ['a vague name', { 'mock/utils/a.ts': '' }, /mock\/utils: name the folder/],
  ];
  test.each(rows)('%s', (_name, given, want) => {
    const found = breaches(new Map(Object.entries({ ...index, ...given })));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(want);
  });
});

test('what is allowed is left alone', () => {
  const given = {
    'openapi/common/shared.ts': '',
    'operations/index.ts': "export * from './load.ts';\nexport { form } from './bodies/index.ts';",
    'operations/load.ts': "import { readFile } from 'node:fs';\nimport { schema } from './schema/schema.ts';",
    'operations/schema/schema.ts': '// import { up } from "../../mock/index.ts"',
    'operations/bodies/index.ts': "import { form } from './form.ts';",
    'operations/bodies/form.ts': "import type { Schema } from '../schema/schema.ts';",
    'mock/index.ts': "import { load } from '../operations/index.ts';\nconst text = 'x;\\n';",
    'cli/main.ts': `import { serve } from '../mock/index.ts';\n${'x;\n'.repeat(399)}`,
  };
  expect(breaches(new Map(Object.entries(given)))).toEqual([]);
});

/** The sources of every folder that has a rank. */
async function readSources(): Promise<Sources> {
  const sources = new Map<string, string>();
  for (const entry of await readdir(ROOT, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    const names = (await readdir(join(ROOT, entry.name), { recursive: true })).filter(
      (name) => name.endsWith('.ts') && !name.includes('node_modules'),
    );
    for (const name of names.filter((name) => !isTestFile(name))) {
      sources.set(`${entry.name}/${name.split(sep).join('/')}`, await readFile(join(ROOT, entry.name, name), 'utf8'));
    }
    if (names.length > 0) expect(Object.keys(RANKS), `the folder ${entry.name} holds code and needs a rank`).toContain(entry.name);
  }
  return sources;
}
