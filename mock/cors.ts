import type { RequestMessage } from '../operations/index.ts';
import type { Reply } from './reply.ts';

/** The last variant of a reply, by the origin it was made for: a cached reply goes to the same origin again and again. */
const variants = new WeakMap<Reply, { readonly origin: string | undefined; readonly reply: Reply }>();

/**
 * A reply with the headers of the CORS protocol (Fetch standard, section 3.2): every origin is welcome, with credentials. What the document says itself wins.
 * Made once for a reply and an origin.
 */
export function withCors(reply: Reply, request: RequestMessage): Reply {
  const given = request.headers['origin'];
  const origin = given === undefined ? undefined : String(given);
  const known = reply.reused === true ? variants.get(reply) : undefined;
  if (known !== undefined && known.origin === origin) return known.reply;
  const own = reply.headers;
  const made: Reply = {
    ...reply,
    headers: {
      ...(origin === undefined ? NO_ORIGIN : forOrigin(origin, own)),
      ...own,
      // The answer to one origin is not the answer to another: caches have to know.
      vary: own['vary'] === undefined ? 'origin' : `${String(own['vary'])}, origin`,
    },
  };
  if (reply.reused === true) variants.set(reply, { origin, reply: made });
  return made;
}

/** Whoever names no origin is no page of another one: what only those need is left out. */
const NO_ORIGIN = { 'access-control-allow-origin': '*' };

function forOrigin(origin: string, own: Reply['headers']): Reply['headers'] {
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    // The star covers requests without credentials only; with them, a name has to be spelled out.
    'access-control-expose-headers': ['*', ...Object.keys(own).filter((name) => !name.startsWith('access-control-'))].join(', '),
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
    },
    body: undefined,
  };
}
