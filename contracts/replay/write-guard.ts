import type { Planned } from './planned.ts';

/** QUERY is a GET with a body: it changes nothing. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'QUERY']);
const LOOPBACK = /^(?:localhost|[\w-]+\.localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/i;

/** Whether a target is this machine itself. */
export function isLoopback(url: string): boolean {
  return LOOPBACK.test(URL.parse(url)?.hostname ?? '');
}

/** The operations that would change something on a target, by name, in the order of their coming. */
export function writesOf(exchanges: readonly Planned[], chosen: ReadonlySet<number>): string[] {
  const names = exchanges.flatMap(({ number, judged: { exchange, operation } }) => {
    const { method, path } = exchange.request;
    return chosen.has(number) && !SAFE.has(method) ? [operation === undefined ? `${method} ${path}` : `${method} ${operation.path}`] : [];
  });
  return [...new Set(names)];
}
