import { addressOf, child, dereference, items, members, pointerTokens, record } from '../../operations/index.ts';
import type { Content, Document, Node, Operation, ResponseRule } from '../../operations/index.ts';

/** The alternatives at the top of a schema, as the document writes them; null is none. */
export interface Choice {
  readonly keyword: 'oneOf' | 'anyOf';
  readonly alternatives: readonly Node[];
}

/** Schemas that are looked at for one choice. */
const MAX_SCHEMAS = 100;

/** The schema of one media type of a response, as the document writes it. */
export function schemaNodeOf({ document, route }: Operation, rule: ResponseRule, content: Content): Node | undefined {
  for (const [, given] of members(child(route.node, 'responses'))) {
    const response = targetOf(document, given);
    if (response === undefined || addressOf(response) !== rule.address) continue;
    for (const [mediaType, holder] of members(child(response, 'content'))) {
      const target = mediaType === content.mediaType ? targetOf(document, holder) : undefined;
      if (target !== undefined) return child(target, 'schema');
    }
  }
  return undefined;
}

/** The first choice between two or more schemas at the top of one: behind references, in `allOf`, under a choice of one or of null. */
export function findChoice(document: Document, schema: Node): Choice | undefined {
  let left = MAX_SCHEMAS;
  return find(schema);

  function find(at: Node): Choice | undefined {
    left -= 1;
    if (left < 0) return undefined;
    const given = record(at.value);
    for (const keyword of ['oneOf', 'anyOf'] as const) {
      const alternatives = items(child(at, keyword)).filter((node) => record(node.value)['type'] !== 'null');
      if (alternatives.length > 1) return { keyword, alternatives };
      const inner = firstOf(alternatives);
      if (inner !== undefined) return inner;
    }
    const target = typeof given['$ref'] === 'string' ? targetOf(document, at) : undefined;
    return (target === undefined ? undefined : find(target)) ?? firstOf(items(child(at, 'allOf')));
  }

  function firstOf(nodes: readonly Node[]): Choice | undefined {
    for (const node of nodes) {
      if (left <= 0) return undefined;
      const found = find(node);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** The name of the component, or of the file, that a schema refers to; `undefined` where it stands on its own. */
export function componentName(document: Document, schema: Node): string | undefined {
  if (typeof record(schema.value)['$ref'] !== 'string') return undefined;
  const target = targetOf(document, schema);
  if (target === undefined) return undefined;
  const file = target.source.path.slice(target.source.path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  return pointerTokens(target.pointer)?.at(-1) ?? file;
}

function targetOf(document: Document, node: Node): Node | undefined {
  const resolved = dereference(document, node);
  return resolved.ok ? resolved.node : undefined;
}
