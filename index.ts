/** What a test imports: `import { startMock } from 'hufu'`. */
export { defineOverrides, startMock } from './mock/index.ts';
export type { MockSession, StartedMock, StartMockOptions, TestAnswer, TestRequest } from './mock/index.ts';
