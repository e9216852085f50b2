import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/**
 * Bytes that one request may cost, about half as much again as it did when this was written. What is counted does not depend on how busy the machine is: a case that
 * goes over has become dearer, and whoever wants that changes the figure here.
 */
const MOST: Readonly<Record<string, number>> = {
  'GET path parameter': 7_000,
  'GET list, query': 8_000,
  'POST valid body': 9_000,
  'POST invalid body': 28_000,
  'dynamic GET': 17_000,
  'stateful GET by key': 13_000,
  'stateful create': 17_500,
  'checked exchange': 19_000,
};

it('no request costs much more memory than it did', async () => {
  const flags = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, join(import.meta.dirname, 'allocations.ts')]);
  const counted = JSON.parse(stdout) as Readonly<Record<string, number>>;
  expect(Object.keys(counted)).toEqual(Object.keys(MOST));
  const dearer = Object.entries(counted).filter(([name, bytes]) => bytes > (MOST[name] ?? 0) || bytes <= 0);
  expect(dearer).toEqual([]);
});
