import { badRequest } from '../reply.ts';
import type { Content, Member } from './new-task.ts';

const VARIABLE = /\{\{([^{}]*)\}\}/g;

/** The variables of all texts. */
export function variablesOf(contents: readonly Content[]): ReadonlySet<string> {
  const texts = contents.filter((content) => content.contentType === 'TEXT').map((content) => content.contentValue);
  return new Set(texts.flatMap((text) => Array.from(text.matchAll(VARIABLE), ([, name = '']) => name.trim())));
}

/**
 * Every member has to supply every variable; `name` is satisfied by the nickname.
 * @param where how the member is called in the message.
 * @throws Refusal 400 that names the variable.
 */
export function checkVariables(variables: ReadonlySet<string>, member: Member, where: string): void {
  for (const name of variables) {
    const supplied = Object.hasOwn(member, name) || (name === 'name' && Object.hasOwn(member, 'nickname'));
    if (!supplied) throw badRequest(`变量 ${name} 在 ${where} 中没有对应的参数`);
  }
}
