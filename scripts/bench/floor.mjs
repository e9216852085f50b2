/**
 * The floor: `node:http` and fixed bytes, nothing else. With `parse` it also reads the body and parses it as JSON.
 * Plain JavaScript that imports nothing of its own, so that its start is Node's start. Run as `node scripts/bench/floor.mjs PORT [parse]`.
 */
import { createServer } from 'node:http';

const [port = '0', mode = 'fixed'] = process.argv.slice(2);
const greetings = [
  { type: 'TEXT', text: '您好，新品已到店。' },
  { type: 'IMAGE', url: 'https://img.example.com/1.png' },
];
const notice = {
  id: 1_000_005,
  createTime: '2026-02-26T10:05:00Z',
  name: '春季新品到店体验邀约',
  groupId: 12,
  status: 'EXECUTION',
  startTime: '09:00',
  email: 'shop@example.com',
  replyDelay: 15,
  tags: ['新品', '到店'],
  greetings,
};
const body = Buffer.from(JSON.stringify(notice));
const headers = { 'content-type': 'application/json', 'content-length': body.length };

const server = createServer((request, response) => {
  if (mode !== 'parse' || request.method === 'GET') {
    answer(response);
    return;
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.once('end', () => {
    JSON.parse(Buffer.concat(chunks).toString('utf8'));
    answer(response);
  });
});
server.listen(Number(port), '127.0.0.1');

function answer(response) {
  response.writeHead(200, headers);
  response.end(body);
}
