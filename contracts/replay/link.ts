import type { ResponsePlace, Site } from './site.ts';

/**
 * Why a value of a request is taken from an earlier answer, the strongest reason first: `security`: a security scheme or a token operation; `state-key`: the key of a
 * row; `document-link`: a Link Object; `name`: the same name in the same document, a cookie set before; `value`: nothing but that the values are equal and too long for an accident.
 */
export type LinkRule = 'security' | 'state-key' | 'document-link' | 'name' | 'value';

export const LINK_RULES: readonly LinkRule[] = ['security', 'state-key', 'document-link', 'name', 'value'];

/** A value that the server made and the client sends. Exchanges by their number in the plan. */
export interface Link {
  readonly rule: LinkRule;
  readonly from: { readonly exchange: number; readonly place: ResponsePlace };
  readonly to: { readonly exchange: number; readonly site: Site };
  /** A sentence in English and one in Chinese. */
  readonly reason: Reason;
}

export interface Reason {
  readonly en: string;
  readonly zh: string;
}
