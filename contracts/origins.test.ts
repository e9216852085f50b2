import { describe, expect, it } from 'vitest';
import { documentOf } from '../operations/document.fixture.ts';
import { createOperationTable } from '../operations/index.ts';
import { originOf, originsOf } from './origins.ts';

const table = (document: Record<string, unknown>) =>
  createOperationTable([documentOf({ openapi: '3.1.0', paths: { '/it': { get: { operationId: 'it' } } }, ...document })]);
const servers = (...urls: string[]) => table({ servers: urls.map((url) => ({ url })) });

describe('originOf', () => {
  it.each<[url: string, want: string | undefined]>([
    ['https://api.example.com/v1', 'https://api.example.com'],
    ['HTTPS://API.Example.com', 'https://api.example.com'],
    ['https://api.example.com:443/v1', 'https://api.example.com'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://[::1]:8080/v1', 'http://[::1]:8080'],
    ['/v1', undefined],
    ['//api.example.com/v1', undefined],
    ['https://{env}.example.com/v1', undefined],
    ['https://api-{env}.example.com/v1', undefined],
    ['https://api.example.com:{port}/v1', undefined],
    ['https://api.example.com/{version}', 'https://api.example.com'],
    ['https://', undefined],
    ['https://a b/', undefined],
    ['', undefined],
  ])('%s', (url, want) => {
    expect(originOf(url)).toBe(want);
  });
});

describe('isOurs', () => {
  it.each<[name: string, origin: string | undefined, want: 'yes' | 'perhaps']>([
    ['the documented host', 'https://api.example.com', 'yes'],
    ['nobody said', undefined, 'yes'],
    ['this machine', 'http://localhost:3000', 'yes'],
    ['this machine by number', 'http://127.0.0.1:8080', 'yes'],
    ['this machine by IPv6', 'http://[::1]:8080', 'yes'],
    ['a name below localhost', 'http://shop.localhost:8080', 'yes'],
    ['one that the user names', 'https://stage.example.com', 'yes'],
    ['another port', 'https://api.example.com:8443', 'perhaps'],
    ['another host', 'https://cdn.example.com', 'perhaps'],
    ['a host that begins alike', 'http://localhost.example.com', 'perhaps'],
    ['a host that ends in digits alike', 'http://127.0.0.1.example.com', 'perhaps'],
  ])('%s', (_name, origin, want) => {
    expect(originsOf(servers('https://api.example.com/v1'), ['https://Stage.example.com/v1']).isOurs(origin)).toBe(want);
  });
});

describe('isInside', () => {
  const { isInside } = originsOf(servers('https://api.example.com/v1', '/internal', '/\u63a5\u53e3', '/'));
  it.each<[path: string, want: boolean]>([
    ['/v1', true],
    ['/v1/odd', true],
    ['/internal/x', true],
    ['/%e6%8e%a5%E5%8F%A3/x', true],
    ['/%69nternal/x', true],
    ['/internal%2Fx', false],
    ['/internal%zz/x', false],
    ['/v10', false],
    ['/', false],
    ['/index.html', false],
  ])('%s', (path, want) => {
    expect(isInside(path)).toBe(want);
  });
});

describe('fits', () => {
  const fits = (given: ReturnType<typeof table>, origin: string | undefined, path: string): boolean => {
    const [route] = given.routes;
    if (route === undefined) throw new Error('no route');
    return originsOf(given).fits(given.operation(route), origin, path);
  };
  it.each<{ name: string; urls: string[]; origin?: string; path: string; want: boolean }>([
    { name: 'below the base path', urls: ['https://a.example/v1'], origin: 'https://a.example', path: '/v1/it', want: true },
    { name: 'outside of it, on that host', urls: ['https://a.example/v1'], origin: 'https://a.example', path: '/it', want: false },
    {
      name: 'a base path that only begins alike',
      urls: ['https://a.example/v1'],
      origin: 'https://a.example',
      path: '/v10/it',
      want: false,
    },
    { name: 'outside of it, on another host', urls: ['https://a.example/v1'], origin: 'http://localhost:8080', path: '/it', want: true },
    { name: 'where nobody named the host', urls: ['https://a.example/v1'], path: '/it', want: true },
    { name: 'a server without a host', urls: ['/v1'], origin: 'https://a.example', path: '/it', want: true },
    {
      name: 'the second base path of a host',
      urls: ['https://a.example/v1', 'https://a.example/v2'],
      origin: 'https://a.example',
      path: '/v2/it',
      want: true,
    },
    {
      name: 'the base path of another host',
      urls: ['https://a.example/v1', 'https://b.example/v2'],
      origin: 'https://a.example',
      path: '/v2/it',
      want: false,
    },
    { name: 'a base path with a variable', urls: ['https://a.example/{version}'], origin: 'https://a.example', path: '/v7/it', want: true },
  ])('$name', ({ urls, origin, path, want }) => {
    expect(fits(servers(...urls), origin, path)).toBe(want);
  });

  it('Swagger 2.0', () => {
    const given = createOperationTable([
      documentOf({
        swagger: '2.0',
        host: 'a.example',
        basePath: '/v1',
        schemes: ['https'],
        paths: { '/it': { get: { operationId: 'it' } } },
      }),
    ]);
    expect(fits(given, 'https://a.example', '/v1/it')).toBe(true);
    expect(fits(given, 'https://a.example', '/it')).toBe(false);
  });
});

it.each<[path: string, want: boolean]>([
  ['/x/v1/it', true],
  ['/other/v1/it', true],
  ['/v1/it', false],
  ['/other/v2/it', false],
  ['/it', false],
])('a base path with a variable that takes any text: %s', (path, want) => {
  const open = table({ servers: [{ url: 'https://api.example.com/{base}/v1', variables: { base: { default: 'x' } } }] });
  const [route] = open.routes;
  const fits = route !== undefined && originsOf(open).fits(open.operation(route), 'https://api.example.com', path);
  expect(fits).toBe(want);
});
