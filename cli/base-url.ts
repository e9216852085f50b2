import type { Language } from '../operations/index.ts';
import { say } from './language.ts';
import { UsageError } from './workspace.ts';

/**
 * The origin of a base URL: `http://localhost:8080` of `localhost:8080/api`.
 * @returns `undefined` for what is no http or https URL, or holds credentials, a query or a fragment.
 */
export function baseOrigin(text: string): string | undefined {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  return url.username + url.password + url.search + url.hash === '' ? url.origin : undefined;
}

/** The origin of the base URL of a server. @throws UsageError when it is none. */
export function originOf(target: string, language: Language): string {
  const origin = baseOrigin(target);
  if (origin !== undefined) return origin;
  throw new UsageError(
    say(
      language,
      `"${target}" is no base URL; give one such as http://localhost:8080`,
      `"${target}" 不是基础地址；请写成 http://localhost:8080 这样的形式`,
    ),
  );
}
