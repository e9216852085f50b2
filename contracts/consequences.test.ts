import { describe, expect, it } from 'vitest';
import { apiIn, judge } from './rules/rule.fixture.ts';

describe('what follows from a wrong type is not told', () => {
  const schema = {
    type: 'object',
    properties: {
      count: { type: 'integer', format: 'int32' },
      size: { type: 'integer', enum: [1, 2] },
      kind: { type: 'string', const: 'x' },
      day: { type: 'string', format: 'date', minLength: 11 },
      both: { allOf: [{ type: 'integer' }, { enum: [1] }] },
    },
  };
  it.each<[name: string, reply: unknown, want: readonly string[]]>([
    ['a format', { count: 1.5 }, ['/count type']],
    ['an enumeration', { size: '1' }, ['/size type']],
    ['a constant', { kind: 1 }, ['/kind type']],
    ['an enumeration alone', { size: 3 }, ['/size enum']],
    ['two that have nothing to do with the type', { day: '2024-13-1' }, ['/day minLength', '/day format']],
    ['what another schema asks for', { both: 'x' }, ['/both type', '/both enum']],
    ['at another place', { count: 1.5, size: 3 }, ['/count type', '/size enum']],
  ])('%s', async (_name, reply, want) => {
    const document = apiIn('3.1', { responses: { '200': { schema } } });
    const { findings } = await judge(document, { reply });
    expect(findings.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([...want].sort());
  });
});
