import type { Operation, ResponseRule } from '../operations/index.ts';
import type { Preferences } from './preferences.ts';
import type { Reply } from './reply.ts';
import { shareHeaders } from './shared-headers.ts';

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
const MAX_BODY_BYTES = 256 * 1024;

export function createReplyCache(): ReplyCache {
  const byOwner = new Map<Operation | ResponseRule, Map<string, Reply>>();
  let bytes = 0;
  return {
    get(owner, key, make) {
      const known = byOwner.get(owner)?.get(key);
      if (known !== undefined) return known;
      const made = make();
      if (key.length > MAX_KEY_LENGTH || (made.body?.length ?? 0) > MAX_BODY_BYTES) return made;
      const reply: Reply = { ...made, headers: shareHeaders(made.headers), reused: true };
      const full = (byOwner.get(owner)?.size ?? 0) >= MAX_PER_OWNER;
      if (bytes + sizeOf(reply) > MAX_TOTAL_BYTES) {
        byOwner.clear();
        bytes = 0;
      } else if (full) {
        for (const old of byOwner.get(owner)?.values() ?? []) bytes -= sizeOf(old);
        byOwner.delete(owner);
      }
      const replies = byOwner.get(owner) ?? new Map<string, Reply>();
      byOwner.set(owner, replies.set(key, reply));
      bytes += sizeOf(reply);
      return reply;
    },
  };
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
