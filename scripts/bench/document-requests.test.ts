import { expect, test } from 'vitest';
import type { Request } from '../conformance/build-request.ts';
import { basePath, candidates, shortTitle, spread, withoutRemoteReferences } from './document-requests.ts';

test.each([
  ['a whole address', '3.0', { servers: [{ url: 'https://api.example.com/v1/' }] }, '/v1'],
  ['a host alone', '3.1', { servers: [{ url: 'https://api.example.com' }] }, ''],
  ['a path', '3.1', { servers: [{ url: '/openapi' }] }, '/openapi'],
  ['a variable in it', '3.0', { servers: [{ url: 'https://{host}/{version}' }] }, ''],
  ['no servers', '3.1', {}, ''],
  ['Swagger 2.0', '2.0', { basePath: '/v2' }, '/v2'],
] as const)('what a server may put before its paths: %s', (_name, dialect, root, want) => {
  expect(basePath({ file: 'a.yaml', dialect, root })).toBe(want);
});

test('items are spread evenly', () => {
  expect(spread([1, 2, 3], 5)).toEqual([1, 2, 3]);
  expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 5)).toEqual([0, 2, 4, 6, 8]);
});

test('references to the network are left out, all others kept', () => {
  const given = { a: [{ $ref: 'https://example.com/1', name: 'x' }], b: { $ref: '#/c' }, c: null };
  expect(withoutRemoteReferences(given)).toEqual({ a: [{ name: 'x' }], b: { $ref: '#/c' }, c: null });
});

test.each([
  ['Petstore', 'Petstore'],
  ['Spotify Web API with fixes and improvements', 'Spotify Web API with fixes and …'],
  ['贴'.repeat(40), `${'贴'.repeat(32)} …`],
])('the title %s is shown as %s', (title, want) => expect(shortTitle(title)).toBe(want));

test('GETs are loaded, or JSON bodies where a document has none', () => {
  const request = (method: string, type?: string): Request => ({
    kind: 'request',
    method,
    path: '/a',
    headers: type === undefined ? {} : { 'content-type': type },
    body: type === undefined ? undefined : Buffer.from('{}'),
  });
  const posts = [request('POST', 'application/json'), request('POST', 'multipart/form-data; boundary=a'), request('DELETE')];
  expect(candidates([...posts, request('GET')])).toEqual([request('GET')]);
  expect(candidates(posts)).toEqual([posts[0], posts[2]]);
  expect(candidates(posts, '/b').map(({ path }) => path)).toEqual(['/b']);
});
