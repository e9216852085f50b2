import type { Judged } from '../judged.ts';
import type { Link } from './link.ts';
import type { Site } from './site.ts';

/** What was recorded, judged as it stands there: the other half of a comparison. */
export interface Planned {
  /** Its number in the plan, in the order of the recordings. */
  readonly number: number;
  readonly judged: Judged;
  /** Values that come from earlier answers. */
  readonly links: readonly Link[];
  /** Values that are given: credentials, values made fresh. The text that is sent, by site. */
  readonly given: readonly { readonly site: Site; readonly text: string }[];
  /** Header fields that the recording has lost and a secret stands for. */
  readonly headers: Readonly<Record<string, string>>;
  /** It works with rows whose keys the target made in this replay, or with none: other rows may differ on the target. */
  readonly subject: 'own' | 'foreign' | 'none';
  /** Set where it is not sent, and why. */
  readonly aside: string | undefined;
}

/** Exchanges and how their values hang together. */
export interface Plan {
  readonly exchanges: readonly Planned[];
  readonly links: readonly Link[];
  /** Numbers of exchanges that depend on each other, in recorded order; chains in the order of their first. */
  readonly chains: readonly (readonly number[])[];
  /** Credentials that the recording hides and nobody gave. */
  readonly missing: readonly MissingCredential[];
  /** How many credentials were given. */
  readonly credentials: number;
  /** Keys of rows that were made in the recordings, by file: rows with others were there before. */
  readonly ownKeys: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether a client sent the text before any server did. */
  readonly isFromClient: (file: string, text: string) => boolean;
}

export interface MissingCredential {
  readonly pseudonym: string;
  /** As people read it: `password of issueToken`. */
  readonly what: string;
  /** Names in the environment, any of which gives it. */
  readonly environment: readonly string[];
  /** Where in a secrets file: `fields.password`. */
  readonly file: string;
  readonly places: readonly { readonly file: string; readonly index: number }[];
}

/** The credentials that the chosen exchanges need and nobody gave. */
export function missingFor({ missing, exchanges }: Plan, chosen: ReadonlySet<number>): readonly MissingCredential[] {
  if (missing.length === 0) return missing;
  const places = new Set<string>();
  for (const { number, judged } of exchanges) if (chosen.has(number)) places.add(placeKey(judged.exchange.place));
  return missing.filter((one) => one.places.some((place) => places.has(placeKey(place))));
}

function placeKey({ file, index }: { readonly file: string; readonly index: number }): string {
  return `${index} ${file}`;
}
