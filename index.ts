/** What a test imports: `import { startMock } from 'hufu'`. */
export { ContractError, createChecker, createContractGuard, loadChecker } from './contracts/index.ts';
export type {
  Checker,
  CheckerOptions,
  ContractGuard,
  ContractGuardOptions,
  Exchange,
  FastifyHost,
  FastifyPlugin,
  Finding,
  Gap,
  Judged,
  Middleware,
  OperationName,
  Place,
  Severity,
  Side,
} from './contracts/index.ts';
export { defineOverrides, startMock } from './mock/index.ts';
export type { MockSession, StartedMock, StartMockOptions, TestAnswer, TestRequest } from './mock/index.ts';
