import { expect, test } from 'vitest';
import { maskHeader, maskQuery } from './mask.ts';

const secrets = new Set(['x-shop-key', 'no']);

test.each<[name: string, given: string, want: string]>([
  ['authorization', 'Bearer abc', 'Bearer ***'],
  ['authorization', 'abc', '***'],
  ['authorization', 'Digest username="a", response="b"', 'Digest ***'],
  ['proxy-authorization', 'Basic YTpi', 'Basic ***'],
  ['cookie', 'a=1; sid=2; x-hufu-session=test-1; odd', 'a=***; sid=***; x-hufu-session=test-1;***'],
  ['set-cookie', 'sid=abc; Path=/; HttpOnly', 'sid=***; Path=/; HttpOnly'],
  ['x-api-key', 'abc', '***'],
  ['x-access-token', 'abc', '***'],
  ['x-shop-key', 'abc', '***'],
  ['x-hufu-session', 'test-1', 'test-1'],
  ['x-hufu-token', 'abc', '***'],
  ['location', '/next?access_token=abc&page=2', '/next?access_token=***&page=2'],
  ['location', '/next#access_token=abc', '/next#access_token=***'],
  ['referer', 'http://a.test/?page=2', 'http://a.test/?page=2'],
  ['content-type', 'application/json', 'application/json'],
])('%s: %s', (name, given, want) => {
  expect(maskHeader(name, given, secrets)).toBe(want);
});

test.each<[given: string, want: string]>([
  ['', ''],
  ['page=2&q=%E5%A5%BD', 'page=2&q=%E5%A5%BD'],
  ['token=abc', 'token=***'],
  ['access%5Ftoken=a=b&x=1', 'access%5Ftoken=***&x=1'],
  ['Password=1&PWD=2&api-key=3', 'Password=***&PWD=***&api-key=***'],
  ['no=7', 'no=***'],
  ['token', 'token'],
  ['%zz=1&&=', '%zz=1&&='],
])('query %s', (given, want) => {
  expect(maskQuery(given, secrets)).toBe(want);
});
