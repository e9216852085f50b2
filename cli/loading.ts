import { Option } from 'commander';
import type { Language, LoadOptions } from '../operations/index.ts';
import { say } from './language.ts';

/** What the two options below give a command. */
export interface LoadingFlags {
  readonly refRoot?: string;
  readonly allowRemoteRefs: boolean;
}

export function refRootOption(language: Language): Option {
  return new Option('--ref-root <folder>', say(language, 'folder that $ref may not leave', '$ref 不得越出的文件夹'));
}

export function remoteRefsOption(language: Language): Option {
  const text = say(language, 'fetch $ref to http(s) addresses', '允许 $ref 指向 http(s) 地址');
  return new Option('--allow-remote-refs', text).default(false);
}

/** How documents are loaded, as the user wants it. */
export function loadingOf({ refRoot, allowRemoteRefs }: LoadingFlags): LoadOptions {
  return { allowRemote: allowRemoteRefs, ...(refRoot === undefined ? {} : { root: refRoot }) };
}
