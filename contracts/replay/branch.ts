import type { Content, SchemaValidator } from '../../operations/index.ts';
import { componentName, findChoice, schemaNodeOf } from '../coverage/index.ts';
import type { Judged } from '../judged.ts';

interface Alternative {
  readonly name: string;
  readonly validator: SchemaValidator;
}

/** More alternatives than are tried one by one. */
const MAX_ALTERNATIVES = 50;
const known = new WeakMap<Content, readonly Alternative[]>();

/**
 * Which of the alternatives that the document describes an answer is: of `oneOf` or `anyOf` at the top of its schema the first that it fits, by the
 * component's name or by number. `undefined`: there are none, or it fits none.
 */
export function branchOf({ operation, response }: Judged): string | undefined {
  const { rule, content, body } = response ?? {};
  if (operation === undefined || rule === undefined || content === undefined || body === undefined) return undefined;
  let alternatives = known.get(content);
  if (alternatives === undefined) {
    const schema = schemaNodeOf(operation, rule, content);
    const choice = schema === undefined ? undefined : findChoice(operation.document, schema);
    alternatives = (choice?.alternatives ?? []).slice(0, MAX_ALTERNATIVES).map((node, index) => ({
      name: componentName(operation.document, node) ?? `#${index + 1}`,
      validator: operation.validators.at(node, 'response'),
    }));
    known.set(content, alternatives);
  }
  return alternatives.find(({ validator }) => validator.isValid(body))?.name;
}
