import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { t } from '../language.ts';

interface CopyProps {
  readonly text: string;
  /** What the button says before. */
  readonly children: string;
  /** Told when the page may not write the clipboard: one that is not served securely may not. */
  readonly onRefused: () => void;
}

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, children, onRefused }: CopyProps): JSX.Element {
  const copied = useSignal('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      copied.value = text;
    } catch {
      onRefused();
    }
  };
  return (
    <button type="button" onClick={() => void copy()}>
      {copied.value === text ? t('Copied', '已复制') : children}
    </button>
  );
}
