import { describe, expect, it } from 'vitest';
import { exchangeOf } from './rules/rule.fixture.ts';
import type { Sent } from './rules/rule.fixture.ts';
import { isAsset, isPreflight, isUpgrade } from './set-aside.ts';
import type { Hints } from './set-aside.ts';

describe('isPreflight', () => {
  it.each<{ name: string; sent: Sent; want: boolean }>([
    {
      name: 'OPTIONS that asks for a method',
      sent: { method: 'OPTIONS', headers: { 'access-control-request-method': 'PUT' } },
      want: true,
    },
    {
      name: 'OPTIONS that is answered like one',
      sent: { method: 'OPTIONS', replyHeaders: { 'access-control-allow-methods': 'PUT' } },
      want: true,
    },
    { name: 'OPTIONS without', sent: { method: 'OPTIONS' }, want: false },
    { name: 'another method with the header', sent: { headers: { 'access-control-request-method': 'PUT' } }, want: false },
  ])('$name', ({ sent, want }) => {
    expect(isPreflight(exchangeOf(sent))).toBe(want);
  });
});

describe('isUpgrade', () => {
  it.each<{ name: string; sent: Sent; want: boolean }>([
    { name: '101', sent: { status: 101 }, want: true },
    { name: 'CONNECT', sent: { method: 'CONNECT' }, want: true },
    { name: '200', sent: {}, want: false },
    { name: 'no response', sent: { status: null }, want: false },
  ])('$name', ({ sent, want }) => {
    expect(isUpgrade(exchangeOf(sent))).toBe(want);
  });
});

describe('isAsset', () => {
  const html = { 'content-type': 'text/html; charset=utf-8' };
  it.each<{ name: string; sent: Sent; hints?: Hints; isInside?: boolean; want: boolean }>([
    { name: 'a page', sent: { target: '/', replyHeaders: html }, want: true },
    { name: 'a picture', sent: { target: '/logo', replyHeaders: { 'content-type': 'image/png' } }, want: true },
    {
      name: 'a page below a base path: it may be an answer of the API',
      sent: { target: '/v1/x', replyHeaders: html },
      isInside: true,
      want: false,
    },
    { name: 'a page of a failure: a gateway writes such', sent: { target: '/x', status: 502, replyHeaders: html }, want: false },
    { name: 'JSON', sent: { target: '/x', reply: {} }, want: false },
    { name: 'a page that was posted to', sent: { method: 'POST', target: '/x', replyHeaders: html }, want: false },
    { name: 'the favicon, not there', sent: { target: '/favicon.ico', status: 404 }, want: true },
    {
      name: 'what browsers look for of themselves',
      sent: { target: '/.well-known/appspecific/com.chrome.devtools.json', status: 404 },
      want: true,
    },
    { name: 'JSON that the browser wanted as a script', sent: { target: '/x', reply: {} }, hints: { resourceType: 'script' }, want: true },
    { name: 'a page that a script fetched', sent: { target: '/x', replyHeaders: html }, hints: { resourceType: 'fetch' }, want: false },
    { name: 'the same by Sec-Fetch-Dest', sent: { target: '/x', headers: { 'sec-fetch-dest': 'empty' }, replyHeaders: html }, want: false },
    { name: 'an image by Sec-Fetch-Dest', sent: { target: '/x', headers: { 'sec-fetch-dest': 'image' }, reply: {} }, want: true },
    { name: 'nothing is known', sent: { target: '/x', status: null }, want: false },
  ])('$name', ({ sent, hints = {}, isInside = false, want }) => {
    expect(isAsset(exchangeOf(sent), hints, isInside)).toBe(want);
  });
});
