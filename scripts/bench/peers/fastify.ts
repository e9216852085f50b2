/** fastify 5 as a mock written by hand: a route for each operation of the document, one fixed answer; it parses JSON bodies by itself. Run as `node fastify.ts PORT`. */
import { fastify } from 'fastify';
import { FIXED_ANSWER, routesOf } from './routes.ts';

const app = fastify();
for (const { method, path } of routesOf()) {
  app[method](path, (_request, reply) => {
    void reply.type('application/json').send(FIXED_ANSWER);
  });
}
await app.listen({ port: Number(process.argv[2] ?? 0), host: '127.0.0.1' });
