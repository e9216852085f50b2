import { describe } from 'vitest';
import { createMemoryStore } from './store-memory.fixture.ts';
import { storeSuite } from './store.suite.ts';

describe('memory store', () => {
  storeSuite(createMemoryStore, (store) => store);
});
