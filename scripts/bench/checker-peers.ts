import { join } from 'node:path';
import { measureProcess } from './checker-process.ts';
import { figure, median } from './report.ts';
import type { Row } from './report.ts';

const PEER = join(import.meta.dirname, 'checker-peer.ts');
/** What the engine makes of a peer's code differs from process to process by a third: the middle one of some tells what the next run confirms. */
const PROCESSES = 5;
const ROUNDS = 11;

/**
 * express-openapi-validator in process, by the middle one of several fresh processes. It runs nowhere but in an Express app: that app is counted to it in the first row and taken off in the
 * second, where Hufu judges the same exchanges without an app. In the third both stand in the same app with a body parser, Hufu as its guard, and each is counted less that app.
 */
export async function againstValidator(document: string, folder: string, processes = PROCESSES): Promise<Row[]> {
  const [inApp, lessApp, guards]: [Pair[], Pair[], Pair[]] = [[], [], []];
  for (let at = 0; at < processes; at += 1) {
    const [bare, validator, check] = await figuresOf('direct', document, folder);
    inApp.push([validator, check]);
    lessApp.push([validator - bare, check]);
    const [alone, validated] = await figuresOf('validator', document, folder);
    const [free, guarded] = await figuresOf('guard', document, folder);
    guards.push([validated - alone, guarded - free]);
  }
  return [
    row('in the Express app it needs, check() without one', inApp),
    row('less that app, check() without one', lessApp),
    row('both as middlewares of one app, less that app', guards),
  ];
}

/** The peer's figure and ours. */
type Pair = readonly [peer: number, ours: number];

async function figuresOf(kind: string, document: string, folder: string): Promise<readonly [number, number, number]> {
  const { out } = await measureProcess(PEER, [kind, document, String(ROUNDS)], folder);
  const [first = Number.NaN, second = Number.NaN, third = Number.NaN] = JSON.parse(out) as number[];
  return [first, second, third];
}

function row(name: string, pairs: readonly Pair[]): Row {
  const ratios = pairs.map(([peer, ours]) => peer / ours);
  const peer = median(pairs.map(([figure]) => figure));
  const ours = median(pairs.map(([, figure]) => figure));
  return [name, figure(peer), figure(ours), figure(median(ratios)), `${figure(Math.min(...ratios))} to ${figure(Math.max(...ratios))}`];
}
