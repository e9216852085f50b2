import type { Language } from '../operations/index.ts';
import { say } from './language.ts';

/** Shows how far long work is: one line of standard error that is written over and over. Nothing where standard error is no terminal. */
export interface ProgressBar {
  readonly show: (done: number, total: number, text: string) => void;
  /** Takes the line away. */
  readonly clear: () => void;
}

const WIDTH = 24;

export function createProgressBar(language: Language, stream: NodeJS.WriteStream = process.stderr): ProgressBar {
  // A log is no place for a line that moves.
  if (!stream.isTTY || process.env['TERM'] === 'dumb' || process.env['CI'] !== undefined) return { show: () => {}, clear: () => {} };
  const start = performance.now();
  let shown = false;
  return {
    show(done, total, text) {
      const share = total > 0 ? Math.min(1, done / total) : undefined;
      const bar = share === undefined ? '' : `${'█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░')} ${Math.floor(share * 100)}% `;
      const left =
        share === undefined || share < 0.02 ? '' : ` · ${remaining(((performance.now() - start) * (1 - share)) / share, language)}`;
      stream.write(`\r\u001b[2K${`${bar}${text}${left}`.slice(0, Math.max(20, stream.columns - 1))}`);
      shown = true;
    },
    clear() {
      if (shown) stream.write('\r\u001b[2K');
      shown = false;
    },
  };
}

function remaining(milliseconds: number, language: Language): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const text = seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return say(language, `${text} left`, `约剩 ${text}`);
}
