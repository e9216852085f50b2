import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { judgeOf, observationOf, observeSteps, SHOP } from './judge.fixture.ts';
import type { Step } from './judge.fixture.ts';
import type { JudgeOptions } from './observation.ts';

interface Case {
  readonly name: string;
  readonly given: readonly Step[];
  /** The rules that the last step breaks; those before break none. */
  readonly want: readonly string[];
  /** The exchanges that taught it. */
  readonly because?: readonly number[];
  readonly options?: JudgeOptions;
}

const ok = (data?: unknown): object => (data === undefined ? { success: true } : { success: true, data });
const failed = (code: string): object => ({ success: false, code, message: 'no' });
const create = (id: number, fields: object = {}, more: Partial<Step> = {}): Step => ({
  do: 'createOrder',
  body: { customer: 7, title: 'book', price: 30, ...fields },
  answer: ok({ id }),
  ...more,
});
const get = (id: number, row: object | undefined, more: Partial<Step> = {}): Step => ({
  do: 'getOrder',
  path: { orderId: String(id) },
  ...(row === undefined ? { status: 404, answer: failed('40401') } : { answer: ok({ id, ...row }) }),
  ...more,
});
const list = (rows: readonly object[], query: object = {}, total = rows.length, more: Partial<Step> = {}): Step => ({
  do: 'listOrders',
  query: { ...query },
  answer: ok({ list: rows, total }),
  ...more,
});
const pay = (id: number, answer: object, more: Partial<Step> = {}): Step => ({ do: 'payOrder', path: { orderId: id }, answer, ...more });
const rename = (
  id: number,
  body: object,
  answer: object = ok({ is: (body as { title?: string }).title }),
  more: Partial<Step> = {},
): Step => ({
  do: 'renameOrder',
  path: { orderId: id },
  body,
  answer,
  ...more,
});
const remove = (id: number): Step => ({ do: 'deleteOrder', path: { orderId: id }, answer: ok() });
const row = (id: number, more: object = {}): object => ({ id, customer: 7, title: 'book', price: 30, ...more });
const rows = (from: number, to: number): object[] => Array.from({ length: from - to + 1 }, (_, index) => row(from - index));
const login = (name: string, password: string, n: number, more: Partial<Step> = {}): Step => ({
  do: 'login',
  body: { grant: 'password', name, password },
  answer: { access: `a${n}`, refresh: `r${n}`, expires_in: 3600 },
  ...more,
});
const renew = (token: string, n: number, more: Partial<Step> = {}): Step => ({
  do: 'login',
  body: { grant: 'refresh', token },
  answer: { access: `a${n}`, refresh: `r${n}`, expires_in: 3600 },
  ...more,
});
const HOUR = 3_600_000;

