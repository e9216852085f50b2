/** Examples as they are shown: sensitive values masked, and each judged by the operation's own validator. */
import { child, dereference, entries, generate, record } from '../../operations/index.ts';
import type { Content, Document, Node, Operation, OperationParameter } from '../../operations/index.ts';
import { maskValue, maskWhole } from './mask.ts';
import { splitText } from './text.ts';
import type { Text } from './text.ts';

export interface ExampleView {
  readonly name: string;
  readonly summary: Text;
  readonly value: unknown;
  /** `undefined` where the document gives nothing to judge it by. */
  readonly isValid: boolean | undefined;
}

/** The examples of a media type, in document order. @param holder the Media Type Object. @param schemas what its value has to satisfy. */
export function viewExamples(document: Document, content: Content, holder: Node | undefined, schemas: readonly Node[]): ExampleView[] {
  const texts = new Map(
    entries(holder === undefined ? undefined : child(holder, 'examples')).map(([name, node]) => {
      const target = dereference(document, node);
      const { summary, description } = target.ok ? record(target.node.value) : {};
      return [name, splitText(summary ?? description)] as const;
    }),
  );
  return content.examples.map(({ name, value }) => ({
    name,
    summary: texts.get(name) ?? splitText(''),
    value: maskValue(document, value, schemas),
    isValid: isValid(content, value),
  }));
}

/** Text in a form that is not JSON (XML, CSV) is no value that a schema could judge. */
function isValid({ validator, range }: Content, value: unknown): boolean | undefined {
  if (validator === undefined) return undefined;
  const isJson = range.subtype === 'json' || range.subtype.endsWith('+json');
  if (!isJson && typeof value === 'string') return undefined;
  return validator.isValid(value);
}

/** The value a sample sends for a body: its first valid example, else one made from the schema; `undefined` where there is neither. */
export function sampleBody(operation: Operation, content: Content, examples: readonly ExampleView[]): unknown {
  const example = examples.find(({ isValid }) => isValid !== false) ?? examples[0];
  if (example !== undefined) return example.value;
  const { validator } = content;
  if (validator === undefined) return undefined;
  return generate(validator.schema, {
    mode: 'sample',
    seed: '1',
    lookup: operation.validators.lookup,
    validate: validator.isValid,
    omit: 'readOnly',
    budget: 200,
  }).value;
}

/** The value a sample sends for a parameter. */
export function sampleParameter(operation: Operation, parameter: OperationParameter): unknown {
  const [example] = parameter.examples;
  if (example !== undefined) return parameter.sensitive ? maskWhole(example) : example;
  const { validator } = parameter;
  if (validator === undefined) return 'value';
  const { value } = generate(validator.schema, {
    mode: 'sample',
    seed: '1',
    lookup: operation.validators.lookup,
    validate: validator.isValid,
    omit: 'readOnly',
    budget: 100,
  });
  return parameter.sensitive ? maskWhole(value) : value;
}
