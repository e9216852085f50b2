/** HTML as a value of its own: what is put into a template is text and is escaped, unless it was made by a template itself. */
export interface Html {
  readonly html: string;
}

export type Content = string | number | Html | undefined | false | readonly Content[];

/** `` html`<p>${anything}</p>` ``: the only way to make HTML here, besides {@link trusted}. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  const texts = flush(parts);
  let out = texts[0] ?? '';
  for (const [index, value] of values.entries()) out += markup(value) + (texts[index + 1] ?? '');
  return { html: out };
}

const flushed = new WeakMap<TemplateStringsArray, readonly string[]>();

/** A template's own text without the indentation that is for readers of the source; a line break stays one. Done once for each template. */
function flush(parts: TemplateStringsArray): readonly string[] {
  let texts = flushed.get(parts);
  if (texts === undefined) {
    texts = parts.map((part) => part.replace(/\s*\n\s*/g, '\n'));
    flushed.set(parts, texts);
  }
  return texts;
}

/** HTML that was made elsewhere: by the CommonMark renderer, which escapes what it is given, or from the site's own files. */
export function trusted(markup: string): Html {
  return { html: markup };
}

function markup(value: Content): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((item: Content) => markup(item)).join('');
  return (value as Html).html;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for element content and quoted attributes. */
export function escape(value: string): string {
  return value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