const CASES: readonly Case[] = [
  // update-lost
  {
    name: 'a change that does not stick',
    given: [create(1), rename(1, { title: 'pen' }), get(1, { title: 'book' })],
    want: ['update-lost'],
    because: [1],
  },
  { name: 'a change that sticks', given: [create(1), rename(1, { title: 'pen' }), get(1, { title: 'pen' })], want: [] },
  {
    name: 'a field that was not sent may fall back',
    given: [rename(1, { title: 'a', note: 'n' }), rename(1, { title: 'b' }), get(1, { title: 'b', note: null })],
    want: [],
  },
  {
    name: 'what was read changes without a write',
    given: [get(1, { title: 'a' }), get(1, { title: 'b' })],
    want: ['update-lost'],
    because: [0],
  },
  { name: 'a counter goes up by itself', given: [get(1, { views: 1 }), get(1, { views: 2 })], want: [] },
  {
    name: 'an update stamp moves with an update',
    given: [get(1, { changedAt: '2026-01-01 00:00:00' }), rename(1, { title: 'x' }), get(1, { changedAt: '2026-01-01 09:00:00' })],
    want: [],
  },
  {
    name: 'the moment of creation does not',
    given: [get(1, { createdAt: '2026-01-01 00:00:00' }), rename(1, { title: 'x' }), get(1, { createdAt: '2026-01-01 09:00:00' })],
    want: ['update-lost'],
    because: [0],
  },
  {
    name: 'a refused change changes nothing',
    given: [get(1, { title: 'a' }), rename(1, { title: 'b' }, failed('x'), { status: 400 }), get(1, { title: 'a' })],
    want: [],
  },
  {
    name: 'a refused change that sticks',
    given: [get(1, { title: 'a' }), rename(1, { title: 'b' }, failed('x'), { status: 400 }), get(1, { title: 'b' })],
    want: ['update-lost'],
    because: [0],
  },
  {
    name: 'after an internal error nobody knows',
    given: [get(1, { title: 'a' }), rename(1, { title: 'b' }, {}, { status: 500, accepted: undefined }), get(1, { title: 'b' })],
    want: [],
  },
  {
    name: 'after an unknown outcome nobody knows',
    given: [get(1, { title: 'a' }), rename(1, { title: 'b' }, {}, { accepted: undefined }), get(1, { title: 'b' })],
    want: [],
  },
  { name: 'another form of the same value', given: [create(1, { price: 30, title: '7' }), get(1, { price: '30', title: 7 })], want: [] },
  {
    name: 'digits beyond 2^53',
    given: [create(1, { price: 9007199254740993n }), get(1, { price: 9007199254740992n })],
    want: ['update-lost'],
    because: [0],
  },
  {
    name: 'a masked value',
    given: [create(1, { title: 'hufu-masked-0123456789' }), get(1, { title: 'hufu-masked-9876543210' })],
    want: [],
  },
  { name: 'a value that the server hides', given: [create(1, { title: '13800000000' }), get(1, { title: '138****0000' })], want: [] },
  {
    name: 'a sensitive value',
    given: [create(1), get(1, { title: 'other' })],
    want: [],
    options: { sensitive: (_operation, member) => member === 'title' },
  },
  {
    name: 'where others write',
    given: [create(1), rename(1, { title: 'pen' }), get(1, { title: 'book' })],
    want: [],
    options: { shared: true },
  },
  {
    name: 'a read that overlaps with the write',
    given: [create(1), rename(1, { title: 'pen' }, ok({}), { at: [1000, 5000] }), get(1, { title: 'book' }, { at: [2000, 3000] })],
    want: [],
  },
  {
    name: 'a read after overlapping writes',
    given: [
      rename(1, { title: 'a' }, ok({}), { at: [0, 5000] }),
      rename(1, { title: 'b' }, ok({}), { at: [1000, 2000] }),
      get(1, { title: 'a' }, { at: [3000, 4000] }),
    ],
    want: [],
  },
  // derived-value-wrong
  { name: 'an echo of something else', given: [create(1, {}, { answer: ok({ id: 1, title: 'boo' }) })], want: ['derived-value-wrong'] },
  {
    name: 'the value of before',
    given: [get(1, { title: 'a' }), rename(1, { title: 'b' }, ok({ was: 'z', is: 'b' }))],
    want: ['update-lost'],
    because: [0],
  },
  { name: 'another row than the one asked for', given: [get(2, { id: 3 })], want: [] },
  {
    name: 'a count of rows that were just made',
    given: [create(1, { lines: [{ name: 'a' }, { name: 'b' }] }, { answer: ok({ id: 1, lines: 1 }) })],
    want: ['derived-value-wrong'],
  },
  { name: 'the right count', given: [create(1, { lines: [{ name: 'a' }, { name: 'b' }] }, { answer: ok({ id: 1, lines: 2 }) })], want: [] },
  {
    name: 'a page that tells another number',
    given: [{ do: 'listOrders', query: { page: 2, size: 1 }, answer: ok({ list: [row(1)], total: 2, page: 1, pages: 2 }) }],
    want: ['derived-value-wrong'],
  },
  // presence
  { name: 'a deleted row is served', given: [create(1), remove(1), get(1, {})], want: ['deleted-row-served'], because: [1] },
  { name: 'a deleted row is gone', given: [create(1), remove(1), get(1, undefined)], want: [] },
  { name: 'a row that was missing is served', given: [get(1, undefined), get(1, {})], want: ['deleted-row-served'], because: [0] },
  { name: 'a row that was missing for somebody else', given: [get(1, undefined, { token: 'x' }), get(1, {}, { token: 'y' })], want: [] },
  { name: 'a row that was missing and then made', given: [get(1, undefined), create(1), get(1, {})], want: [] },
  {
    name: 'a row that was missing may come of a creation that nobody knows the end of',
    given: [get(1, undefined), create(1, {}, { status: 500, accepted: undefined, answer: {} }), get(1, {})],
    want: [],
  },
  {
    name: 'a row that was missing may come of a creation whose answer tells no key',
    given: [get(1, undefined), create(1, {}, { answer: ok({}) }), get(1, {})],
    want: [],
  },
  { name: 'a created row is missing', given: [create(1), get(1, undefined)], want: ['created-row-missing'], because: [0] },
  { name: 'a row that nobody knows is missing', given: [get(1, undefined)], want: [] },
  { name: 'refused for another reason', given: [create(1), get(1, undefined, { status: 400, answer: failed('other') })], want: [] },
  { name: 'a deleted row is listed', given: [create(1), remove(1), list([row(1)])], want: ['deleted-row-listed'], because: [1] },
  {
    name: 'a deleted row is changed',
    given: [create(1), remove(1), rename(1, { title: 'x' })],
    want: ['check-not-enforced'],
    because: [1],
  },
  // lists
  { name: 'a created row is not listed', given: [create(1), create(2), list([row(2)])], want: ['row-missing-from-list'], because: [0] },
  { name: 'it is on the next page', given: [create(1), create(2), list([row(2)], { size: 1 }, 2)], want: [] },
  {
    name: 'it is on no page',
    given: [create(1), create(2), list([row(2)], { size: 1 }, 2), list([], { size: 1, page: 2 }, 2)],
    want: ['row-missing-from-list'],
    because: [0, 2],
  },
  { name: 'it does not fit the filter', given: [create(1, { price: 5 }), list([], { least: 10 })], want: [] },
  { name: 'nobody knows whether it fits', given: [create(1), list([], { status: 'PAID' })], want: [] },
  {
    name: 'the list overlaps with the creation',
    given: [create(1, {}, { at: [0, 5000] }), list([], {}, 0, { at: [1000, 2000] })],
    want: [],
  },
  { name: 'a page with too many rows', given: [list([row(3), row(2), row(1)], { size: 2 })], want: ['page-too-large'] },
  { name: 'more than there may be', given: [list(rows(60, 1), { size: 60 })], want: ['page-too-large'] },
  { name: 'a total below the rows', given: [list([row(2), row(1)], { size: 2 }, 1)], want: ['total-mismatch'] },
  { name: 'a total above what there is room for', given: [list([row(1)], { size: 2 }, 9)], want: ['total-mismatch'] },
  {
    name: 'a total that leaves out what is known',
    given: [create(1), create(2), list([row(2)], { size: 1 }, 1)],
    want: ['row-missing-from-list'],
    because: [0],
  },
  {
    name: 'a total that differs between pages',
    given: [list([row(9)], { size: 1 }, 9), list([row(8)], { size: 1, page: 2 }, 8)],
    want: ['total-mismatch'],
    because: [0],
  },
  {
    name: 'unless something changed',
    given: [list([row(9)], { size: 1 }, 9), remove(9), list([row(7)], { size: 1, page: 2 }, 8)],
    want: [],
  },
  {
    name: 'a row on two pages',
    given: [list([row(9), row(8)], { size: 2 }, 4), list([row(8), row(7)], { size: 2, page: 2 }, 4)],
    want: ['page-overlap'],
    because: [0],
  },
  {
    name: 'pages of another listing',
    given: [list([row(9), row(8)], { size: 2 }, 4), list([row(8)], { size: 2, page: 2, word: 'b' }, 3)],
    want: [],
  },
  { name: 'a row that was not asked for', given: [list([row(1, { price: 5 })], { least: 10 })], want: ['filter-ignored'] },
  { name: 'a text that was not asked for', given: [list([row(1)], { word: 'pen' })], want: ['filter-ignored'] },
  { name: 'the same text in another case', given: [list([row(1)], { word: 'BOOK' })], want: [] },
  { name: 'an empty filter', given: [list([row(1)], { word: '', status: undefined })], want: [] },
  {
    name: 'a row that was listed elsewhere',
    given: [
      { do: 'listLines', path: { orderId: 1 }, answer: ok({ list: [{ id: 5 }], total: 1 }) },
      { do: 'listLines', path: { orderId: 2 }, answer: ok({ list: [{ id: 5 }], total: 1 }) },
    ],
    want: ['filter-ignored'],
    because: [0],
  },
  { name: 'the order that is promised', given: [list([row(1), row(2)])], want: ['order-wrong'] },
  {
    name: 'the order that was asked for',
    given: [list([row(2, { price: 1 }), row(1, { price: 2 })], { by: 'price', direction: 'DESC' })],
    want: ['order-wrong'],
  },
  {
    name: 'an order of which no direction was asked',
    given: [list([row(2, { price: 1 }), row(1, { price: 2 })], { by: 'price' })],
    want: [],
  },
  {
    name: 'texts in the order of a collation',
    given: [list([row(1, { title: 'b' }), row(2, { title: 'Ä' })], { by: 'title', direction: 'ASC' })],
    want: [],
  },
  {
    name: 'a total unlike the rows that were made',
    given: [
      create(1, { lines: [{ name: 'a' }, { name: 'b' }] }),
      { do: 'listLines', path: { orderId: 1 }, answer: ok({ list: [{ id: 5, name: 'a' }], total: 1 }) },
    ],
    want: ['total-mismatch'],
    because: [0],
  },
  // transitions
  { name: 'paid twice', given: [pay(1, ok({})), pay(1, ok({}))], want: ['illegal-transition'], because: [0] },
  { name: 'paid twice, refused', given: [pay(1, ok({})), pay(1, failed('40901'), { status: 409 })], want: [] },
  { name: 'paid, but it is open', given: [pay(1, ok({})), get(1, { status: 'OPEN' })], want: ['illegal-transition'], because: [0] },
  { name: 'told as open after it was paid', given: [pay(1, ok({ was: 'OPEN', is: 'OPEN' }))], want: ['transition-misreported'] },
  {
    name: 'another status before',
    given: [get(1, { status: 'OPEN' }), pay(1, ok({ was: 'PAID', is: 'PAID' }))],
    want: ['transition-misreported'],
    because: [0],
  },
  { name: 'a status before that does not lead there', given: [pay(1, ok({ was: 'SENT', is: 'PAID' }))], want: ['illegal-transition'] },
  {
    name: 'an open order may not be paid',
    given: [get(1, { status: 'OPEN' }), pay(1, failed('40901'), { status: 409 })],
    want: ['valid-request-refused'],
    because: [0],
  },
  {
    name: 'a request that keeps to its document is refused for its form',
    given: [{ do: 'listOrders', status: 400, answer: failed('INVALID') }],
    want: ['valid-request-refused'],
  },
  {
    name: 'one that does not keep to it',
    given: [{ do: 'listOrders', valid: false, status: 400, answer: failed('INVALID') }],
    want: [],
  },
  {
    name: 'an operation with a check that tells the same error',
    given: [create(1, {}, { status: 400, answer: failed('INVALID') })],
    want: [],
  },
  { name: 'what is assumed is not judged', given: [pay(1, ok({})), { do: 'reviewOrder', path: { orderId: 1 }, answer: ok() }], want: [] },
  // time
  {
    name: 'a parcel moves by itself',
    given: [
      { do: 'sendParcel', body: { leavesAt: 1000 }, answer: ok({ id: 1 }) },
      { do: 'getParcel', path: { id: 1 }, answer: ok({ id: 1, status: 'PACKED' }) },
      { do: 'getParcel', path: { id: 1 }, answer: ok({ id: 1, status: 'MOVING' }) },
    ],
    want: [],
  },
  {
    name: 'a parcel never moves back',
    given: [
      { do: 'getParcel', path: { id: 1 }, answer: ok({ id: 1, status: 'MOVING' }) },
      { do: 'getParcel', path: { id: 1 }, answer: ok({ id: 1, status: 'PACKED' }) },
    ],
    want: ['illegal-transition'],
    because: [0],
  },
  {
    name: 'a parcel that should have left',
    given: [
      { do: 'sendParcel', body: { leavesAt: 2000 }, answer: ok({ id: 1 }) },
      { do: 'getParcel', path: { id: 1 }, answer: ok({ id: 1, status: 'PACKED' }), at: [HOUR, HOUR] },
    ],
    want: ['transition-overdue'],
    because: [0],
  },
  {
    name: 'stamps in another zone',
    given: [create(1, {}, { at: [1_772_323_200_000, 1_772_323_200_100], answer: ok({ id: 1, createdAt: '2026-03-01 00:00:00' }) })],
    want: ['stamp-wrong'],
  },
  {
    name: 'stamps of a clock of its own',
    given: [create(1, {}, { at: [1_772_323_200_000, 1_772_323_200_100], answer: ok({ id: 1, createdAt: '2025-01-01 00:12:34' }) })],
    want: [],
  },
  // unique
  { name: 'a key given again', given: [create(1), create(1)], want: ['unique-broken'], because: [0] },
  {
    name: 'a coupon of a code that is taken',
    given: [
      { do: 'addCoupon', body: { code: 'A' }, answer: ok({ code: 'A' }) },
      { do: 'addCoupon', body: { code: 'A' }, answer: ok({ code: 'A' }) },
    ],
    want: ['unique-broken'],
    because: [0],
  },
  {
    name: 'a second coupon of a phone',
    given: [
      { do: 'addCoupon', body: { code: 'A', campaign: 1, phone: '5' }, answer: ok({ code: 'A' }) },
      { do: 'addCoupon', body: { code: 'B', campaign: 1, phone: '5' }, answer: ok({ code: 'B' }) },
    ],
    want: ['unique-broken'],
    because: [0],
  },
  {
    name: 'a coupon of another campaign',
    given: [
      { do: 'addCoupon', body: { code: 'A', campaign: 1, phone: '5' }, answer: ok({ code: 'A' }) },
      { do: 'addCoupon', body: { code: 'B', campaign: 2, phone: '5' }, answer: ok({ code: 'B' }) },
    ],
    want: [],
  },
  {
    name: 'an import that does not skip',
    given: [
      { do: 'importCoupons', body: [{ code: 'A', campaign: 1, phone: '5' }], answer: ok() },
      {
        do: 'listCoupons',
        query: { campaign: 1 },
        answer: [
          { code: 'A', campaign: 1, phone: '5' },
          { code: 'B', campaign: 1, phone: '5' },
        ],
      },
    ],
    want: ['duplicate-not-skipped'],
  },
  // checks
  {
    name: 'a customer that was removed',
    given: [
      { do: 'addCustomer', body: { name: 'x' }, answer: ok({ id: 7 }) },
      { do: 'removeCustomer', path: { id: 7 }, answer: ok() },
      create(1),
    ],
    want: ['check-not-enforced'],
    because: [1],
  },
  { name: 'values that do not fit together', given: [create(1, { begin: '2026-01-02', end: '2026-01-01' })], want: ['check-not-enforced'] },
  { name: 'a customer that is there', given: [{ do: 'addCustomer', body: { name: 'x' }, answer: ok({ id: 7 }) }, create(1)], want: [] },
  {
    name: 'fields of the server taken from the client',
    given: [create(1, { views: 4711 }), get(1, { views: 4711 })],
    want: ['server-field-taken-from-client'],
    because: [0],
  },
  { name: 'and not taken', given: [create(1, { views: 4711 }), get(1, { views: 0 })], want: [] },
  // envelopes
  {
    name: 'a failure with a status of success',
    given: [rename(1, {}, { success: true, code: 'x', message: 'no' }, { status: 200 })],
    want: ['wrong-envelope'],
  },
  {
    name: 'a failure in the clothes of a success',
    given: [get(1, undefined, { status: 404, answer: ok({ id: 1 }) })],
    want: ['wrong-envelope'],
  },
  // tokens
  {
    name: 'a refresh token used twice',
    given: [login('ann', 'p', 1), renew('r1', 2), renew('r1', 3)],
    want: ['used-refresh-token-accepted'],
    because: [1],
  },
  {
    name: 'even where others write',
    given: [login('ann', 'p', 1), renew('r1', 2), renew('r1', 3)],
    want: ['used-refresh-token-accepted'],
    because: [1],
    options: { shared: true },
  },
  { name: 'a refresh token that nobody saw before', given: [renew('r1', 2)], want: [] },
  { name: 'a chain of refresh tokens', given: [login('ann', 'p', 1), renew('r1', 2), renew('r2', 3)], want: [] },
  {
    name: 'a refresh token refused',
    given: [login('ann', 'p', 1), renew('r1', 2, { status: 400, answer: { error: 'spent' } })],
    want: ['live-token-refused'],
    because: [0],
  },
  {
    name: 'a used one refused',
    given: [login('ann', 'p', 1), renew('r1', 2), renew('r1', 3, { status: 400, answer: { error: 'spent' } })],
    want: [],
  },
  {
    name: 'the same token issued again',
    given: [login('ann', 'p', 1), renew('r1', 1)],
    want: ['unique-broken', 'unique-broken'],
    because: [0],
  },
  { name: 'another password', given: [login('ann', 'p', 1), login('ann', 'q', 2)], want: ['check-not-enforced'], because: [0] },
  {
    name: 'an expired access token',
    given: [login('ann', 'p', 1, { at: [0, 10] }), get(1, {}, { token: 'a1', at: [HOUR + 60_000, HOUR + 60_010] })],
    want: ['expired-token-accepted'],
    because: [0],
  },
  {
    name: 'one that has not expired',
    given: [login('ann', 'p', 1, { at: [0, 10] }), get(1, {}, { token: 'a1', at: [HOUR - 5000, HOUR - 4000] })],
    want: [],
  },
  {
    name: 'a live access token refused',
    given: [login('ann', 'p', 1, { at: [0, 10] }), get(1, undefined, { token: 'a1', status: 401, at: [1000, 1010] })],
    want: ['live-token-refused'],
    because: [0],
  },
  { name: 'an unknown access token refused', given: [get(1, undefined, { token: 'a1', status: 401 })], want: [] },
  // masks
  {
    name: 'a masked refresh token used twice',
    given: [
      login('ann', 'hufu-masked-aa', 1, { answer: { access: 'hufu-masked-01', refresh: 'hufu-masked-02', expires_in: 3600 } }),
      renew('hufu-masked-02', 2),
      renew('hufu-masked-02', 3),
    ],
    want: ['used-refresh-token-accepted'],
    because: [1],
  },
  {
    name: 'another masked password',
    given: [login('ann', 'hufu-masked-aa', 1), login('ann', 'hufu-masked-bb', 2)],
    want: ['check-not-enforced'],
    because: [0],
  },
  { name: 'the same masked password', given: [login('ann', 'hufu-masked-aa', 1), login('ann', 'hufu-masked-aa', 2)], want: [] },
  { name: 'a mask beside a value', given: [login('ann', 'secret', 1), login('ann', 'hufu-masked-aa', 2)], want: [] },
];

