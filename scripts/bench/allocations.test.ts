import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/**
 * Bytes that one request may cost, about a quarter more than it did when this was written. What is counted does not depend on how busy the machine is: a case that
 * goes over has become dearer, and whoever wants that changes the figure here.
 */
const MOST: Readonly<Record<string, number>> = {
  'GET path parameter': 5_200,
  'GET list, query': 5_800,
  'POST valid body': 6_100,
  'POST invalid body': 13_000,
  'dynamic GET': 16_300,
  'stateful GET by key': 7_000,
  'stateful create': 11_100,
  'checked exchange': 13_900,
};

it('no request costs much more memory than it did', async () => {
  const flags = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, join(import.meta.dirname, 'allocations.ts')]);
  const counted = JSON.parse(stdout) as Readonly<Record<string, number>>;
  expect(Object.keys(counted)).toEqual(Object.keys(MOST));
  const dearer = Object.entries(counted).filter(([name, bytes]) => bytes > (MOST[name] ?? 0) || bytes <= 0);
  expect(dearer).toEqual([]);
});
