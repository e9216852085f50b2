import { describe } from 'vitest';
import { createMemoryStore } from './store-memory.ts';
import { storeSuite } from './store.suite.ts';

describe('memory store', () => {
  storeSuite(createMemoryStore, (store) => store);
});
