import type { Operation } from '../operations/index.ts';
import type { Reply } from './reply.ts';

/** Answers that depend on nothing but a few words of the request, made once. Bounded: what clients send decides the keys. */
export interface ReplyCache {
  readonly get: (operation: Operation, key: string, make: () => Reply) => Reply;
}

const PER_OPERATION = 64;
const MAX_KEY_LENGTH = 512;
const MAX_BODY_BYTES = 256 * 1024;

export function createReplyCache(): ReplyCache {
  const byOperation = new WeakMap<Operation, Map<string, Reply>>();
  return {
    get(operation, key, make) {
      let replies = byOperation.get(operation);
      if (replies === undefined) {
        replies = new Map();
        byOperation.set(operation, replies);
      }
      const known = replies.get(key);
      if (known !== undefined) return known;
      const reply = make();
      if (key.length <= MAX_KEY_LENGTH && (reply.body?.length ?? 0) <= MAX_BODY_BYTES) {
        if (replies.size >= PER_OPERATION) replies.clear();
        replies.set(key, reply);
      }
      return reply;
    },
  };
}
