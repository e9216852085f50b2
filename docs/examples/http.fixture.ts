import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ContractError, createContractGuard, loadChecker } from '../../index.ts';

const guard = createContractGuard(await loadChecker(['shop.yaml']));
const listener = guard.wrapListener((_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end('{"id":"7","title":"Book","status":"PAID"}');
});
const server = createServer(listener).listen(0, '127.0.0.1');
await once(server, 'listening');

await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/orders/7`, { headers: { authorization: 'Bearer t' } });
try {
  await guard.expectNoFindings();
} catch (error) {
  if (error instanceof ContractError) console.log(error.message);
}
server.close();
