import { loadChecker } from '../../index.ts';

const checker = await loadChecker(['shop.yaml']);
const json = { 'content-type': 'application/json' };

const { operation, findings } = await checker.check({
  place: { file: 'live', index: 0 },
  origin: 'https://api.example.com',
  request: {
    method: 'POST',
    path: '/v1/orders',
    query: '',
    headers: { ...json, authorization: 'Bearer t' },
    body: Buffer.from('{"title":""}'),
  },
  response: { status: 201, headers: json, body: Buffer.from('{"id":3,"title":"","status":"OPEN"}') },
  startedAt: undefined,
  milliseconds: undefined,
  gaps: [],
});

console.log(operation?.id);
for (const { severity, rule, side, pointer, message } of findings) console.log(severity, rule, side, pointer, message);
