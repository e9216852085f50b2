import type { Language } from '../operations/index.ts';
import { say } from './language.ts';
import { UsageError } from './workspace.ts';

/** Why an address can't be listened on, as the user can mend it; the error itself where it is another one. */
export function listenFailure(
  error: unknown,
  { host, port }: { readonly host: string; readonly port: number },
  language: Language,
): unknown {
  const refuse = (english: string, chinese: string): UsageError => new UsageError(say(language, english, chinese));
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return refuse(
        `port ${port} is taken; choose another with -p, or -p 0 for a free one`,
        `端口 ${port} 已被占用；请用 -p 指定其他端口，-p 0 表示任选空闲端口`,
      );
    case 'EACCES':
      return refuse(
        `port ${port} may not be used by this user; choose one above 1023 with -p`,
        `当前用户无权使用端口 ${port}；请用 -p 指定 1023 以上的端口`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return refuse(`${host} is no address of this machine; see --host`, `${host} 不是本机地址；见 --host`);
    default:
      return error;
  }
}
