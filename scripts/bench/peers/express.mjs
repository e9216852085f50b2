/** Express 5 as a mock written by hand: a route for each operation, one fixed answer; bodies are not read. Run as `node express.mjs ROUTES PORT`. */
import { readFileSync } from 'node:fs';
import express from 'express';

const [file = '', port = '0'] = process.argv.slice(2);
const { routes, answer } = JSON.parse(readFileSync(file, 'utf8'));
const app = express();
for (const { method, path } of routes) app[method](path, (_request, response) => response.type('application/json').send(answer));
app.listen(Number(port), '127.0.0.1');
