/**
 * Starts the backend.
 *
 * PORT (default 4020, 0 for a free one), DEFECT (ids with commas between), DB (a file; default in memory), SEED, TOKEN_SECONDS,
 * CLOCK (a time to begin with, such as 2026-03-01T09:00:00+08:00), BACKEND_CLIENT_ID, BACKEND_CLIENT_SECRET, BACKEND_USER, BACKEND_PASSWORD.
 */
import { env, exit } from 'node:process';
import { createBackend } from './app.ts';
import type { RunningBackend } from './app.ts';
import { DEMO } from './credentials.ts';
import { isDefectId } from './defects.ts';
import type { DefectId } from './defects.ts';

const defects = chosenDefects(env['DEFECT'] ?? '');
const began = Date.now();
const clock = env['CLOCK'] === undefined ? began : Date.parse(env['CLOCK']);
if (Number.isNaN(clock)) stop(`CLOCK is no time: ${env['CLOCK']}. Write it like 2026-03-01T09:00:00+08:00.`);

const options = {
  defects,
  now: () => clock + (Date.now() - began),
  seed: wholeNumber('SEED', 1),
  tokenSeconds: wholeNumber('TOKEN_SECONDS', 7200),
  credentials: {
    clientId: env['BACKEND_CLIENT_ID'] ?? DEMO.clientId,
    clientSecret: env['BACKEND_CLIENT_SECRET'] ?? DEMO.clientSecret,
    username: env['BACKEND_USER'] ?? DEMO.username,
    password: env['BACKEND_PASSWORD'] ?? DEMO.password,
  },
  ...(env['DB'] === undefined ? {} : { file: env['DB'] }),
};
const port = wholeNumber('PORT', 4020);
const { url } = await start();
console.log(`Backend on ${url}${defects.length === 0 ? '' : `, with the defects ${defects.join(', ')}`}`);

async function start(): Promise<RunningBackend> {
  try {
    return await createBackend(options).listen(port);
  } catch (error) {
    return stop(
      `It can not start on port ${port} with the database ${env['DB'] ?? 'in memory'}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function chosenDefects(text: string): readonly DefectId[] {
  const names = text.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  return names.map((name) => (isDefectId(name) ? name : stop(`DEFECT names no defect: ${name}. README.md lists them all.`)));
}

function wholeNumber(name: string, preset: number): number {
  const text = env[name];
  if (text === undefined) return preset;
  return /^\d{1,9}$/.test(text) ? Number(text) : stop(`${name} must be a whole number, not ${text}.`);
}

function stop(message: string): never {
  console.error(message);
  return exit(2);
}
