import { describe, expect, test } from 'vitest';
import { documentOf } from './document.fixture.ts';
import { createOperationTable } from './operation-table.ts';

const op = (operationId: string) => ({ operationId, responses: {} });
const table = createOperationTable([
  documentOf({
    openapi: '3.0.3',
    servers: [{ url: 'https://host/v1' }, { url: '/v2' }],
    paths: {
      '/pets': { get: op('listPets'), post: op('addPet') },
      '/pets/{id}': { get: op('getPet'), delete: op('deletePet') },
      '/pets/mine': { get: op('getMine') },
      '/pets/{name}': { put: op('putPet') },
      '/old': { get: op('old'), 'x-path-aliases': ['/older', 5, '/oldest/{x}'] },
      '/head': { get: op('getHead'), head: op('headHead') },
      '/who#a': { post: op('whoA') },
      '/who#b': { post: op('whoB') },
    },
  }),
  documentOf({ openapi: '3.0.3', paths: { '/pets': { get: op('otherPets') }, '/v1/pets': { get: op('clash') } } }),
]);

describe('find', () => {
  test.each<{ name: string; method: string; path: string; want: unknown }>([
    { name: 'below a server', method: 'GET', path: '/v1/pets', want: 'listPets' },
    { name: 'below another server', method: 'POST', path: '/v2/pets', want: 'addPet' },
    { name: 'bare', method: 'POST', path: '/pets', want: 'addPet' },
    { name: 'a full path before a bare one', method: 'GET', path: '/pets', want: 'otherPets' },
    { name: 'literal before template', method: 'GET', path: '/v1/pets/mine', want: 'getMine' },
    { name: 'the template where the literal lacks the method', method: 'DELETE', path: '/v1/pets/mine', want: 'deletePet' },
    { name: 'the same template under another name', method: 'PUT', path: '/v1/pets/1', want: 'putPet' },
    { name: 'an alias', method: 'GET', path: '/v1/older', want: 'old' },
    { name: 'an alias with a template', method: 'GET', path: '/oldest/1', want: 'old' },
    { name: 'HEAD by GET', method: 'HEAD', path: '/v1/pets', want: 'listPets' },
    { name: 'HEAD of its own', method: 'HEAD', path: '/v1/head', want: 'headHead' },
    { name: 'variants: the first', method: 'POST', path: '/v1/who', want: 'whoA' },
    { name: 'no such method', method: 'PATCH', path: '/v1/pets/1', want: ['DELETE', 'GET', 'HEAD', 'PUT'] },
    { name: 'HEAD where there is no GET', method: 'HEAD', path: '/v1/who', want: ['POST'] },
    { name: 'no method at all', method: '', path: '/v1/older', want: ['GET', 'HEAD'] },
    { name: 'no such path', method: 'GET', path: '/v3/pets', want: undefined },
    { name: 'a base path alone', method: 'GET', path: '/v1', want: undefined },
    { name: 'a trailing slash', method: 'GET', path: '/v1/pets/', want: undefined },
  ])('$name', ({ method, path, want }) => {
    const found = table.find(method, path);
    expect(found.kind === 'operation' ? found.operation.id : found.kind === 'method' ? found.allow : undefined).toEqual(want);
  });

  test.each([
    ['/v1/', 'root'],
    ['/v1', 'root'],
    ['/', 'root'],
    ['/v2', 'second'],
    ['/v3', undefined],
  ])('the root below a base path, with its slash and without: %s', (path, want) => {
    const rooted = createOperationTable([
      documentOf({
        openapi: '3.0.3',
        servers: [{ url: 'https://host/v1' }, { url: '/' }],
        paths: { '/': { get: op('root') }, '/v2': { get: op('second') } },
      }),
    ]);
    const found = rooted.find('GET', path);
    expect(found.kind === 'operation' ? found.operation.id : undefined).toBe(want);
    expect(rooted.collisions).toEqual([]);
  });

  test('the values of the template that matched', () => {
    const found = table.find('PUT', '/v1/pets/a%20b');
    expect(found.kind === 'operation' && [...found.values]).toEqual([['name', 'a%20b']]);
  });

  test('an operation is compiled once', () => {
    const [first, second] = [table.find('GET', '/v1/pets'), table.find('GET', '/v2/pets')];
    expect(first.kind === 'operation' && second.kind === 'operation' && first.operation === second.operation).toBe(true);
  });
});

test('collisions are told; variants, other parameter names of other methods and bare paths are none', () => {
  expect(table.collisions.map(({ method, path, first, second }) => [method, path, first.id, second.id])).toEqual([
    ['GET', '/v1/pets', 'listPets', 'clash'],
  ]);
});

describe('a variable of a server that no enum limits', () => {
  const open = createOperationTable([
    documentOf({
      openapi: '3.1.0',
      servers: [
        {
          url: 'https://{env}.example.com/{base}/{version}',
          variables: { env: { default: 'prod' }, base: { default: 'x' }, version: { enum: ['v1', 'v2'], default: 'v1' } },
        },
      ],
      paths: { '/pets': { get: op('listPets') }, '/pets/{id}': { get: op('getPet') }, '/deep/{a}/{b}/{c}': { get: op('deep') } },
    }),
  ]);
  test.each<{ path: string; want: unknown }>([
    { path: '/x/v1/pets', want: ['listPets'] },
    { path: '/other/v1/pets', want: ['listPets'] },
    { path: '/other/v2/pets/7', want: ['getPet', ['id', '7']] },
    { path: '/pets', want: ['listPets'] },
    { path: '/deep/v1/pets/7', want: ['deep', ['a', 'v1'], ['b', 'pets'], ['c', '7']] },
    { path: '/other/v3/pets', want: 'path' },
    { path: '/v1/pets', want: 'path' },
    { path: '/a/b/v1/pets', want: 'path' },
  ])('$path', ({ path, want }) => {
    const found = open.find('GET', path);
    expect(found.kind === 'operation' ? [found.operation.id, ...found.values] : found.kind).toEqual(want);
  });

  test('claims nothing of another document', () => {
    expect(open.collisions).toEqual([]);
    expect(open.routes[0]?.openBasePaths).toEqual(['/{}/v1', '/{}/v2']);
  });

  test.each<{ name: string; server: unknown; want: readonly string[] }>([
    { name: 'of the host only', server: { url: 'https://{env}.a.b/v1', variables: { env: { default: 'x' } } }, want: [] },
    { name: 'the whole URL', server: { url: '{server}/v1', variables: { server: { default: 'https://a.b' } } }, want: [] },
    { name: 'several segments', server: { url: '/{base}', variables: { base: { default: 'a/b' } } }, want: [] },
    { name: 'a part of a segment', server: { url: '/v{n}', variables: { n: { default: '1', enum: [] } } }, want: ['/v{}'] },
    { name: 'an empty default', server: { url: '/{base}', variables: { base: { default: '' } } }, want: ['/{}'] },
    { name: 'no default', server: { url: '/{base}', variables: { base: {} } }, want: [] },
    { name: 'nothing at all', server: { url: '/{base}' }, want: [] },
  ])('$name', ({ server, want }) => {
    const { routes } = createOperationTable([documentOf({ openapi: '3.1.0', servers: [server], paths: { '/a': { get: op('a') } } })]);
    expect(routes[0]?.openBasePaths).toEqual(want);
  });
});
