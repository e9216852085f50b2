import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { CoverageFileError, parseCoverage } from './snapshot.ts';

const OPERATION = {
  document: 'api',
  id: 'it',
  method: 'GET',
  path: '/it',
  exchanges: 1,
  failing: 0,
  list: [{ kind: 'status', name: '200', ok: 1, failing: 0 }],
};

describe('the file of an earlier run', () => {
  test('is a snapshot, the coverage of a report, or a report', () => {
    const operations = [OPERATION];
    const coverage = { cells: 1, covered: 1, failing: 0, operations: [{ ...OPERATION, cells: 1, covered: 1 }] };
    for (const given of [{ operations }, coverage, { version: 1, coverage }])
      expect(parseCoverage(JSON.stringify(given), 'a.json')).toEqual({ operations });
  });

  test('cells of a kind that nobody knows are left out', () => {
    const list = [{ kind: 'colour', name: 'red', ok: 1, failing: 0 }];
    expect(parseCoverage(JSON.stringify({ operations: [{ ...OPERATION, list }] }), 'a.json').operations[0]?.list).toEqual([]);
  });

  test.each([
    { name: 'no JSON', given: '{', want: /^a\.json: is no JSON: / },
    { name: 'no coverage', given: '[]', want: /^a\.json: holds no coverage; give a report written with hufu check --format json$/ },
    { name: 'of a later version', given: '{"version":2}', want: /^a\.json: is of version 2; this version of hufu reads version 1$/ },
    {
      name: 'no operation',
      given: '{"coverage":{"operations":[7]}}',
      want: /^a\.json: \/coverage\/operations\/0\/list must be a list of cells$/,
    },
    {
      name: 'no text',
      given: JSON.stringify({ operations: [{ ...OPERATION, id: 7 }] }),
      want: /^a\.json: \/operations\/0\/id must be a text$/,
    },
    {
      name: 'no count',
      given: JSON.stringify({ operations: [{ ...OPERATION, list: [{ kind: 'status', name: '200', ok: -1, failing: 0 }] }] }),
      want: /^a\.json: \/operations\/0\/list\/0\/ok must be a whole number from 0$/,
    },
  ])('$name', ({ given, want }) => {
    expect(() => parseCoverage(given, 'a.json')).toThrow(want);
    expect(() => parseCoverage(given, 'a.json')).toThrow(CoverageFileError);
  });

  test('anything else is an error with the name of the file', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          expect(parseCoverage(JSON.stringify({ operations: [value] }), 'a.json').operations).toHaveLength(1);
        } catch (error) {
          if (!(error instanceof CoverageFileError)) throw error;
          expect(error.message).toMatch(/^a\.json: \/operations\/0/);
        }
      }),
    );
  });
});
