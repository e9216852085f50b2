import { createHash } from 'node:crypto';
import type { Exchange } from '../../contracts/index.ts';

type HeaderFields = Exchange['request']['headers'];

/** Where `npm start` listens: recordings say this origin whichever port the mock had. */
export const HOST = '127.0.0.1:4010';

/**
 * What differs from run to run though the flow is the same, and what stands for it:
 * - the port: {@link HOST};
 * - the time of the machine: the session's clock, which stands still but for the flow, as `startedDateTime` and in the header Date;
 * - durations: left out, for by that clock nothing takes time;
 * - pseudonyms, which are made with a key of the run: others in the order of their appearance.
 * Everything else is as it was on the wire.
 */
export function createSteady(module: string, now: () => number): (exchange: Exchange) => Exchange {
  const rename = createRename(module);
  return ({ place, request, response, gaps }) => ({
    place,
    origin: `http://${HOST}`,
    startedAt: now(),
    milliseconds: undefined,
    gaps,
    request: {
      ...request,
      path: rename.text(request.path),
      query: rename.text(request.query),
      headers: rename.headers(request.headers),
      body: rename.bytes(request.body),
    },
    response:
      response === undefined
        ? undefined
        : {
            ...response,
            headers: { ...rename.headers(response.headers), ...dateOf(response.headers, now()) },
            body: rename.bytes(response.body),
          },
  });
}

function dateOf(headers: HeaderFields, now: number): HeaderFields {
  return headers['date'] === undefined ? {} : { date: new Date(now).toUTCString() };
}

interface Rename {
  readonly text: (text: string) => string;
  readonly headers: (headers: HeaderFields) => HeaderFields;
  readonly bytes: (body: Buffer | undefined) => Buffer | undefined;
}

const PSEUDONYM = /hufu-masked-[0-9a-f]{10}/g;
/** Basic credentials of two pseudonyms begin with this. */
const BASIC = /^(Basic )(aHVmdS1tYXNrZWQt[A-Za-z0-9+/]+=*)$/;

/** A pseudonym of the same length for each, by the order of their coming; equal ones stay equal. It tells nothing of the secret, not even to who has the key. */
function createRename(module: string): Rename {
  const names = new Map<string, string>();
  const nameOf = (pseudonym: string): string => {
    const known = names.get(pseudonym);
    if (known !== undefined) return known;
    const name = `hufu-masked-${createHash('sha256')
      .update(`${module} ${names.size + 1}`)
      .digest('hex')
      .slice(0, 10)}`;
    names.set(pseudonym, name);
    return name;
  };
  const text = (given: string): string =>
    given
      .replace(BASIC, (_, scheme: string, pair: string) => {
        const renamed = Buffer.from(pair, 'base64').toString('latin1').replaceAll(PSEUDONYM, nameOf);
        return `${scheme}${Buffer.from(renamed, 'latin1').toString('base64')}`;
      })
      .replaceAll(PSEUDONYM, nameOf);
  return {
    text,
    headers: (headers) =>
      Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? text(value) : value?.map((one) => text(one))]),
      ),
    // One byte a character: bytes that are no text stay what they are.
    bytes: (body) => (body === undefined ? undefined : Buffer.from(body.toString('latin1').replaceAll(PSEUDONYM, nameOf), 'latin1')),
  };
}
