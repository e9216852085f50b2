import fc from 'fast-check';
import { expect, test } from 'vitest';
import { json, mockOf, openapi } from '../mock.fixture.ts';
import { nearestRoutes } from './nearest.ts';
import type { Difference } from './nearest.ts';

const answer = { responses: { 200: json({ type: 'object' }) } };
const { table } = await mockOf([
  openapi(
    {
      '/pets': { get: { operationId: 'listPets', ...answer }, post: { operationId: 'savePet', ...answer } },
      '/pets/{id}': { get: { operationId: 'getPet', ...answer } },
      '/pets/{id}/photos/{photo}': { get: { operationId: 'getPhoto', ...answer } },
      '/owners/search.json': { post: { operationId: 'searchOwners', ...answer } },
    },
    { servers: [{ url: 'https://x.test/api/v1' }] },
  ),
]);

test.each<[line: string, operationId: string, differs: readonly Difference[]]>([
  ['DELETE /api/v1/pets/1', 'getPet', [{ kind: 'method', expected: 'GET', actual: 'DELETE' }]],
  ['GET /api/v1/pet/1', 'getPet', [{ kind: 'segment', position: 3, expected: 'pets', actual: 'pet' }]],
  ['GET /api/v2/pets', 'listPets', [{ kind: 'segment', position: 2, expected: 'v1', actual: 'v2' }]],
  ['GET /rest/pets/7/photos/8', 'getPhoto', [{ kind: 'base-path', expected: '/api/v1', actual: '/rest' }]],
  ['GET /api/v1/pets/', 'listPets', [{ kind: 'trailing-slash' }]],
  ['GET /api/v1/pets/1/photos', 'getPhoto', [{ kind: 'missing', segments: '/{photo}' }]],
  ['POST /api/v1/owners/Search.json', 'searchOwners', [{ kind: 'segment', position: 4, expected: 'search.json', actual: 'Search.json' }]],
  ['GET /api/v1/pets/1/photos/2/large', 'getPhoto', [{ kind: 'extra', segments: '/large' }]],
])('%s: %s', (line, operationId, differs) => {
  const [method = '', path = ''] = line.split(' ');
  const [best] = nearestRoutes(table.routes, method, path);
  expect({ id: best?.route.id, differs: best?.differs }).toEqual({ id: operationId, differs });
});

test('where only the method differs, only those of the path are told', () => {
  expect(nearestRoutes(table.routes, 'PUT', '/api/v1/pets').map(({ route }) => route.id)).toEqual(['listPets', 'savePet']);
});

test('what is like nothing has no neighbours', () => {
  expect(nearestRoutes(table.routes, 'GET', '/favicon.ico')).toEqual([]);
  expect(nearestRoutes(table.routes, 'GET', '/wp-admin/setup/install/now')).toEqual([]);
});

test('any path is compared, and never with itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (path) => {
      expect(nearestRoutes(table.routes, 'GET', `/${path}`).length).toBeLessThanOrEqual(5);
    }),
  );
  expect(nearestRoutes(table.routes, 'GET', `/${'a/'.repeat(100_000)}`).length).toBeLessThanOrEqual(5);
});