describe('the judge', () => {
  test.each(CASES)('$name', ({ given, want, because, options }) => {
    const said = observeSteps(given, options);
    expect(said.slice(0, -1).flat()).toEqual([]);
    const last = said.at(-1) ?? [];
    expect(last.map(({ rule }) => rule)).toEqual(want);
    if (because !== undefined) expect(last[0]?.because).toEqual(because);
  });

  test('every rule has a case, and a file', async () => {
    const { readdir } = await import('node:fs/promises');
    const files = (await readdir(`${import.meta.dirname}/rules`)).map((name) => name.replace(/\.ts$/, ''));
    const met = new Set([...CASES.flatMap(({ want }) => want), 'file-bytes-changed']);
    expect([...met].toSorted()).toEqual(files.toSorted());
  });
});

test('nothing that a body may hold ends the judge', () => {
  let deep: unknown = 1;
  for (let level = 0; level < 200_000; level += 1) deep = [deep];
  const strange = [
    deep,
    JSON.parse('{"__proto__":{"id":1}}') as unknown,
    [[]],
    7n,
    '',
    null,
    { list: [null, 1, [], {}] },
    { list: {}, total: 'x' },
  ];
  for (const value of strange) {
    const body = { customer: value, title: value, lines: value, begin: value, end: value };
    const steps: Step[] = [
      create(1, body, { body, answer: value }),
      list([], {}, 0, { answer: ok(value) }),
      get(1, undefined, { status: 200, answer: ok(value) }),
      get(1, undefined, { status: 200, answer: ok({ id: 1, title: value }) }),
      get(1, undefined, { status: 200, answer: value }),
    ];
    expect(() => observeSteps(steps)).not.toThrow();
  }
});

