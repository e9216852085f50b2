/* oxlint-disable typescript/no-floating-promises -- of node:test, as its users write it */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, beforeEach, test } from 'node:test';
import express from 'express';
import { createContractGuard, loadChecker } from '../../index.ts';

const guard = createContractGuard(await loadChecker(['shop.yaml']));

// The backend under test.
const app = express();
app.use(guard.express());
app.use(express.json());
app.post('/v1/orders', (request, response) => {
  const { title } = request.body as { title: string };
  if (title === '') response.sendStatus(400);
  else response.status(201).json({ id: 1, title, status: 'OPEN' });
});

const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
after(() => server.close());
beforeEach(() => guard.clear());

function order(title: string): Promise<Response> {
  const headers = { authorization: 'Bearer t', 'content-type': 'application/json' };
  return fetch(`${url}/v1/orders`, { method: 'POST', headers, body: JSON.stringify({ title }) });
}

test('an order is created', async () => {
  assert.equal((await order('Book')).status, 201);
  await guard.expectNoFindings();
});

test('an order without a title is refused', async () => {
  assert.equal((await order('')).status, 400);
  await guard.expectNoFindings();
});
