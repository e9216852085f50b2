import { signal } from '@preact/signals';

export const SCREENS = ['traffic', 'state', 'control', 'coverage'] as const;
export type Screen = (typeof SCREENS)[number];

/** The screen that the address names after `#`: links and the browser's back button work. */
export const screen = signal<Screen>(readScreen());
/** The exchange that is shown in full; `undefined`: none. */
export const selected = signal<number | undefined>(undefined);
/** On a narrow screen the exchange lies over the list. */
export const detailOpen = signal(false);
/** The heading of the next exchange shown takes the focus: what was pressed is gone with the last one. */
export const headingWanted = signal(false);

globalThis.addEventListener('hashchange', () => {
  screen.value = readScreen();
});

export function addressOf(name: Screen): string {
  return `#${name}`;
}

function readScreen(): Screen {
  const name = location.hash.slice(1);
  return SCREENS.find((known) => known === name) ?? 'traffic';
}
