import type { ObservedResponse } from './observation.ts';
import { observedFile } from './observed-file.ts';
import { match } from './match.ts';
import type { MatchPlace, ToldList } from './match.ts';
import { matchHeaders } from './match-headers.ts';

const DEFAULT_OUT = { rows: '$rows', total: '$total' };

/** Holds the templates of an operation against the answer of an accepted request: envelope, data, pager, row. */
export function matchAnswer(place: MatchPlace): void {
  const { trial } = place;
  const { plan } = trial;
  const { data } = plan.given;
  const inner = (actual: unknown, pointer: string): void => {
    if (plan.verb === 'list') {
      if (plan.pager !== undefined) match(plan.pager['out'] ?? DEFAULT_OUT, actual, place, pointer);
      else if (place.told !== undefined) place.told.rows = { value: actual, pointer };
    } else match(plan.given['show'] ?? '$row', actual, place, pointer);
  };
  const outer = (actual: unknown, pointer: string): void => {
    if (data === undefined) inner(actual, pointer);
    else match(data, actual, { ...place, onData: inner }, pointer);
  };
  if (plan.given['bytes'] !== undefined) {
    matchBytes(place);
    return;
  }
  match(plan.hasData ? plan.envelope.ok : plan.envelope.okNoData, trial.observation.response?.body, { ...place, onData: outer }, '');
  matchHeaders(trial, place);
}

/** An answer that is a file: its bytes by their number and their hash, and its headers. */
function matchBytes(place: MatchPlace): void {
  const { trial } = place;
  const { response } = trial.observation;
  // A part of a file (RFC 9110 section 15.3.7) is not the file, nor is what a recording has lost.
  if (response?.bytes === undefined || response.status !== 200 || isLost(response)) return;
  const file = { fileName: undefined, contentType: '', content: response.bytes };
  match(trial.plan.given['bytes'], observedFile(file, 'sha256'), place, '');
  matchHeaders(trial, place);
}

function isLost({ bytes, headers }: ObservedResponse): boolean {
  return bytes?.length === 0 && headers['content-length'] !== undefined && headers['content-length'] !== '0';
}

export function newList(): ToldList {
  return { page: new Map() };
}
