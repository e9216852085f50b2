import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { folderOf, run } from './run.fixture.ts';

const DAY = 86_400_000;
const dateOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

/** Recorded 40 days ago: a booking for two days later, and the question for it. */
const RECORDED = Date.now() - 40 * DAY;
const BOOKED = RECORDED + 2 * DAY;
const booking = {
  on: dateOf(BOOKED),
  at: `${dateOf(BOOKED)} 23:59:59`,
  startTime: BOOKED,
  room: 1_772_150_400,
  note: `not before ${dateOf(BOOKED)}`,
};

const STATUS = { type: 'object', required: ['status'], properties: { status: { enum: ['booked', 'over'] } } };
const answered = (schema: object) => ({ description: 'ok', content: { 'application/json': { schema } } });
const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'rooms', version: '1' },
  paths: {
    '/bookings': {
      post: {
        operationId: 'book',
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 201: answered(STATUS), 422: answered(STATUS) },
      },
      get: {
        operationId: 'findBookings',
        parameters: [{ name: 'on', in: 'query', schema: { type: 'string', format: 'date' } }],
        responses: { 200: answered({ type: 'array', items: STATUS }) },
      },
    },
  },
};

const entry = (method: string, path: string, status: number, answer: unknown, body?: unknown) => ({
  startedDateTime: new Date(RECORDED).toISOString(),
  time: 1,
  request: {
    method,
    url: `http://rooms.test${path}`,
    httpVersion: 'HTTP/1.1',
    headers: body === undefined ? [] : [{ name: 'content-type', value: 'application/json' }],
    queryString: [],
    ...(body === undefined ? {} : { postData: { mimeType: 'application/json', text: JSON.stringify(body) } }),
  },
  response: {
    status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    headers: [{ name: 'content-type', value: 'application/json' }],
    content: { size: -1, mimeType: 'application/json', text: JSON.stringify(answer) },
  },
});
const folder = folderOf({
  'openapi/rooms.yaml': JSON.stringify(DOCUMENT),
  'rooms.har': JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'test', version: '1' },
      entries: [
        entry('POST', '/bookings', 201, { status: 'booked' }, booking),
        entry('GET', `/bookings?on=${booking.on}`, 200, [{ status: 'booked' }]),
      ],
    },
  }),
});

/** A backend that goes by the calendar of today: what lies in the past can't be booked. */
const bookings: string[] = [];
const seen: { path: string; body: unknown }[] = [];
const backend = createServer((request, response) => {
  void (async () => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://rooms.test');
    const sent = await text(request);
    seen.push({ path: request.url ?? '', body: sent === '' ? undefined : JSON.parse(sent) });
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (pathname !== '/bookings') return answer(404, {});
    if (request.method === 'GET')
      return answer(
        200,
        bookings.filter((on) => on === searchParams.get('on')).map(() => ({ status: 'booked' })),
      );
    const { on } = JSON.parse(sent) as { on: string };
    if (on < dateOf(Date.now())) return answer(422, { status: 'over' });
    bookings.push(on);
    return answer(201, { status: 'booked' });
  })();
});
let url = '';
beforeAll(async () => {
  backend.listen(0, '127.0.0.1');
  await once(backend, 'listening');
  url = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
});
afterAll(() => backend.close());
beforeEach(() => {
  bookings.length = 0;
  seen.length = 0;
});

test('as recorded, the dates are sent as they stand, and a backend that goes by the calendar refuses them', async () => {
  const { code, out, error } = await run(['replay', 'rooms.har', '-t', url], { cwd: folder });
  expect(seen).toEqual([
    { path: '/bookings', body: booking },
    { path: `/bookings?on=${booking.on}`, body: undefined },
  ]);
  expect([error, code]).toEqual(['', 1]);
  expect(out).toContain('compared with the recording: 0 the same, 2 different');
});

test('--clock shift sends them as far from today as they lay from the recording, and nothing else of the requests changes', async () => {
  const { code, out, error } = await run(['replay', 'rooms.har', '-t', url, '--clock', 'shift'], { cwd: folder });
  const on = dateOf(BOOKED + 40 * DAY);
  expect(seen).toEqual([
    { path: '/bookings', body: { ...booking, on, at: `${on} 23:59:59`, startTime: BOOKED + 40 * DAY } },
    { path: `/bookings?on=${on}`, body: undefined },
  ]);
  expect([error, code]).toEqual(['', 0]);
  expect(out).toContain('compared with the recording: 2 the same, 0 different');
});

test('another clock is refused, with the two there are', async () => {
  const { code, error } = await run(['replay', 'rooms.har', '-t', url, '--clock', 'tomorrow'], { cwd: folder });
  expect([code, error]).toEqual([2, expect.stringMatching(/as-recorded.*shift/)]);
});
