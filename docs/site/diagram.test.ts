import fc from 'fast-check';
import { expect, test } from 'vitest';
import { machineDiagram } from './diagram.ts';
import type { MachineView } from './state-view.ts';

const named = (name: string) => ({ name, label: { zh: '', en: '' } });
const move = (from: string, to: string, timed?: string) => ({ from, to, timed, operations: [] });

test('states, moves and what time does are drawn', () => {
  const machine: MachineView = {
    collection: 'task',
    field: 'status',
    initial: 'PENDING',
    states: [{ name: 'PENDING', label: { zh: '待执行', en: 'waiting' } }, named('RUNNING'), named('DONE')],
    moves: [move('PENDING', 'RUNNING', 'startsAt'), move('RUNNING', 'DONE'), move('RUNNING', 'PENDING'), move('PENDING', 'DONE')],
  };
  const { html } = machineDiagram(machine, 'zh', 'm1', '任务');
  expect(html.match(/class="state"/g)).toHaveLength(3);
  expect(html.match(/class="move timed"/g)).toHaveLength(1);
  expect(html.match(/marker-end="url\(#m1-arrow\)"/g)).toHaveLength(5);
  expect(html).toContain('待执行');
  expect(html).toContain('aria-label="任务"');
  expect(html).not.toMatch(/style=/);
});

test('states stand in columns by their distance from the first', () => {
  const machine: MachineView = {
    collection: 'a',
    field: 's',
    initial: 'A',
    states: ['A', 'B', 'C'].map(named),
    moves: [move('A', 'B'), move('B', 'C')],
  };
  const columns = [...machineDiagram(machine, 'en', 'm', 't').html.matchAll(/class="state" x="(\d+)"/g)].map(([, x]) => Number(x));
  expect(columns).toEqual([...columns].sort((a, b) => a - b));
  expect(new Set(columns).size).toBe(3);
});

test('a state is text, whatever it is called', () => {
  const machine: MachineView = { collection: 'a', field: 's', initial: '<x>', states: [named('<x>')], moves: [move('<x>', '<x>')] };
  expect(machineDiagram(machine, 'en', 'm', '"t"').html).not.toMatch(/<x>|aria-label=""/);
});

test('any machine has finite measures and every arrow', () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 8 });
  const machines = names.chain((all) =>
    fc.record({
      states: fc.constant(all.map(named)),
      moves: fc.array(
        fc.tuple(fc.constantFrom(...all), fc.constantFrom(...all)).map(([from, to]) => move(from, to)),
        { maxLength: 20 },
      ),
      initial: fc.option(fc.constantFrom(...all), { nil: undefined }),
    }),
  );
  fc.assert(
    fc.property(machines, (given) => {
      const { html } = machineDiagram({ collection: 'c', field: 's', ...given }, 'zh', 'm', 't');
      expect(html).not.toMatch(/NaN|Infinity|undefined/);
      expect(html.match(/<path class="move/g) ?? []).toHaveLength(given.moves.length + (given.initial === undefined ? 0 : 1));
    }),
  );
});