test('what is remembered is bounded', () => {
  const judge = judgeOf({ maxRows: 10, maxListings: 3 });
  for (let index = 0; index < 500; index += 1) {
    judge.observe(observationOf(create(index), index * 2));
    judge.observe(observationOf(list([], { word: `w${index}` }), index * 2 + 1));
  }
  // Customers, orders and lines.
  expect(judge.size().rows).toBeLessThanOrEqual(30);
  expect(judge.size().listings).toBe(3);
  judge.forget();
  expect(judge.size()).toEqual({ rows: 0, listings: 0 });
});

describe('files', () => {
  const content = Buffer.from('姓名');
  const hash = createHash('sha256').update(content).digest('hex');
  const put = (answer: object): Step => ({
    do: 'putFile',
    files: new Map([['file', [{ fileName: '名单.txt', contentType: 'text/plain', content }]]]),
    answer: ok({ id: 1, size: 6, hash, name: '名单.txt', ...answer }),
  });
  const download = (bytes: Buffer, headers: Step['headers'] = {}): Step => ({ do: 'getFile', path: { id: 1 }, bytes, headers });
  test.each<{ name: string; given: readonly Step[]; want: readonly string[] }>([
    { name: 'bytes as they were sent', given: [put({}), download(content)], want: [] },
    { name: 'a hash in capital letters', given: [put({ hash: hash.toUpperCase() })], want: [] },
    { name: 'another hash', given: [put({ hash: 'ab' })], want: ['file-bytes-changed'] },
    { name: 'another size', given: [put({ size: 2 })], want: ['file-bytes-changed'] },
    { name: 'another name', given: [put({ name: 'å' })], want: ['derived-value-wrong'] },
    { name: 'a byte less', given: [put({}), download(content.subarray(1))], want: ['file-bytes-changed', 'file-bytes-changed'] },
    { name: 'a file that nobody saw before', given: [download(content)], want: [] },
    {
      name: 'the time of the upload',
      given: [put({ createdAt: 1_772_323_200_500 }), download(content, { 'last-modified': 'Sun, 01 Mar 2026 00:00:00 GMT' })],
      want: [],
    },
  ])('$name', ({ given, want }) => {
    expect(
      observeSteps(given)
        .flat()
        .map(({ rule }) => rule),
    ).toEqual(want);
  });
});

