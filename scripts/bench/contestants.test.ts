import { expect, it } from 'vitest';
import { chooseContestants, findContestants, readableCommand } from './contestants.ts';

it('chosen by the beginning of their ids, the floor always', () => {
  const items = ['floor', 'parse', 'hufu', 'hufu-no-journal', 'prism', 'prism-silent'].map((id) => ({ id }));
  const chosen = (...words: string[]): string[] => chooseContestants(items, words).map(({ id }) => id);
  expect(chosen()).toHaveLength(6);
  expect(chosen('hufu')).toEqual(['floor', 'hufu', 'hufu-no-journal']);
  expect(chosen('prism-silent', 'parse')).toEqual(['floor', 'parse', 'prism-silent']);
  expect(chosen('nobody')).toEqual(['floor']);
});

it('everyone takes part or is missing for a reason, under an id of its own', () => {
  const { contestants, absent } = findContestants();
  const ids = [...contestants, ...absent].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(
    expect.arrayContaining(['floor', 'hufu', 'prism-silent', 'openapi-backend', 'scalar', 'mockoon', 'wiremock', 'counterfact']),
  );
  expect(absent.every(({ reason }) => reason !== '')).toBe(true);
});

it('another mock can stand in the place of Hufu', () => {
  const { contestants } = findContestants('other {doc} {port}');
  expect(contestants.find(({ id }) => id === 'hufu')?.template).toBe('other {doc} {port}');
});

it('a command as somebody would type it', () => {
  expect(readableCommand('{node} cli/main.js mock {doc} -p {port} {flags} --quiet')).toBe('node cli/main.js mock DOCUMENT -p PORT --quiet');
});
