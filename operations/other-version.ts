import type { Builder } from './builder.ts';
import { addressOf, child, record } from './document.ts';
import type { Node } from './document.ts';

/**
 * What a document says in the words of the other generation: Swagger 2.0's in OpenAPI 3 or the other way round. No version gives such words a meaning, but somebody meant something by them: each
 * is told as a defect of the document, and what they describe is held against nobody.
 */

/** True for a response whose body is described in the words of the other generation. */
export function isOtherResponse({ document, problems }: Builder, response: Node): boolean {
  const [own, other] = document.dialect === '2.0' ? ['schema', 'content'] : ['content', 'schema'];
  const node = child(response, other);
  if (node === undefined || child(response, own) !== undefined) return false;
  const message =
    other === 'schema'
      ? 'the schema of a response stands in its "content" in OpenAPI 3; the body is not checked'
      : 'Swagger 2.0 knows no "content" of a response, but its "schema"; the body is not checked';
  problems.push({ address: addressOf(node), message });
  return true;
}

/** True for an operation whose request body is described in the words of the other generation. */
export function hasOtherBody({ document, problems }: Builder, operation: Node, declared: readonly Node[]): boolean {
  const isOfForm = (parameter: Node): boolean => ['body', 'formData'].includes(String(record(parameter.value)['in']));
  // Where it stands is told with the parameters.
  if (document.dialect !== '2.0') return child(operation, 'requestBody') === undefined && declared.some(isOfForm);
  const node = child(operation, 'requestBody');
  if (node === undefined || declared.some(isOfForm)) return false;
  problems.push({ address: addressOf(node), message: 'Swagger 2.0 knows no "requestBody", but a parameter "in: body"; it is not checked' });
  return true;
}

/** Tells of a parameter whose schema is described in the words of the other generation. */
export function reportOtherParameter({ document, problems }: Builder, parameter: Node): void {
  const { schema, content, type } = record(parameter.value);
  const message =
    document.dialect === '2.0'
      ? schema !== undefined && type === undefined
        ? 'Swagger 2.0 knows no "schema" of a parameter that is not in the body: its keywords stand beside the name; it is not checked'
        : undefined
      : type !== undefined && schema === undefined && content === undefined
        ? 'the keywords of a parameter stand in its "schema" in OpenAPI 3; they are not checked'
        : undefined;
  if (message !== undefined) problems.push({ address: addressOf(parameter), message });
}
