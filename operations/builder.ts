import { addressOf } from './document.ts';
import type { Document, Node } from './document.ts';
import { dereference } from './reference.ts';
import type { Problem } from './schema/schemas.ts';
import type { Validators } from './schema/validator.ts';

/** What compiling an operation's parts needs, and where it puts what can't be used. */
export interface Builder {
  readonly document: Document;
  readonly validators: Validators;
  readonly problems: Problem[];
}

/** Follows references; a dangling one is a problem of the operation and the part is left out. */
export function follow(builder: Builder, node: Node | undefined): Node | undefined {
  if (node === undefined) return undefined;
  const resolved = dereference(builder.document, node);
  if (resolved.ok) return resolved.node;
  builder.problems.push({ address: addressOf(node), message: resolved.reason });
  return undefined;
}
