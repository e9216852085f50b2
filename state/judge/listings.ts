import type { KnownRow } from './knowledge.ts';

/** The pages of one listing that were seen while nothing changed. */
export interface Listing {
  /** What the collection had gone through when its first page was asked for. */
  readonly version: number;
  /** When the first page was asked for. */
  readonly started: number;
  readonly size: number | undefined;
  /** The place of each row in the whole, by its key, and the exchange that showed it. */
  readonly rows: Map<string, { readonly place: number; readonly by: number }>;
  /** Where each page begins, with the number of its rows. */
  readonly pages: Map<number, { readonly count: number; readonly by: number }>;
  /** Rows that were surely there before the listing began, and surely fit. */
  readonly expected: readonly KnownRow[];
  total: { readonly value: number; readonly by: number } | undefined;
}

export interface Listings {
  readonly get: (name: string) => Listing | undefined;
  readonly put: (name: string, listing: Listing) => void;
  readonly clear: () => void;
  readonly size: () => number;
}

export function createListings(most: number): Listings {
  const listings = new Map<string, Listing>();
  return {
    get: (name) => listings.get(name),
    put(name, listing) {
      listings.delete(name);
      listings.set(name, listing);
      if (listings.size <= most) return;
      for (const oldest of listings.keys()) {
        listings.delete(oldest);
        break;
      }
    },
    clear: () => listings.clear(),
    size: () => listings.size,
  };
}
