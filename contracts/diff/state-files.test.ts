import { describe, expect, it } from 'vitest';
import { parseSource, record } from '../../operations/index.ts';
import type { StateFile } from '../../state/index.ts';
import { documentOf } from './diff.fixture.ts';
import { diffStateFiles } from './diff-state-files.ts';

const api = documentOf({ openapi: '3.1.0', paths: {} });

function stateFile(given: object): ReadonlyMap<string, StateFile> {
  const source = parseSource('/virtual/api.state.yaml', JSON.stringify(given));
  return new Map([['api', { module: 'api', source, given: record(source.value) }]]);
}

const task = { key: { field: 'id' }, machine: { field: 'status', initial: 'NEW', transitions: { NEW: ['DONE', 'GONE'] } } };

describe('state files', () => {
  it.each<{ name: string; old: object; next: object; want: [string, string, string][] }>([
    { name: 'the same in another order', old: { collections: { task, a: {} } }, next: { collections: { a: {}, task } }, want: [] },
    {
      name: 'transitions',
      old: { collections: { task } },
      next: { collections: { task: { ...task, machine: { ...task.machine, transitions: { NEW: ['DONE'], DONE: ['NEW'] } } } } },
      want: [
        ['warning', 'transition-removed', 'collection "task": the transition NEW -> GONE is gone'],
        ['warning', 'transition-added', 'collection "task": the transition DONE -> NEW is new'],
      ],
    },
    {
      name: 'a unique key',
      old: { collections: { task } },
      next: { collections: { task: { ...task, unique: ['name'] } } },
      want: [['warning', 'behaviour-changed', 'collection "task": unique was –, it is ["name"]']],
    },
    {
      name: 'an operation',
      old: { operations: { list: { do: 'list', in: 'task', where: { a: 1 } } } },
      next: { operations: { list: { do: 'list', in: 'task' } } },
      want: [['warning', 'behaviour-changed', 'operation "list": where was {"a":1}, it is –']],
    },
    {
      name: 'more',
      old: {},
      next: { errors: { FULL: { status: 409 } } },
      want: [['compatible', 'behaviour-added', 'error "FULL" is new']],
    },
    { name: 'less', old: { pagers: { p: {} } }, next: {}, want: [['warning', 'behaviour-removed', 'pager "p" is gone']] },
    {
      name: 'tokens',
      old: { bearer: { in: 'a' } },
      next: { bearer: { in: 'b' } },
      want: [['warning', 'behaviour-changed', 'bearer: in was "a", it is "b"']],
    },
    {
      name: 'seeds of the mock',
      old: { collections: { task: { ...task, seed: [1] } } },
      next: { collections: { task: { ...task, seed: [] } }, scenarios: { x: {} } },
      want: [],
    },
  ])('$name', ({ old, next, want }) => {
    const changes = diffStateFiles(stateFile(old), stateFile(next), [api]);
    expect(changes.map(({ level, rule, message }) => [level, rule, message])).toEqual(want);
    expect(new Set(changes.map(({ side }) => side)).size).toBeLessThanOrEqual(1);
  });

  it('a first state file is no change of the API', () => {
    expect(diffStateFiles(new Map(), stateFile({ collections: { task } }), [api])).toEqual([]);
  });
});
