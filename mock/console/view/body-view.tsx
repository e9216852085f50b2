import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Body, Violation } from '../exchange.ts';
import { jsonLines, lineText, parseJson } from '../json.ts';
import type { JsonLine } from '../json.ts';
import { language, t } from '../language.ts';

const FIRST_LINES = 400;

interface BodyProps {
  readonly label: string;
  readonly body: Body;
  readonly contentType: string;
  readonly violations: readonly Violation[];
}

/** A body as text; JSON in lines, those marked that a violation points at. */
export function BodyView({ label, body, contentType, violations }: BodyProps): JSX.Element {
  const all = useSignal(false);
  const lines = useMemo(() => linesOf(body), [body]);
  const size = t(`${body.size} bytes`, `${body.size} 字节`);
  const note = body.truncated === true ? t(`${size}, only the beginning is shown`, `${size}，仅显示开头`) : size;
  if (lines === undefined) {
    const isText = body.encoding === 'utf-8';
    return (
      <>
        <p class="quiet">
          {contentType} · {note}
          {isText ? '' : t(' · not text, shown as base64', ' · 非文本，以 base64 显示')}
        </p>
        <pre tabIndex={0} aria-label={label}>
          {body.text}
        </pre>
      </>
    );
  }
  const marks = marksOf(lines, violations);
  const beyond = lines.length - FIRST_LINES;
  const lastMark = Math.max(-1, ...marks.keys());
  const drawn = all.value ? lines : lines.slice(0, Math.max(FIRST_LINES, lastMark + 20));
  return (
    <>
      <p class="quiet">
        {contentType} · {note}
      </p>
      <pre class="json" tabIndex={0} aria-label={label}>
        {drawn.map((line, index) => (
          <Line key={index} line={line} violation={marks.get(index)} />
        ))}
      </pre>
      {beyond > 0 && !all.value && (
        <button type="button" onClick={() => (all.value = true)}>
          {t(`Show all ${lines.length} lines`, `显示全部 ${lines.length} 行`)}
        </button>
      )}
    </>
  );
}

function Line({ line, violation }: { readonly line: JsonLine; readonly violation: Violation | undefined }): JSX.Element {
  if (violation !== undefined) {
    const told = language.value === 'zh' ? (violation.chinese ?? violation.message) : violation.message;
    return (
      <mark class={violation.severity} title={told}>
        {lineText(line)}
        <span class="told"> ← {told}</span>
        {'\n'}
      </mark>
    );
  }
  return (
    <span class="line">
      {'  '.repeat(line.depth)}
      {line.name !== undefined && <span class="name">{line.name}</span>}
      {line.name !== undefined && ': '}
      <span class={line.kind}>{line.text}</span>
      {line.comma ? ',' : ''}
      {'\n'}
    </span>
  );
}

/** `undefined`: no JSON, or nested deeper than can be shown in lines. */
function linesOf({ encoding, text, truncated }: Body): JsonLine[] | undefined {
  if (encoding !== 'utf-8' || truncated === true || !/^\s*[[{"\d\-tfn]/.test(text)) return undefined;
  try {
    return jsonLines(parseJson(text));
  } catch {
    return undefined;
  }
}

/** Which lines violations point at; the nearest line above where what they point at is not there. */
function marksOf(lines: readonly JsonLine[], violations: readonly Violation[]): Map<number, Violation> {
  const byPointer = new Map<string, number>();
  for (const [index, line] of lines.entries()) if (line.kind !== 'close') byPointer.set(line.pointer, index);
  const marks = new Map<number, Violation>();
  for (const violation of violations) {
    if (violation.part !== 'body') continue;
    let pointer = violation.pointer;
    while (pointer !== '' && !byPointer.has(pointer)) pointer = pointer.slice(0, pointer.lastIndexOf('/'));
    const index = byPointer.get(pointer);
    if (index !== undefined && !marks.has(index)) marks.set(index, violation);
  }
  return marks;
}
