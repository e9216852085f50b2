import { basePaths } from '../../../operations/index.ts';
import type { Operation } from '../../../operations/index.ts';
import type { OperationRule } from '../operation-pair.ts';

/** Where an operation is served: base paths, then hosts (OpenAPI 3.1 section 4.8.5). What holds of a whole document is told once. */
export const compareServers: OperationRule = ({ old, next, metBy }, { tell }) => {
  if (metBy === 'url') return;
  const place = { side: 'server', shared: true, old: serversAddress(old), new: serversAddress(next) } as const;
  const [before, after] = [bases(basePaths(old.route)), bases(basePaths(next.route))];
  const gone = before.filter((base) => !after.includes(base));
  const come = after.filter((base) => !before.includes(base));
  const list = (all: readonly string[]): string => all.map((base) => base || '/').join(', ') || '–';
  if (gone.length > 0)
    tell({
      rule: 'base-path-changed',
      level: 'breaking',
      ...place,
      text: {
        en: `the base path was ${list(gone)}, it is ${list(come.length > 0 ? come : after)}`,
        zh: `基础路径由 ${list(gone)} 变为 ${list(come.length > 0 ? come : after)}`,
      },
      before: gone,
      after: come,
    });
  const [hosts, hostsNow] = [origins(old.route.servers), origins(next.route.servers)];
  // A document that names no host says nothing about hosts.
  if (hosts.length === 0 || hostsNow.length === 0) return;
  const lost = hosts.filter((host) => !hostsNow.includes(host));
  const added = hostsNow.filter((host) => !hosts.includes(host));
  if (lost.length > 0)
    tell({
      rule: 'server-removed',
      level: 'warning',
      ...place,
      text: { en: `servers are gone: ${list(lost)}`, zh: `删除服务器：${list(lost)}` },
      before: lost,
    });
  if (added.length > 0)
    tell({
      rule: 'server-added',
      level: 'compatible',
      ...place,
      text: { en: `servers are new: ${list(added)}`, zh: `新增服务器：${list(added)}` },
      after: added,
    });
};

/** Where the servers of the document stand; the nearest place where they are not written. */
function serversAddress({ address, document }: Operation): string {
  return `${address.replace(/#.*$/s, '')}#${document.dialect === '2.0' ? '/basePath' : '/servers'}`;
}

function bases(given: readonly string[]): string[] {
  return given.length === 0 ? [''] : [...given].sort();
}

/** Scheme and authority of absolute URLs. */
function origins(servers: readonly string[]): string[] {
  return [...new Set(servers.flatMap((url) => /^[a-z][a-z\d+.-]*:\/\/[^/?#]+/i.exec(url)?.[0]?.toLowerCase() ?? []))].sort();
}
