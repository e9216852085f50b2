import type { Row } from '../../state/index.ts';
import { defineOverrides } from '../override.ts';
import type { Operations } from './types/notification-task.ts';

/** `{{variable}}` in a text. */
const VARIABLE = /\{\{([^{}]*)\}\}/g;

export default defineOverrides<Operations>({
  /** Every member has to supply the variables of every text; the rest is the state file's. */
  async createNotificationTask({ request, state, refuse }) {
    const task = request.body;
    const texts = task.contents.filter((content) => content.contentType === 'TEXT').map((content) => content.contentValue);
    const variables = new Set(texts.flatMap((text) => Array.from(text.matchAll(VARIABLE), ([, name = '']) => name.trim())));
    if (variables.size === 0) return undefined;

    for (const [index, member] of (task.members ?? []).entries()) {
      const missing = firstMissing(variables, member);
      if (missing !== undefined) {
        return refuse(
          'VARIABLE_MISSING',
          `变量 ${missing} 在 members[${index}] 中没有对应的参数 · The variable ${missing} has no parameter in members[${index}]`,
        );
      }
    }
    const fileIds = new Set((task.fileIds ?? []).map(String));
    if (fileIds.size === 0) return undefined;
    const rows = await state('file/memberRow').list((row) => fileIds.has(String(row['fileId'])) && row['standIn'] !== true);
    for (const row of rows) {
      const missing = firstMissing(variables, row);
      if (missing === undefined) continue;
      const file = String(row['fileId']);
      return refuse(
        'VARIABLE_MISSING',
        `变量 ${missing} 在文件 ${file} 中没有对应的参数 · The variable ${missing} has no parameter in the file ${file}`,
      );
    }
    return undefined;
  },
});

/** The first variable that a member does not supply; `name` is satisfied by the nickname too. */
function firstMissing(variables: ReadonlySet<string>, member: Row): string | undefined {
  return [...variables].find((name) => !Object.hasOwn(member, name) && !(name === 'name' && Object.hasOwn(member, 'nickname')));
}
