import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{cli,contracts,docs,examples,mock,openapi,operations,scripts,state,types}/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
