/**
 * openapi-backend behind `node:http`, as its documentation shows it: requests are validated, answers are its mock answers.
 * Run as `node openapi-backend.mjs DOCUMENT PORT`.
 */
import { createServer } from 'node:http';
import { OpenAPIBackend } from 'openapi-backend';

const [document = '', port = '0'] = process.argv.slice(2);
const api = new OpenAPIBackend({
  definition: document,
  // Without it the document is first held to a meta-schema that knows nothing of OpenAPI 3.1, and every request is answered 404.
  quick: true,
  handlers: {
    notFound: () => ({ status: 404, mock: { error: 'not found' } }),
    methodNotAllowed: () => ({ status: 405, mock: { error: 'method not allowed' } }),
    validationFail: (context) => ({ status: 400, mock: { errors: context.validation.errors } }),
    notImplemented: (context) => context.api.mockResponseForOperation(context.operation.operationId),
  },
});
await api.init();
// Without handlers it warns of every request that needs credentials.
for (const name of Object.keys(api.definition.components?.securitySchemes ?? {})) api.registerSecurityHandler(name, () => true);

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.once('end', () => void answer(request, Buffer.concat(chunks), response));
}).listen(Number(port), '127.0.0.1');

async function answer({ method, url = '', headers }, bytes, response) {
  const [path = '', query = ''] = url.split('?');
  const body = bytes.length === 0 ? undefined : bytes.toString('utf8');
  const { status, mock } = await api
    .handleRequest({ method, path, query, headers, body })
    .catch((error) => ({ status: 500, mock: { error: String(error) } }));
  const text = mock === undefined ? '' : JSON.stringify(mock);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
