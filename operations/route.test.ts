import { describe, expect, test } from 'vitest';
import { documentOf } from './document.fixture.ts';
import { basePaths, listRoutes, unservedPaths } from './route.ts';

const GET = { get: { responses: {} } };
const firstRoute = (document: Record<string, unknown>) => {
  const [route] = listRoutes(documentOf({ openapi: '3.0.0', paths: { '/a': GET }, ...document }));
  if (route === undefined) throw new Error('no route');
  return route;
};

describe('base paths', () => {
  test.each<{ name: string; given: Record<string, unknown>; want: string[] }>([
    { name: 'no server', given: {}, want: [] },
    { name: 'an empty list', given: { servers: [] }, want: [] },
    { name: 'root', given: { servers: [{ url: '/' }] }, want: [''] },
    { name: 'a host without a path', given: { servers: [{ url: 'https://a.b' }, { url: 'https://a.b/' }] }, want: [''] },
    { name: 'slashes at the end', given: { servers: [{ url: 'https://a.b/v1//' }] }, want: ['/v1'] },
    {
      name: 'a port and a query',
      given: { servers: [{ url: 'https://a.b:8080/v1?x=/y#z' }, { url: 'https://a.b?x=/y' }] },
      want: ['/v1', ''],
    },
    {
      name: 'relative',
      given: { servers: [{ url: 'v1' }, { url: './v2' }, { url: '../v3' }, { url: '.' }] },
      want: ['/v1', '/v2', '/v3', ''],
    },
    { name: 'without a scheme', given: { servers: [{ url: '//a.b/v1' }] }, want: ['/v1'] },
    { name: 'the same twice', given: { servers: [{ url: 'http://a/v1' }, { url: 'http://b/v1' }] }, want: ['/v1'] },
    {
      name: 'variables',
      given: {
        servers: [
          { url: '{s}://{h}/{v}', variables: { s: { default: 'https' }, h: { default: 'a.b' }, v: { default: 'x', enum: ['x', 'y'] } } },
        ],
      },
      want: ['/x', '/y'],
    },
    { name: 'undeclared variables of scheme and host', given: { servers: [{ url: '{s}://{h}/v1' }] }, want: ['/v1'] },
    { name: 'a variable without a default', given: { servers: [{ url: 'https://{h}/v1', variables: { h: {} } }] }, want: ['/v1'] },
    { name: 'a value with a dollar sign', given: { servers: [{ url: '/{v}', variables: { v: { default: '$&' } } }] }, want: ['/$&'] },
    { name: 'what is no URL', given: { servers: [{}, null, { url: 1 }] }, want: [] },
    {
      name: 'the operation over the path over the document',
      given: {
        servers: [{ url: '/doc' }],
        paths: { '/a': { servers: [{ url: '/path' }], get: { servers: [{ url: '/op' }] } } },
      },
      want: ['/op'],
    },
    {
      name: 'Swagger 2.0',
      given: { openapi: undefined, swagger: '2.0', host: 'a.b', basePath: '/v1/', schemes: ['http', 'https'] },
      want: ['/v1'],
    },
    {
      name: 'Swagger 2.0, a base path without its slash',
      given: { openapi: undefined, swagger: '2.0', host: 'a.b', basePath: 'v1' },
      want: ['/v1'],
    },
    { name: 'Swagger 2.0 without a host', given: { openapi: undefined, swagger: '2.0', basePath: 'v1' }, want: ['/v1'] },
    { name: 'Swagger 2.0 without either', given: { openapi: undefined, swagger: '2.0' }, want: [] },
  ])('$name', ({ given, want }) => expect(basePaths(firstRoute(given))).toEqual(want));

  test('a server of many variables stays small', () => {
    const names = Array.from({ length: 12 }, (_, index) => `v${index}`);
    const variables = Object.fromEntries(
      names.map((name) => [name, { enum: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'], default: 'a' }]),
    );
    const route = firstRoute({ servers: [{ url: names.map((name) => `/{${name}}`).join(''), variables }] });
    expect(basePaths(route)).toHaveLength(32);
  });
});

describe('routes', () => {
  test('in document order, without extensions, with what a $ref leads to', () => {
    const document = documentOf({
      openapi: '3.1.0',
      paths: {
        '/b': { put: {}, get: { operationId: 'getB' }, parameters: [], 'x-get': {}, query: {} },
        'x-a': GET,
        '/a': { $ref: '#/components/pathItems/A' },
        '/lost': { $ref: '#/nowhere' },
        ':key': { get: { operationId: '' }, post: null },
      },
      components: { pathItems: { A: { delete: {} } } },
    });
    expect(listRoutes(document).map(({ id, path }) => [id, path])).toEqual([
      ['getB', '/b'],
      ['PUT /b', '/b'],
      ['DELETE /a', '/a'],
      ['GET :key', '/:key'],
    ]);
  });

  test('what stands beside the $ref of a path item, where the path item lacks it', () => {
    const document = documentOf({
      openapi: '3.1.0',
      paths: {
        '/a': {
          $ref: '#/components/pathItems/A',
          get: { operationId: 'beside' },
          post: { operationId: 'made' },
          servers: [{ url: '/v1' }],
          parameters: [{ name: 'q' }],
        },
      },
      components: { pathItems: { A: { get: { operationId: 'own' } } } },
    });
    const routes = listRoutes(document);
    expect(routes.map(({ id }) => id)).toEqual(['own', 'made']);
    expect(routes.map(basePaths)).toEqual([['/v1'], ['/v1']]);
    expect(routes.map(({ pathItem }) => pathItem.pointer)).toEqual(['/paths/~1a', '/paths/~1a']);
  });

  test('paths that lead nowhere are told', () => {
    const paths = { '/a': { $ref: '#/nowhere' }, '/b': GET, 'x-c': { $ref: '#/nowhere' } };
    expect(unservedPaths(documentOf({ openapi: '3.1.0', paths }))).toEqual([
      { address: 'api.json#/paths/~1a', message: '"#/nowhere" leads nowhere: there is nothing at /nowhere' },
    ]);
  });

  test('a document without paths has none', () => {
    for (const paths of [undefined, null, [], 1]) expect(listRoutes(documentOf({ openapi: '3.1.0', paths }))).toEqual([]);
  });
});