describe('bodies that are taken whole', () => {
  const text = SHOP.replace('  customer: {', '  note: { key: { field: id }, softDelete: { gone: 1 } }\n  customer: {').concat(
    '  addNote: { do: create, in: note, set: { ...: $request.body, id: $absent }, data: $row }\n',
    '  putNote: { do: update, in: note, key: $request.path.id, set: { ...: $request.body }, replaces: [text, tag], data: $row }\n',
    '  getNote: { do: get, in: note, key: $request.path.id, data: $row }\n',
  );
  const add: Step = { do: 'addNote', body: { text: 'a', tag: 't' }, answer: ok({ id: 1, text: 'a', tag: 't', views: 0 }) };
  const put = (body: object): Step => ({ do: 'putNote', path: { id: 1 }, body, answer: ok({ id: 1, ...body }) });
  const read = (note: object): Step => ({ do: 'getNote', path: { id: 1 }, answer: ok({ id: 1, ...note }) });

  test.each<{ name: string; given: readonly Step[]; want: readonly string[]; because?: readonly number[] }>([
    {
      name: 'a change that was echoed and does not stick',
      given: [add, put({ text: 'b' }), read({ text: 'a' })],
      want: ['update-lost'],
      because: [1],
    },
    {
      name: 'that was read once',
      given: [add, put({ text: 'b' }), read({ text: 'b' }), read({ text: 'a' })],
      want: ['update-lost'],
      because: [1],
    },
    { name: 'a change that sticks', given: [add, put({ text: 'b' }), read({ text: 'b' })], want: [] },
    { name: 'a field that was left out may go', given: [add, put({ text: 'b' }), read({ text: 'b', tag: null })], want: [] },
    {
      name: 'a field that no client sent',
      given: [add, read({ text: 'a', tag: 't', views: 1 }), read({ text: 'a', tag: 't', views: 2 })],
      want: [],
    },
    { name: 'a mark of deletion', given: [add, put({ text: 'b', gone: 0 }), read({ text: 'b', gone: 1 })], want: [] },
  ])('$name', ({ given, want, because }) => {
    const found = observeSteps(given, {}, text);
    expect(found.at(-1)?.map(({ rule }) => rule)).toEqual(want);
    if (because !== undefined) expect(found.at(-1)?.[0]?.because).toEqual(because);
    expect(found.slice(0, -1).flat()).toEqual([]);
  });
});

