import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBackend } from './backend.fixture.ts';
import type { StartedBackend } from './backend.fixture.ts';
import { DEMO } from './credentials.ts';
import { logIn } from './drive/auth.ts';
import { createSend, textAt } from './drive/client.ts';
import { numbersFrom } from './drive/ride.ts';

let backend: StartedBackend;
let token: string;
beforeAll(async () => {
  backend = await startBackend();
  const send = createSend(backend.url, () => {});
  const ride = {
    send,
    clock: backend.clock,
    credentials: DEMO,
    number: numbersFrom(1),
    pick: <Value>(list: readonly [Value, ...Value[]]) => list[0],
  };
  token = textAt(await logIn(ride, 'log in'), 'access_token');
});
afterAll(async () => {
  await backend.close();
});

/** Sends exactly these bytes; the status. */
function send(method: string, path: string, headers: Readonly<Record<string, string>>, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${backend.url}${path}`, { method, headers: { authorization: `Bearer ${token}`, ...headers } }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM = { 'content-type': 'multipart/form-data; boundary=a' };
const PART = '--a\r\nContent-Disposition: form-data; name="file"; filename="x.txt"\r\n\r\nabc';
const TASKS = '/api/v1/notification-tasks';
const LIST = `${TASKS}?taskType=APPOINTMENT_REMINDER`;
const TIE = '"title":"a","img":"","brief":"","link":""';

// Failures of the tie module have status 200.
test.each([
  { name: 'JSON nested too deep', method: 'POST', path: TASKS, headers: JSON_TYPE, body: '['.repeat(900_000), want: 400 },
  { name: 'objects nested too deep', method: 'POST', path: '/tie/list.json', headers: JSON_TYPE, body: '{"a":'.repeat(100_000), want: 200 },
  { name: 'a body that is too long', method: 'POST', path: '/tie/list.json', headers: JSON_TYPE, body: 'x'.repeat(2_000_000), want: 200 },
  { name: 'null', method: 'POST', path: '/tie/list.json', headers: JSON_TYPE, body: 'null', want: 200 },
  {
    name: 'a form without a boundary',
    method: 'POST',
    path: '/api/v1/file',
    headers: { 'content-type': 'multipart/form-data' },
    body: 'x',
    want: 400,
  },
  { name: 'a form that is none', method: 'POST', path: '/api/v1/file', headers: FORM, body: '--a\r\ngarbage', want: 400 },
  { name: 'a form that breaks off in a file', method: 'POST', path: '/api/v1/file', headers: FORM, body: PART, want: 400 },
  { name: 'no gzip', method: 'POST', path: '/oauth/token', headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: 'zz', want: 401 },
  { name: 'a path that is no UTF-8', method: 'GET', path: '/api/v1/file/%ff', headers: {}, body: '', want: 400 },
  { name: 'a parameter given twice', method: 'GET', path: `${LIST}&taskType=b`, headers: {}, body: '', want: 400 },
  { name: 'a page far away', method: 'GET', path: `${LIST}&current=2147483647&size=100`, headers: {}, body: '', want: 200 },
  { name: 'a page beyond numbers', method: 'GET', path: `${LIST}&current=1e999`, headers: {}, body: '', want: 400 },
  { name: 'a uid of 1e30', method: 'POST', path: '/tie/saveOrUpdate.json', headers: JSON_TYPE, body: `{"uid":1e30,${TIE}}`, want: 200 },
  {
    name: 'a uid of 2^63',
    method: 'POST',
    path: '/tie/saveOrUpdate.json',
    headers: JSON_TYPE,
    body: `{"uid":9223372036854775808,${TIE}}`,
    want: 200,
  },
  { name: 'an id of 2^63', method: 'GET', path: `${TASKS}/9223372036854775808`, headers: {}, body: '', want: 400 },
  { name: 'the greatest id', method: 'PUT', path: `${TASKS}/9223372036854775807/termination`, headers: JSON_TYPE, body: '[]', want: 404 },
  { name: 'another method', method: 'DELETE', path: '/api/v1/file/1', headers: {}, body: '', want: 404 },
])('$name is answered, and so is the next call', async ({ method, path, headers, body, want }) => {
  expect(await send(method, path, headers, body)).toBe(want);
  expect(await send('GET', LIST, {}, '')).toBe(200);
});
