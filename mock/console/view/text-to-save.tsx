import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../language.ts';
import type { FileText } from '../override-text.ts';
import { CopyButton } from './copy-button.tsx';
import { saveFile } from './save-file.ts';

interface TextProps {
  readonly title: string;
  /** What becomes of it. */
  readonly hint: string;
  readonly file: FileText;
}

/** A file of the workspace to be: shown whole, to be copied or downloaded. The console itself writes nothing. */
export function TextToSave({ title, hint, file: { place, name, text } }: TextProps): JSX.Element {
  const box = useRef<HTMLTextAreaElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="to-save" aria-label={title}>
      <h2 ref={heading} tabIndex={-1}>
        {title} <code class="place">{place}</code>
      </h2>
      <p class="quiet">{hint}</p>
      <textarea
        ref={box}
        class="code"
        readOnly
        rows={Math.min(18, text.split('\n').length)}
        spellcheck={false}
        aria-label={place}
        value={text}
      />
      <div class="buttons">
        <CopyButton text={text} onRefused={() => box.current?.select()}>
          {t('Copy', '复制')}
        </CopyButton>
        <button type="button" onClick={() => saveFile(name, new Blob([text], { type: 'text/plain' }))}>
          {t('Download', '下载')}
        </button>
      </div>
    </section>
  );
}
