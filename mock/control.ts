import type { RequestListener } from 'node:http';
import express from 'express';
import type { ErrorRequestHandler } from 'express';
import { basePaths } from '../operations/index.ts';
import type { Mock } from './handle-request.ts';
import { CONTROL_PATH } from './control-path.ts';

/** The server's own paths: is it up, what does it serve. */
export function createControl(mock: () => Mock): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.get(`${CONTROL_PATH}/health`, (_request, response) => {
    response.json({ status: 'ok', documents: mock().table.documents.length, operations: mock().table.routes.length });
  });
  app.get(`${CONTROL_PATH}/documents`, (_request, response) => {
    const { documents, routes } = mock().table;
    response.json(
      documents.map((document) => ({
        name: document.name,
        title: document.title,
        dialect: document.dialect,
        operations: routes.filter((route) => route.document === document).length,
      })),
    );
  });
  app.get(`${CONTROL_PATH}/operations`, (_request, response) => {
    response.json(
      mock().table.routes.map((route) => ({
        document: route.document.name,
        operationId: route.id,
        method: route.method,
        path: route.path,
        aliases: route.aliases,
        basePaths: basePaths(route),
      })),
    );
  });
  app.use((request, response) => {
    const detail = `${request.method} ${request.path} is no control path. There are GET ${CONTROL_PATH}/health, /documents and /operations.`;
    response
      .status(404)
      .type('application/problem+json')
      .send(JSON.stringify({ type: 'urn:hufu:error:NOT_FOUND', title: 'No such control path', status: 404, detail }));
  });
  // Express would answer an error of its own (a path that is not percent-encoded UTF-8) with a page and a stack.
  const onError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    const detail = `The control path can not be read: ${error instanceof Error ? error.message : String(error)}`;
    response
      .status(400)
      .type('application/problem+json')
      .send(JSON.stringify({ type: 'urn:hufu:error:MALFORMED_REQUEST', title: 'The request can not be read', status: 400, detail }));
  };
  app.use(onError);
  return app;
}
