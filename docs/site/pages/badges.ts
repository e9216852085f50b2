import { html } from '../html.ts';
import type { Content, Html } from '../html.ts';
import type { OperationEntry } from '../model.ts';
import { say } from './page.ts';
import type { PageContext } from './page.ts';

export function methodMark(method: string): Html {
  return html`<span class="method m-${method.toLowerCase()}">${method}</span>`;
}

/** What was proved about an operation: its examples, and with a check report the recorded traffic. */
export function badges(context: PageContext, entry: OperationEntry): Content {
  const { valid, judged } = entry.view().examples;
  const marks: Content[] = [];
  if (judged > 0) {
    marks.push(
      valid === judged
        ? html`<span class="badge good">✓ ${say(context, `${judged} 个示例均已按契约校验`, `${judged} examples validated`)}</span>`
        : html`<span class="badge poor"
            >${say(context, `${valid}/${judged} 个示例通过校验`, `${valid} of ${judged} examples valid`)}</span
          >`,
    );
  }
  const { conformance } = entry;
  if (conformance !== undefined && conformance.exchanges > 0) {
    const { exchanges, covered, cells, errors } = conformance;
    const share = cells === 0 ? '' : ` ${covered}/${cells}`;
    marks.push(
      html`<span class="badge"
        >${say(context, `录制流量覆盖${share}（${exchanges} 次调用）`, `covered by recorded traffic${share} (${exchanges} exchanges)`)}</span
      >`,
    );
    marks.push(
      errors === 0
        ? html`<span class="badge good">✓ ${say(context, '后端符合契约', 'backend conforms')}</span>`
        : html`<span class="badge poor">${say(context, `后端有 ${errors} 处偏差`, `backend deviates in ${errors} places`)}</span>`,
    );
  } else if (context.model.hasReport) {
    marks.push(html`<span class="badge">${say(context, '录制流量尚未覆盖', 'not covered by recorded traffic')}</span>`);
  }
  return marks.length === 0 ? undefined : html`<p class="badges">${marks}</p>`;
}
