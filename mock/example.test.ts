import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMock } from '../index.ts';
import type { StartedMock } from '../index.ts';

let mock: StartedMock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(async () => {
  await mock.close();
});

test('an access token ends after two hours', async () => {
  const world = mock.session();
  await world.clock.freeze('2026-03-01T09:00:00+08:00');

  const issued = await world.fetch('/oauth/token', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('demo-client:demo-client-secret')}` },
    body: { grant_type: 'password', username: 'operator@example.com', password: 'demo-password' },
  });
  const { access_token: token } = issued.body as { access_token: string };
  const look = () => world.fetch('/api/v1/members/1001/daily-reports', { headers: { authorization: `Bearer ${token}` } });

  expect((await look()).status).toBe(200);
  await world.clock.advance(2 * 3600 * 1000);
  expect((await look()).status).toBe(401);
  await world.expectNoViolations();
});
