import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Reply } from '../reply.ts';
import type { ControlCall } from './operation.ts';
import { Refusal } from './refusal.ts';

/** The page, built from `mock/console/` by `scripts/build-console.ts`. */
const CONSOLE_PAGE = `${import.meta.dirname}/../console/console.html`;

let page: Promise<Reply> | undefined;

/**
 * The console, for browsers. It holds nothing of the mock: what it shows it asks for, with the token where there is one.
 * A client that does not ask for HTML is told that there is nothing, as on any path that is none.
 */
export async function getConsole({ request }: ControlCall): Promise<Reply> {
  if (!acceptsPage(request.headers.accept)) {
    throw new Refusal('NOT_FOUND', 'Here is a page for browsers. GET /__hufu/openapi.yaml describes what can be asked for.');
  }
  page ??= readPage();
  return await page.catch((error: unknown) => {
    page = undefined;
    throw error;
  });
}

export function acceptsPage(accept: string | undefined): boolean {
  return accept?.toLowerCase().includes('text/html') === true;
}

/** The page may run its own script and ask its own server, nothing else (Content Security Policy Level 3): no inline text that got in by mistake does anything. */
async function readPage(): Promise<Reply> {
  const body = await readFile(CONSOLE_PAGE);
  const text = body.toString();
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(text, 'script')}`,
    `style-src ${hashOf(text, 'style')}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
  };
  return { status: 200, headers, body };
}

/** The hash of the one inline element of a kind. */
function hashOf(page: string, element: 'script' | 'style'): string {
  const start = page.indexOf('>', page.indexOf(`<${element}`)) + 1;
  const content = page.slice(start, page.indexOf(`</${element}>`, start));
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
