import type { JSX } from 'preact';
import { FaultsPanel } from './faults-panel.tsx';
import { ForcedPanel } from './forced-panel.tsx';

/** What makes answers other than they would be: wanted answers, and faults. */
export function Control(): JSX.Element {
  return (
    <div class="columns">
      <ForcedPanel />
      <FaultsPanel />
    </div>
  );
}
