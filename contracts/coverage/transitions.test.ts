import { describe, expect, test } from 'vitest';
import { createOperationTable, parseSource } from '../../operations/index.ts';
import { documentOf } from '../../operations/document.fixture.ts';
import type { Row } from '../../state/index.ts';
import { compileText } from '../../state/state.fixture.ts';
import { createCoverage } from './coverage.ts';
import type { Coverage } from './coverage.ts';
import { answering, countsIn, judge, named } from './judged.fixture.ts';
import type { Wire } from './judged.fixture.ts';

const document = named(
  documentOf({
    openapi: '3.1.0',
    paths: { '/it': { post: { operationId: 'it', ...answering({}) } }, '/no': { post: { operationId: 'no', ...answering({}) } } },
  }),
  'test',
);
const table = createOperationTable([document]);

const FILE = (operation: string, head = '') => `
${head}
collections:
  task:
    key: { field: id, strategy: given }
    machine: { field: status, initial: NEW, transitions: { NEW: [RUN, END], RUN: [END], END: [] } }
operations:
  it: { do: transition, in: task, key: $request.body#/id, ${operation} }
`;

function coverageOf(text: string): Coverage {
  const [model] = compileText(text);
  if (model === undefined) throw new Error('no model');
  return createCoverage(table, [{ model, given: parseSource('test.state.yaml', text).value as Row }]);
}

function count(text: string, wires: readonly Wire[], kind: 'transition' | 'branch' = 'transition'): Readonly<Record<string, string>> {
  const coverage = coverageOf(text);
  for (const wire of wires) coverage.add(judge(table, wire));
  return countsIn(coverage, kind);
}

describe('the transitions of an operation', () => {
  test.each([
    { name: 'a status that the machine leads to', given: 'to: END', want: ['NEW -> END', 'RUN -> END'] },
    { name: 'from some', given: 'from: [NEW], to: END', want: ['NEW -> END'] },
    { name: 'from one that the machine does not name for it', given: 'from: [END], to: NEW', want: ['END -> NEW'] },
    { name: 'a status of the request', given: 'to: $request.body#/status', want: ['NEW -> RUN', 'NEW -> END', 'RUN -> END'] },
    { name: 'a status of the request, from some', given: 'from: [RUN], to: $request.body#/status', want: ['RUN -> END'] },
    { name: 'several ways', given: 'to: [{ from: [NEW], to: RUN }, { from: [RUN], to: END }]', want: ['NEW -> RUN', 'RUN -> END'] },
    { name: 'a constant', given: 'to: { $const: RUN }', want: ['NEW -> RUN'] },
  ])('$name', ({ given, want }) => {
    expect(Object.keys(count(FILE(given), []))).toEqual(want);
  });

  test('other verbs make none, and neither does a state file without the operation', () => {
    expect(count(FILE('to: END').replace('do: transition, ', 'do: get, ').replace(', to: END', ''), [])).toEqual({});
    expect(count('collections: {}', [])).toEqual({});
  });
});

describe('a transition is seen', () => {
  const TELLS = 'to: END, data: { old: $before#/status, task: { now: $row#/status } }';
  const told = (old: string, now: string): unknown => ({ old, task: { now } });

  test('where the answer tells both statuses, if it was accepted and they are declared', () => {
    const wires: Wire[] = [
      { answer: told('NEW', 'END') },
      { answer: told('RUN', 'NEW') },
      { answer: told('RUN', 'END'), outcome: 'refused' },
      { answer: 'null' },
    ];
    expect(count(FILE(TELLS), wires)).toEqual({ 'NEW -> END': '1/0', 'RUN -> END': '0/0' });
  });

  test('inside the envelope', () => {
    const head = "envelope: e\nenvelopes: { e: { ok: { success: true, 'a/b': $data } } }";
    expect(count(FILE(TELLS, head), [{ answer: { success: true, 'a/b': told('NEW', 'END') } }])).toEqual({
      'NEW -> END': '1/0',
      'RUN -> END': '0/0',
    });
  });

  test('where the sequence of exchanges shows it, once an exchange', () => {
    const coverage = coverageOf(FILE(TELLS));
    const [first, second] = [judge(table, { answer: told('NEW', 'END') }), judge(table, { answer: {} })];
    coverage.add(first);
    coverage.addTransition(first, 'NEW', 'END');
    coverage.add(second);
    coverage.addTransition(second, 'RUN', 'END');
    coverage.addTransition(second, 'END', 'NEW');
    expect(countsIn(coverage, 'transition')).toEqual({ 'NEW -> END': '1/0', 'RUN -> END': '1/0' });
  });
});

describe('envelopes', () => {
  test('that tell failures by the body make two cells of the status', () => {
    const text = FILE('to: END', 'envelope: e\nenvelopes: { e: { ok: $data, errorStatus: 200 } }');
    const coverage = coverageOf(text);
    for (const outcome of ['accepted', 'refused', 'unknown'] as const) coverage.add(judge(table, { outcome, answer: 1 }));
    // An operation that the state file does not name has the module's envelope.
    coverage.add(judge(table, { path: '/no', outcome: 'refused', answer: 1 }));
    const branches = coverage.result().operations.map(({ list }) => list.filter(({ kind }) => kind === 'branch'));
    expect(branches.map((list) => list.map(({ name, ok }) => `${name} ${ok}`))).toEqual([
      ['200 success 1', '200 failure 1'],
      ['200 success 0', '200 failure 1'],
    ]);
  });

  test.each([
    { name: 'failures have a status of their own', envelope: '{ ok: $data, errorStatus: 400 }' },
    { name: 'failures come with a status that the operation does not have', envelope: '{ ok: $data, errorStatus: 202 }' },
    { name: 'nothing is said of failures', envelope: '{ ok: $data }' },
  ])('make none where $name', ({ envelope }) => {
    expect(count(FILE('to: END', `envelope: e\nenvelopes: { e: ${envelope} }`), [{}], 'branch')).toEqual({});
  });
});
