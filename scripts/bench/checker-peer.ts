/**
 * One process of the comparison with express-openapi-validator: `node scripts/bench/checker-peer.ts KIND DOCUMENT ROUNDS` prints a list of figures, microseconds of CPU for a list and a creation.
 * `direct`: the app alone, with the validator, Hufu's `check` of the two exchanges. `validator`, `guard`: the app alone, and with that one. Each kind has a process of its own: none meets what
 * another made of the objects that they share.
 */
import { loadChecker } from '../../contracts/index.ts';
import { application, backend, handled, validatorOf } from './checker-apps.ts';
import { LISTED, POSTED } from './checker-traffic.ts';
import { costs } from './costs.ts';
import type { Run } from './costs.ts';

const [kind = '', document = '', rounds = '5'] = process.argv.slice(2);
const TURNS = 1_000;

console.log(JSON.stringify(await (kind === 'direct' ? direct() : guarded(kind === 'guard' ? 'guard' : 'validator'))));

async function direct(): Promise<number[]> {
  const checker = await loadChecker([document]);
  const ready = new Map<string, unknown>();
  const once = (text: string): unknown => {
    if (!ready.has(text)) ready.set(text, JSON.parse(text));
    return ready.get(text);
  };
  const check: Run = () => {
    void checker.check(LISTED);
    return checker.check(POSTED);
  };
  return measure([handled(application(once), once), handled(application(JSON.parse, validatorOf(document)), JSON.parse), check]);
}

async function guarded(by: 'validator' | 'guard'): Promise<number[]> {
  const [bare, watched] = await Promise.all([backend(document, 'nothing'), backend(document, by)]);
  const taken = await measure([bare.turn, watched.turn]);
  await watched.end();
  return taken;
}

async function measure(works: readonly Run[]): Promise<number[]> {
  return costs(works, TURNS, Number(rounds));
}
