import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addPath, createPathTree, firstMatch, matchPath, templateNames } from './match.ts';

function treeOf(...templates: string[]) {
  const tree = createPathTree<string>();
  for (const template of templates) addPath(tree, template, template);
  return tree;
}

describe('one template', () => {
  test.each<{ template: string; path: string; want: Record<string, string> | undefined }>([
    { template: '/', path: '/', want: {} },
    { template: '/pets', path: '/pets', want: {} },
    { template: '/pets', path: '/pets/', want: undefined },
    { template: '/pets/', path: '/pets', want: undefined },
    { template: '/pets', path: '/Pets', want: undefined },
    { template: '/pets/{id}', path: '/pets/1', want: { id: '1' } },
    { template: '/pets/{id}', path: '/pets/', want: undefined },
    { template: '/pets/{id}', path: '/pets/a%2Fb', want: { id: 'a%2Fb' } },
    { template: '/pets/{id}', path: '/pets/a/b', want: undefined },
    { template: '/a/{x}/b/{y}', path: '/a/1/b/2', want: { x: '1', y: '2' } },
    { template: '/{a}{b}', path: '/xyz', want: { a: 'x', b: 'yz' } },
    { template: '/{a}{b}', path: '/x', want: undefined },
    { template: '/{a}{b}', path: '/%E5%AE%A0%E7%89%A9', want: { a: '%E5%AE%A0', b: '%E7%89%A9' } },
    { template: '/{a}.{b}', path: '/x.y.z', want: { a: 'x', b: 'y.z' } },
    { template: '/{a}.{b}', path: '/.x', want: undefined },
    { template: '/{a}.{b}', path: '/..x', want: { a: '.', b: 'x' } },
    { template: '/{a}2{b}', path: '/x%20y', want: undefined },
    { template: '/things/{id}:activate', path: '/things/a:b:activate', want: { id: 'a:b' } },
    { template: '/things/{id}:activate', path: '/things/a%3Aactivate', want: { id: 'a' } },
    { template: '/things/{id}:activate', path: '/things/:activate', want: undefined },
    { template: '/things/{id}:activate', path: '/things/a:activates', want: undefined },
    { template: '/v{version}/x', path: '/v1/x', want: { version: '1' } },
    { template: '/:key', path: '/:key', want: {} },
    { template: '/:key', path: '/value', want: undefined },
    { template: '/宠物/{编号}', path: '/%E5%AE%A0%E7%89%A9/1', want: { 编号: '1' } },
    { template: '/宠物/{编号}', path: '/宠物/1', want: { 编号: '1' } },
    { template: '/%E5%AE%A0%E7%89%A9', path: '/宠物', want: {} },
    { template: '/宠{x}物', path: '/%e5%ae%a0%E5%A4%A7%E7%89%A9', want: { x: '%E5%A4%A7' } },
    { template: '/a#variant', path: '/a', want: {} },
    { template: '/a?x=1', path: '/a', want: {} },
    { template: '/a{?x,y}', path: '/a', want: {} },
    { template: '/a/{b', path: '/a/{b', want: {} },
    { template: '/a b', path: '/a%20b', want: {} },
    { template: '/100%', path: '/100%', want: {} },
    { template: '/{}', path: '/x', want: { '': 'x' } },
    { template: '/{__proto__}', path: '/x', want: Object.fromEntries([['__proto__', 'x']]) },
    { template: 'pets', path: '/pets', want: {} },
  ])('$template and $path', ({ template, path, want }) => {
    const found = firstMatch(treeOf(template), path);
    expect(found === undefined ? undefined : Object.fromEntries(found.values)).toEqual(want);
  });
});

describe('precedence', () => {
  test.each<{ name: string; templates: string[]; path: string; want: string[] }>([
    { name: 'literal before template', templates: ['/{a}', '/mine'], path: '/mine', want: ['/mine', '/{a}'] },
    { name: 'the leftmost difference decides', templates: ['/{a}/x', '/b/{c}'], path: '/b/x', want: ['/b/{c}', '/{a}/x'] },
    {
      name: 'part literal before whole template',
      templates: ['/{a}', '/{a}.json', '/r.{f}'],
      path: '/r.json',
      want: ['/{a}.json', '/r.{f}', '/{a}'],
    },
    { name: 'a way that ends is left again', templates: ['/a/b/c', '/{x}/b/d'], path: '/a/b/d', want: ['/{x}/b/d'] },
    { name: 'the same place twice, in order', templates: ['/{a}', '/{b}', '/{c}#x'], path: '/1', want: ['/{a}', '/{b}', '/{c}#x'] },
  ])('$name', ({ templates, path, want }) => {
    expect(matchPath(treeOf(...templates), path).map(({ leaf }) => leaf)).toEqual(want);
    expect(firstMatch(treeOf(...templates), path)?.leaf).toBe(want[0]);
  });
});

test('a segment of many templates is judged without going back', () => {
  const template = `/${Array.from({ length: 12 }, (_, index) => `{p${index}}-`).join('')}x`;
  expect(firstMatch(treeOf(template), `/${'-'.repeat(8000)}`)).toBeUndefined();
  expect(firstMatch(treeOf(template), `/${'a-'.repeat(4000)}x`)?.values.get('p1')).toBe('a');
});

test('a path of very many segments is none', () => {
  expect(firstMatch(treeOf('/{a}'), '/a'.repeat(100_000))).toBeUndefined();
  expect(matchPath(treeOf('/{a}'), '/a'.repeat(100_000))).toEqual([]);
});

const segment = fc.oneof(
  fc.constantFrom('a', 'b', 'ab', '{x}', '{x}{y}', 'a{x}', '{x}b', '{x}.{y}', '{x}a{y}', '.'),
  fc.array(fc.constantFrom('a', '.', '{x}'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
);
const path = fc.array(fc.stringMatching(/^[ab.]{0,5}$/), { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join('/')}`);

test('the tree agrees with one regular expression for each template', () => {
  fc.assert(
    fc.property(fc.array(fc.array(segment, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 }), path, (lists, given) => {
      const templates = [...new Set(lists.map((parts) => `/${parts.join('/')}`))];
      const found = matchPath(treeOf(...templates), given);
      const naive = new Map(
        templates.flatMap((template) => {
          const expression = new RegExp(`^${template.replaceAll('.', String.raw`\.`).replaceAll(/\{.\}/g, '([^/]+?)')}$`);
          const match = expression.exec(given);
          return match === null ? [] : [[template, match.slice(1)] as const];
        }),
      );
      expect(new Set(found.map(({ leaf }) => leaf))).toEqual(new Set(naive.keys()));
      for (const { leaf, values } of found) {
        const names = templateNames(leaf);
        const wanted = new Map(names.map((name, index) => [name, naive.get(leaf)?.[index]]));
        expect([leaf, values]).toEqual([leaf, wanted]);
      }
      expect(firstMatch(treeOf(...templates), given)?.leaf).toBe(found[0]?.leaf);
    }),
    { numRuns: 2000 },
  );
});

test('no template and no path throws', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (template, given) => {
      matchPath(treeOf(template, `/${template}`), given);
      expect(
        firstMatch(
          treeOf(`/${template.replaceAll(/[?#{}/]/g, '')}x`),
          `/${encodeURIComponent(`${template.replaceAll(/[?#{}/]/g, '')}x`.toWellFormed())}`,
        ),
      ).toSatisfy((found) => found !== undefined || !template.isWellFormed() || template.includes('%'));
    }),
  );
});
