import type { JSX } from 'preact';
import type { Place } from '../exchange.ts';

/** `openapi/tie.yaml:120`, as editors and terminals open it. */
export function PlaceText({ place: { file, line } }: { readonly place: Place }): JSX.Element {
  return <code class="place">{line === undefined ? file : `${file}:${line}`}</code>;
}
