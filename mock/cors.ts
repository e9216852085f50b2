import type { RequestMessage } from '../operations/index.ts';
import type { Reply } from './reply.ts';

/** The CORS protocol of the Fetch standard (section 3.2): every origin is welcome, with credentials; what the document itself says about it wins. */
export function corsHeaders(own: Reply['headers'], request: RequestMessage): Reply['headers'] {
  const origin = request.headers['origin'];
  return {
    'access-control-allow-origin': origin === undefined ? '*' : String(origin),
    'access-control-allow-headers': '*',
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': '*',
    ...own,
  };
}

/** A browser asks before it sends: OPTIONS with Origin and the method it has in mind. Other OPTIONS requests are the document's own. */
export function isPreflight(request: RequestMessage): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.headers['origin'] !== undefined &&
    request.headers['access-control-request-method'] !== undefined
  );
}

/** Yes to whatever was asked, on any path. */
export function preflight(request: RequestMessage): Reply {
  const asked = request.headers['access-control-request-headers'];
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': String(request.headers['access-control-request-method']),
      'access-control-allow-headers': asked === undefined ? '*' : String(asked),
      vary: 'origin',
    },
    body: undefined,
  };
}
