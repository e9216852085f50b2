import type { ServerResponse } from 'node:http';
import { problem } from './problem.ts';
import { failed, sendReply } from './send-reply.ts';

export interface Page {
  readonly mediaType: string;
  readonly body: string | Buffer;
  /** Where to look instead, relative to this page: an address may stand for one that nobody can guess. */
  readonly location?: string;
}

/** The page at a path, without the slash at its beginning; `''` is the first one. `undefined`: there is none. */
export type Pages = (path: string) => Promise<Page | undefined>;

/** Where the pages are; documents may claim paths under it. */
export const PAGES_PATH = '/docs';

export function isPage(path: string): boolean {
  return path.startsWith(PAGES_PATH) && (path.length === PAGES_PATH.length || path.charCodeAt(PAGES_PATH.length) === 0x2f);
}

/** Answers a request for a page; only GET and HEAD ask for one. */
export function sendPage(pages: Pages, path: string, method: string | undefined, response: ServerResponse): void {
  if (method !== 'GET' && method !== 'HEAD') {
    sendReply(response, problem('NO_METHOD_MATCHED_ERROR', `${path} is a page; it can be read.`, {}, { allow: 'GET, HEAD' }), method);
    return;
  }
  // Links of the first page are relative to it: without the slash they would lead elsewhere.
  if (path === PAGES_PATH) {
    sendReply(response, { status: 308, headers: { location: `${PAGES_PATH}/` }, body: undefined }, method);
    return;
  }
  pages(path.slice(PAGES_PATH.length + 1))
    .then((page) => {
      if (page === undefined) {
        sendReply(response, problem('NO_PATH_MATCHED_ERROR', `There is no page ${path}.`), method);
        return;
      }
      if (page.location !== undefined) {
        sendReply(response, { status: 302, headers: { location: page.location, 'cache-control': 'no-cache' }, body: undefined }, method);
        return;
      }
      const headers = { 'content-type': page.mediaType, 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' };
      sendReply(response, { status: 200, headers, body: Buffer.from(page.body) }, method);
    })
    .catch((error: unknown) => sendReply(response, failed(error), method));
}
