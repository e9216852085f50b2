import type { Answer } from '../drive/client.ts';
import type { Ride } from '../drive/ride.ts';

/** A few requests and what came of them: one value that is another one where the defect is. */
export type Probe = (ride: Ride & { readonly token: string }) => Promise<unknown>;

/** What an answer says, without its date. */
export function told({ status, headers, bytes }: Answer): object {
  const { date: _date, ...shown } = Object.fromEntries(headers);
  return { status, shown, text: bytes.toString('latin1') };
}
