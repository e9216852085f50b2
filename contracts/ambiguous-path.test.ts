import { expect, it } from 'vitest';
import { apiIn, judge } from './rules/rule.fixture.ts';

const parameters = [
  { name: 'a', in: 'path', required: true, schema: { type: 'string' } },
  { name: 'b', in: 'path', required: true, schema: { enum: ['pdf'] } },
];

it.each<[template: string, target: string, told: boolean]>([
  ['/{a}.{b}', '/x.pdf', false],
  ['/{a}.{b}', '/x.exe', true],
  ['/{a}.{b}', '/x.y.pdf', false],
  ['/{a}.{b}', '/x%2Ey.pdf', false],
  ['/{a}{b}', '/xpdf', false],
  ['/in/{a}..{b}', '/base/in/x..exe', true],
  ['/in/{a}..{b}/at', '/in/x..y..pdf/at', false],
  ['/{a}/{b}', '/x/exe', true],
])('%s by %s', async (template, target, told) => {
  const document = apiIn('3.1', { path: template, parameters, document: { servers: [{ url: '/base' }] } });
  const { findings } = await judge(document, { target });
  expect(findings.some(({ rule }) => rule === 'request-parameter')).toBe(told);
});
