/** fastify 5 as a mock written by hand: a route for each operation, one fixed answer; it parses JSON bodies by itself. Run as `node fastify.mjs ROUTES PORT`. */
import { readFileSync } from 'node:fs';
import { fastify } from 'fastify';

const [file = '', port = '0'] = process.argv.slice(2);
const { routes, answer } = JSON.parse(readFileSync(file, 'utf8'));
const app = fastify();
for (const { method, path } of routes) app[method](path, (_request, reply) => reply.type('application/json').send(answer));
await app.listen({ port: Number(port), host: '127.0.0.1' });
