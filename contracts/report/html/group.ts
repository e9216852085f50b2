import type { DocumentExcerpt } from '../../document-place.ts';
import type { CheckResult, Group } from '../../result.ts';
import { documentPlace } from '../document-file.ts';
import { ruleText } from '../rule-texts.ts';
import { placeText, sentence, valueText } from '../sentence.ts';
import { BASELINE_STATES, SEVERITIES, SEVERITY_SYMBOLS, SIDES, baselineState, count, text } from '../text.ts';
import type { Text } from '../text.ts';
import { exchangeHtml } from './exchange.ts';
import { both, html, short } from './markup.ts';
import type { Html, Piece } from './markup.ts';

export interface GroupContext {
  readonly result: CheckResult;
  readonly excerptOf: ((address: string, document?: string) => DocumentExcerpt | undefined) | undefined;
  /** Whether there is still room for whole exchanges. */
  readonly isRich: boolean;
  readonly isOpen: boolean;
}

/** A root cause: what is wrong, whose turn it is, where the document says so, and the exchanges it was seen in. */
export function groupHtml(group: Group, context: GroupContext): Html {
  const { result, isRich, isOpen } = context;
  const state = baselineState(group, result.baseline !== undefined);
  const finding = group.samples[0]?.finding;
  const operation = group.operations[0];
  const called =
    operation === undefined ? (finding === undefined ? '' : `${finding.method} ${finding.path}`) : `${operation.method} ${operation.path}`;
  const more = group.operations.length > 1 ? html` <span class="more">+${group.operations.length - 1}</span>` : undefined;
  const modules = [...new Set(group.operations.map((one) => one.document))].join(' ');
  const rule = ruleText(group.rule);
  return html`<details
    class="group ${group.severity}"
    id="g-${group.id}"
    data-side="${group.side}"
    data-severity="${group.severity}"
    data-state="${state ?? 'none'}"
    data-modules="${modules}"
    ${isOpen ? html` open` : undefined}
  >
    <summary>
      <span class="badge ${group.severity}">${SEVERITY_SYMBOLS[group.severity]} ${both(SEVERITIES[group.severity])}</span>${
        state === undefined ? undefined : html`<span class="badge state ${state}">${both(BASELINE_STATES[state])}</span>`
      }<span class="what"
        ><strong>${both(shortened(headline(group)))}</strong
        ><span class="where"
          ><span class="mono">${short(called, 160)}</span>${more}${finding?.status === undefined ? undefined : html` → ${finding.status}`} ·
          ${both(rule.title)}</span
        ></span
      ><span class="times">×${count(group.count)}</span>
    </summary>
    ${isRich ? richHtml(group, context) : slimHtml(group, result)}
  </details>`;
}

function richHtml(group: Group, context: GroupContext): Html {
  return html`<div class="inside">
      <div class="facts">
        ${facts(group, context)}
        <p class="advice">${both(ruleText(group.rule).explanation)}</p>
      </div>
      ${excerptHtml(group, context)}
    </div>
    ${group.samples.map(exchangeHtml)}`;
}

/** Where there is no room for whole exchanges: the facts in one line, and which exchange shows them. */
function slimHtml(group: Group, result: CheckResult): Html {
  const sample = group.samples[0];
  const finding = sample?.finding;
  const place = documentPlace(group, result);
  const pieces = [
    SIDES[group.side].en,
    ...(finding?.pointer === undefined ? [] : [short(finding.pointer, 120)]),
    ...(finding?.expected === undefined ? [] : [`≠ ${short(valueText(finding.expected), 80)}`]),
    ...(finding?.actual === undefined ? [] : [short(valueText(finding.actual), 80)]),
    ...(place === undefined ? [] : [`${short(place.file, 120)}${place.line === undefined ? '' : `:${place.line}`}`]),
    ...(sample === undefined ? [] : [`${short(sample.exchange.place.file, 120)} #${sample.exchange.place.index}`]),
    group.rule,
  ];
  return html`<p class="none mono">${pieces.join(' · ')}</p>`;
}

/** The sentence, with the name of what it is about where it does not say that itself: `id must be integer`. */
function headline(group: Group): Text {
  const finding = group.samples[0]?.finding;
  const said = sentence(group);
  const subject =
    finding?.property === undefined || finding.code === 'required' ? (finding?.name ?? finding?.pointer?.split('/').at(-1) ?? '') : '';
  const name = /^\d+$/.test(subject) ? (finding?.pointer ?? '') : subject;
  if (name === '' || said.en.includes(name)) return said;
  return { en: `${name} ${said.en}`, zh: `${name} ${said.zh}` };
}

function shortened({ en, zh }: Text): Text {
  return { en: short(en, 300), zh: short(zh, 300) };
}

function facts(group: Group, { result }: GroupContext): Html {
  const finding = group.samples[0]?.finding;
  const place = documentPlace(group, result);
  const rows: [Text, Piece][] = [[text('must act', '责任方'), both(SIDES[group.side])]];
  if (finding !== undefined && (finding.part !== undefined || finding.pointer !== undefined))
    rows.push([text('place', '位置'), html`<code>${both(shortened(placeText(finding)))}</code>`]);
  if (finding?.expected !== undefined)
    rows.push([text('expected', '应为'), html`<code class="good">${valueText(finding.expected)}</code>`]);
  if (finding?.actual !== undefined) rows.push([text('found', '实为'), html`<code class="bad">${valueText(finding.actual)}</code>`]);
  if (place !== undefined)
    rows.push([
      text('document', '文档'),
      html`<code>${short(place.file, 200)}${place.line === undefined ? undefined : html`:${place.line}`}</code>
        <code class="pointer">${short(group.document?.replace(/^.*?#/s, '#') ?? '', 300)}</code>`,
    ]);
  if (group.operations.length > 1)
    rows.push([
      text('operations', '接口'),
      html`<ul>
        ${group.operations.map((one) => html`<li><code>${one.method} ${short(one.path, 160)}</code></li>`)}
      </ul>`,
    ]);
  for (const because of finding?.because?.slice(0, 3) ?? [])
    rows.push([text('because of', '依据'), html`<code>${short(because.file, 120)} #${because.index}</code>`]);
  rows.push([text('rule', '规则'), html`<code>${group.rule}</code> <code class="pointer">${group.id}</code>`]);
  return html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<dt>${both(name)}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

function excerptHtml(group: Group, { excerptOf }: GroupContext): Html | undefined {
  const excerpt = group.document === undefined ? undefined : excerptOf?.(group.document, group.operations[0]?.document);
  if (excerpt === undefined) return undefined;
  const lines = excerpt.lines.map((line, index) => {
    const number = excerpt.first + index;
    const content = html`<span class="number">${number}</span>${short(line, 400)}`;
    return number === excerpt.line ? html`<mark class="line rule">${content}</mark>` : html`<span class="line">${content}</span>`;
  });
  return html`<figure class="excerpt">
    <figcaption>
      ${both(text('What the document says', '文档中的规定'))} · <span class="mono">${short(excerpt.file, 200)}:${excerpt.line}</span>
    </figcaption>
    <pre tabindex="0"><code>${lines}</code></pre>
  </figure>`;
}
