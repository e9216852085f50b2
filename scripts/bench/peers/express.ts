/** Express 5 as a mock written by hand: a route for each operation of the document, one fixed answer; bodies are not read. Run as `node express.ts PORT`. */
import express from 'express';
import { FIXED_ANSWER, routesOf } from './routes.ts';

const app = express();
for (const { method, path } of routesOf()) {
  app[method](path, (_request, response) => {
    response.type('application/json').send(FIXED_ANSWER);
  });
}
app.listen(Number(process.argv[2] ?? 0), '127.0.0.1');
