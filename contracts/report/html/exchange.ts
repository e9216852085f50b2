import { markOf } from '../../json-text.ts';
import type { JsonMark } from '../../json-text.ts';
import type { Sample, ShownMessage } from '../../result.ts';
import { placeText } from '../sentence.ts';
import { count, text } from '../text.ts';
import type { Text } from '../text.ts';
import { bodyCode, holdsMark } from './code.ts';
import { curlCommand } from './curl.ts';
import { both, html, short } from './markup.ts';
import type { Html } from './markup.ts';

/** An exchange of a group: request and response side by side, the value that the finding is about highlighted. */
export function exchangeHtml(sample: Sample, index: number): Html {
  const { finding, exchange } = sample;
  const { place, request, response, startedAt } = exchange;
  const marks = { request: markIn('request', sample), response: markIn('response', sample) };
  return html`<details class="exchange" ${index === 0 ? html` open` : undefined}>
    <summary>
      <span class="mono">${short(place.file, 120)} #${place.index}</span
      >${startedAt === undefined ? undefined : html` · <time>${startedAt}</time>`} ·
      <span class="mono">${finding.pointer === undefined ? '' : short(placeText(finding).en, 160)}</span>
    </summary>
    <div class="sides">
      ${messageHtml(text('Request', '请求'), html`<b>${request.method}</b> ${short(request.target, 600)}`, request, marks.request, sample)}
      ${
        response === undefined
          ? html`<section class="message">
              <h5>${both(text('Response', '响应'))}</h5>
              <p class="none">${both(text('none came', '没有响应'))}</p>
            </section>`
          : messageHtml(text('Response', '响应'), html`<b>${response.status}</b>`, response, marks.response, sample)
      }
    </div>
    <details class="curl">
      <summary>curl</summary>
      <div class="copyable">
        <pre tabindex="0"><code>${short(curlCommand(exchange), 12_000)}</code></pre>
        <button type="button" class="copy js-only">${both(text('Copy', '复制'))}</button>
      </div>
    </details>
  </details>`;
}

function markIn(side: 'request' | 'response', { finding }: Sample): JsonMark | undefined {
  return finding.in === side && finding.part === 'body' ? markOf(finding) : undefined;
}

function messageHtml(title: Text, first: Html, message: ShownMessage, mark: JsonMark | undefined, { finding }: Sample): Html {
  const isHere = finding.in === (title.en === 'Request' ? 'request' : 'response');
  const marked =
    isHere && (finding.part === 'header' || finding.part === 'cookie')
      ? finding.part === 'cookie'
        ? 'cookie'
        : finding.name?.toLowerCase()
      : undefined;
  const hitsLine = isHere && (finding.part === 'query' || finding.part === 'path' || finding.part === 'status' || finding.part === 'route');
  return html`<section class="message">
    <h5>${both(title)}</h5>
    <p class="first mono">${hitsLine ? html`<mark class="hit">${first}</mark>` : first}</p>
    ${headersHtml(message, marked, isHere && finding.part === 'media-type')} ${bodyHtml(message, mark)}
  </section>`;
}

function headersHtml({ headers }: ShownMessage, marked: string | undefined, marksType: boolean): Html | undefined {
  if (headers.length === 0) return undefined;
  const isHit = (name: string): boolean => name.toLowerCase() === marked || (marksType && name.toLowerCase() === 'content-type');
  const rows = headers.map(([name, value]) => {
    const content = html`<span class="key">${short(name, 120)}</span>: ${short(value, 400)}`;
    return isHit(name) ? html`<mark class="line hit">${content}</mark>` : html`<span class="line">${content}</span>`;
  });
  const open = headers.some(([name]) => isHit(name));
  return html`<details class="headers" ${open ? html` open` : undefined}>
    <summary>${both(text(`${headers.length} headers`, `${headers.length} 个头`))}</summary>
    <pre tabindex="0"><code>${rows}</code></pre>
  </details>`;
}

function bodyHtml({ body }: ShownMessage, mark: JsonMark | undefined): Html {
  if (body === undefined) return html`<p class="none">${both(text('no body', '无内容'))}</p>`;
  if (body.binary)
    return html`<p class="none">
      ${both(text(`binary, ${count(body.bytes)} bytes`, `二进制，${count(body.bytes)} 字节`))}:
      <span class="mono">${short(body.text, 60)}</span>
    </p>`;
  const notes = [
    ...(body.cut ? [text(`cut: ${count(body.bytes)} bytes in all`, `已截断：共 ${count(body.bytes)} 字节`)] : []),
    ...(mark !== undefined && !holdsMark(body.text, mark)
      ? [text(`the value at ${short(mark.pointer, 200)} is beyond what is shown`, `${short(mark.pointer, 200)} 处的值不在显示范围内`)]
      : []),
  ];
  return html`<pre class="body" tabindex="0">${bodyCode(body.text, mark)}</pre>
    ${notes.map((note) => html`<p class="none">${both(note)}</p>`)}`;
}
