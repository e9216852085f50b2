import type { RequestMessage } from '../operations/index.ts';
import { KeptReply } from './kept-reply.ts';
import type { Reply } from './reply.ts';
import { areShared, shareHeaders } from './shared-headers.ts';

/** Headers that were made ready for the origin before: what is sent again and again goes to the same origin again and again. */
interface Variant {
  readonly origin: string | undefined;
  readonly made: Reply['headers'];
}

const headerSets = new WeakMap<Reply['headers'], Variant>();

/**
 * A reply with the headers of the CORS protocol (Fetch standard, section 3.2): every origin is welcome, with credentials. What the document says itself wins.
 * Made once for an origin and a reply, or where something else of it is new, for an origin and the headers that many replies share.
 */
export function withCors(reply: Reply, request: RequestMessage): Reply {
  const given = request.headers['origin'];
  const origin = given === undefined ? undefined : String(given);
  return reply instanceof KeptReply ? reply.forOrigin(origin, forTheOrigin) : forTheOrigin(reply, origin);
}

function forTheOrigin(reply: Reply, origin: string | undefined): Reply {
  return { ...reply, headers: sharedHeaders(reply.headers, origin) };
}

function sharedHeaders(own: Reply['headers'], origin: string | undefined): Reply['headers'] {
  if (!areShared(own)) return corsHeaders(own, origin);
  const known = headerSets.get(own);
  if (known !== undefined && known.origin === origin) return known.made;
  const made = shareHeaders(corsHeaders(own, origin));
  headerSets.set(own, { origin, made });
  return made;
}

function corsHeaders(own: Reply['headers'], origin: string | undefined): Reply['headers'] {
  return {
    ...(origin === undefined ? NO_ORIGIN : forOrigin(origin, own)),
    ...own,
    // The answer to one origin is not the answer to another: caches have to know.
    vary: own['vary'] === undefined ? 'origin' : `${String(own['vary'])}, origin`,
  };
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
