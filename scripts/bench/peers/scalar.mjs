/** Scalar's mock server behind its usual Node adapter. Run as `node scalar.mjs DOCUMENT PORT`. */
import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { createMockServer } from '@scalar/mock-server';

const [document = '', port = '0'] = process.argv.slice(2);
const app = await createMockServer({ document: readFileSync(document, 'utf8'), logger: false });
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' });
