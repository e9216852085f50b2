import { setTimeout as sleep } from 'node:timers/promises';
import { send } from '../conformance/send.ts';
import { startMock } from '../mock-process.ts';
import { rowsOf } from './consistency.ts';

/** An hour of the mock takes five seconds: under load a session that is used still is so a hundred times in it. */
const TIMES = 720;
const HOUR_MS = 3_600_000 / TIMES;
const LEFT = 200;
const TIE = 'tie/tie';

/**
 * Sessions that nobody used for an hour go, with all that they remember; those that are used stay, and so does the default one. On a mock of its own whose clock is hurried.
 * @param times how much faster its clock goes; with 1 no session grows old, which is told.
 */
export async function ageFlaws(times: number = TIMES): Promise<string[]> {
  const template = `env HURRIED=${times} {node} --import ./scripts/soak/hurried-clock.ts cli/main.js mock -p {port} --no-watch --quiet`;
  const mock = await startMock({ template, doc: '' });
  if (mock.kind === 'refused') return [`the mock with a hurried clock did not start: ${mock.reason}`];
  const { port } = mock;
  try {
    const left = Array.from({ length: LEFT }, (_, index) => `left-${index}`);
    for (const session of ['default', 'used', ...left]) await remember(port, session);
    // Twice the age, and a bit for the last ones.
    for (const end = performance.now() + 2.2 * HOUR_MS; performance.now() < end; await sleep(HOUR_MS / 100)) await look(port, 'used');
    const names = await sessionNames(port);
    const flaws: string[] = [];
    const old = left.filter((name) => names.includes(name));
    if (old.length > 0) flaws.push(`${old.length} of ${LEFT} sessions are there two hours after they were used, such as ${String(old[0])}`);
    for (const name of ['default', 'used']) if (!(await remembers(port, name))) flaws.push(`the session ${name} has forgotten its row`);
    // The name is free: whoever uses it begins anew.
    if (await remembers(port, 'left-0')) flaws.push('a session that was too old came back with its row');
    return flaws;
  } finally {
    await mock.stop();
  }
}

const HEADERS = { 'content-type': 'application/json' };
const BRIEF = 'remembered by the soak';

async function remember(port: number, session: string): Promise<void> {
  const tie = { uid: 7, title: 'x', img: 'https://example.com/a.jpg', brief: BRIEF, link: 'https://example.com/t' };
  await post(port, '/tie/saveOrUpdate.json', session, tie);
}

async function look(port: number, session: string): Promise<void> {
  await post(port, '/tie/list.json', session, { uid: 7 });
}

async function post(port: number, path: string, session: string, body: object): Promise<void> {
  const headers = { ...HEADERS, 'x-hufu-session': session };
  const sent = await send(port, { kind: 'request', method: 'POST', path, headers, body: Buffer.from(JSON.stringify(body)) }, 15_000);
  if (sent.kind !== 'answer' || sent.answer.status !== 200) throw new Error(`${path} of ${session} was not answered`);
}

async function remembers(port: number, session: string): Promise<boolean> {
  return (await rowsOf(port, session))[TIE]?.some((row) => row['brief'] === BRIEF) === true;
}

async function sessionNames(port: number): Promise<string[]> {
  const sent = await send(port, { kind: 'request', method: 'GET', path: '/__hufu/sessions', headers: {}, body: undefined }, 15_000);
  if (sent.kind !== 'answer') throw new Error('the sessions can not be listed');
  return (JSON.parse(sent.answer.body.toString()) as { name: string }[]).map(({ name }) => name);
}
