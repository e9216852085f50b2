/* oxlint-disable typescript/no-floating-promises -- of node:test, as its users write it */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastify from 'fastify';
import { createContractGuard, loadChecker } from '../../index.ts';

test('an order is as documented', async () => {
  const guard = createContractGuard(await loadChecker(['shop.yaml']));
  const app = fastify();
  await app.register(guard.fastify());
  app.get('/v1/orders/:id', () => ({ id: 7, title: 'Book', status: 'PAID' }));

  const response = await app.inject({ url: '/v1/orders/7', headers: { authorization: 'Bearer t' } });

  assert.equal(response.statusCode, 200);
  await guard.expectNoFindings();
  await app.close();
});
