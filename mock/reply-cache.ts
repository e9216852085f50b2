import type { Operation, ResponseRule } from '../operations/index.ts';
import { KeptReply } from './kept-reply.ts';
import type { Preferences } from './preferences.ts';
import type { Reply } from './reply.ts';

/** Answers that depend on nothing but a few words of the request, made once. */
export interface ReplyCache {
  /** The reply known for the key and what it is an answer of (an operation, for refusals one of its responses), or else what `make` makes. */
  readonly get: (owner: Operation | ResponseRule, key: string, make: () => Reply) => Reply;
}

/**
 * What clients send decides the keys, so all of it is bounded: 64 MiB at most, whatever they ask for. By bytes and not by number: with every operation of a large
 * document in use, each answer is still made once.
 */
const MAX_PER_OWNER = 64;
/** What a reply takes beside its body: its headers, its key, its place. */
const BYTES_BESIDE_BODY = 2_048;
const MAX_TOTAL_BYTES = 64 * 1024 * 1024;
const MAX_KEY_LENGTH = 512;
/** So many different ones are looked for among those that were met before. */
const MAX_KEYS = 64;
const MAX_BODY_BYTES = 256 * 1024;

/** The first of an owner, which is mostly its only one, and any others. */
interface Known {
  readonly key: string;
  readonly reply: KeptReply;
  others: Map<string, KeptReply> | undefined;
}

export function createReplyCache(): ReplyCache {
  const byOwner = new Map<Operation | ResponseRule, Known>();
  /** One text for each key: a thousand owners are asked for the same one, and what differs in each is read from far away. */
  const keys = new Map<string, string>();
  let bytes = 0;

  function forget(): void {
    byOwner.clear();
    keys.clear();
    bytes = 0;
  }

  function keep(owner: Operation | ResponseRule, given: string, reply: KeptReply): void {
    const size = sizeOf(reply);
    if (bytes + size > MAX_TOTAL_BYTES) forget();
    bytes += size;
    const key = keys.get(given) ?? given;
    if (keys.size < MAX_KEYS) keys.set(key, key);
    const known = byOwner.get(owner);
    if (known === undefined || (known.others?.size ?? 0) >= MAX_PER_OWNER - 1) {
      if (known !== undefined) bytes -= sizeOfAll(known);
      byOwner.set(owner, { key, reply, others: undefined });
      return;
    }
    known.others ??= new Map();
    known.others.set(key, reply);
  }

  return {
    get(owner, key, make) {
      const known = byOwner.get(owner);
      const found = known === undefined ? undefined : known.key === key ? known.reply : known.others?.get(key);
      if (found !== undefined) return found;
      const made = make();
      if (key.length > MAX_KEY_LENGTH || (made.body?.length ?? 0) > MAX_BODY_BYTES) return made;
      const reply = new KeptReply(made);
      keep(owner, key, reply);
      return reply;
    },
  };
}

function sizeOfAll({ reply, others }: Known): number {
  let size = sizeOf(reply);
  for (const other of others?.values() ?? []) size += sizeOf(other);
  return size;
}

function sizeOf({ body }: Reply): number {
  return BYTES_BESIDE_BODY + (body?.length ?? 0);
}

/** All that a fixed answer depends on, as one text; two requests with the same text get the same answer. */
export function replyKey(accept: string | undefined, preferences: Preferences): string {
  const { code, example, seed } = preferences;
  // No header's value holds a line break, so no Accept is taken for the longer key. Most requests have no more than this to tell them apart: no text is built.
  if (code === undefined && example === undefined && seed === undefined) return accept ?? '';
  return `\n${JSON.stringify([accept, code, example, seed])}`;
}