describe('reasons of a refusal', () => {
  const odd = SHOP.replace('  SPENT:', '  ODD: { status: 400, code: INVALID, message: Odd }\n  SPENT:');
  const oddOfUploads = odd.replace('    promises: { do: create,', '    promises: { refusals: [ODD], do: create,');
  const upsert = `${SHOP}  saveLine: { do: upsert, in: line, key: $request.body#/id, missing: error, otherwise: NO_ORDER, checks: [{ exists: order, key: $request.body#/order, otherwise: NO_ORDER }] }\n`;
  const refused: Step = { do: 'getOrder', path: { orderId: '1' }, status: 400, answer: failed('INVALID') };
  const saved = (body: object): Step => ({ do: 'saveLine', body, status: 404, answer: failed('40401') });

  test.each<{ name: string; text: string; given: readonly Step[]; want: readonly string[] }>([
    { name: 'an error that nobody names may be told by any operation', text: odd, given: [refused], want: [] },
    { name: 'one that an override promises is told by it alone', text: oddOfUploads, given: [refused], want: ['valid-request-refused'] },
    {
      name: 'without a key an upsert needs no row',
      text: upsert,
      given: [create(1), saved({ order: 1 })],
      want: ['valid-request-refused'],
    },
    { name: 'with one it may be missing', text: upsert, given: [create(1), saved({ id: 5, order: 1 })], want: [] },
    { name: 'nor is anything known of an order that nobody saw', text: upsert, given: [saved({ order: 1 })], want: [] },
  ])('$name', ({ text, given, want }) => {
    const found = observeSteps(given, {}, text);
    expect(found.at(-1)?.map(({ rule }) => rule)).toEqual(want);
    expect(found.slice(0, -1).flat()).toEqual([]);
  });
});
