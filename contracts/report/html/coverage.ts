import type { OperationName } from '../../finding.ts';
import type { Cell, CheckResult, OperationCoverage } from '../../result.ts';
import { modulesOf } from '../figures.ts';
import { CELL_KINDS, count, inLanguage, percent, text } from '../text.ts';
import type { Text } from '../text.ts';
import { failingFirst } from '../verdict.ts';
import { barHtml } from './header.ts';
import { both, html, short } from './markup.ts';
import type { Html } from './markup.ts';

type SummaryOf = ((operation: OperationName) => string | undefined) | undefined;

/** Operations shown one by one. */
const MAX_TILES = 2_000;
/** Cells listed one by one, in the whole page; beyond them operations are only counted. */
const MAX_CELLS = 6_000;

/** Documents by operations: a tile says by text, symbol and colour what became of an operation. */
export function heatMapHtml(result: CheckResult, summaryOf: SummaryOf): Html {
  let tiles = 0;
  // A failing tile leads to what is wrong, any other to what was seen.
  const findings = new Map<string, string>();
  for (const group of failingFirst(result.groups))
    for (const operation of group.operations)
      if (group.severity === 'error' && !findings.has(keyOf(operation))) findings.set(keyOf(operation), group.id);
  const rows = modulesOf(result)
    .filter((module) => module.operations.length > 0)
    .map((module) => {
      const room = Math.max(0, MAX_TILES - tiles);
      tiles += module.operations.length;
      const share = percent(module.covered, module.cells);
      const left = module.operations.length - room;
      return html`<div class="module">
        <h3 title="${module.name}">${short(module.title, 80)}<small>${module.name} · ${share === undefined ? '–' : `${share}%`}</small></h3>
        <ul class="tiles">
          ${module.operations.slice(0, room).map((operation) => tileHtml(operation, findings.get(keyOf(operation)), summaryOf))}${left > 0 ? html`<li class="none">${both(text(`and ${count(left)} more`, `另有 ${count(left)} 个`))}</li>` : undefined}
        </ul>
      </div>`;
    });
  const strays = result.groups.filter((group) => group.operations.length === 0 && group.samples.length > 0).slice(0, 40);
  const stray =
    strays.length === 0
      ? undefined
      : html`<div class="module stray">
          <h3>
            ${both(text('In no document', '文档之外'))}<small>${both(text('called, but not described', '有调用，但没有描述'))}</small>
          </h3>
          <ul class="tiles">
            ${strays.map((group) => {
              const finding = group.samples[0]?.finding;
              return html`<li>
                <a class="tile wrong" href="#g-${group.id}"
                  ><span class="method">${finding?.method ?? ''}</span><span class="name">${short(finding?.path ?? '', 80)}</span
                  ><span class="share">? ${count(group.count)}</span></a
                >
              </li>`;
            })}
          </ul>
        </div>`;
  return html`<section id="map">
    <h2>${both(text('Coverage by operation', '接口覆盖图'))}</h2>
    <p class="legend">
      <span class="key-full">✓ ${both(text('everything seen', '全部覆盖'))}</span
      ><span class="key-partly">◐ ${both(text('partly', '部分覆盖'))}</span
      ><span class="key-wrong">✕ ${both(text('failing exchanges', '出错次数'))}</span
      ><span class="key-untouched">○ ${both(text('never called', '从未调用'))}</span>
    </p>
    ${rows}${stray}
  </section>`;
}

function keyOf(operation: OperationName): string {
  return `${operation.document} ${operation.id}`;
}

function tileHtml(operation: OperationCoverage, finding: string | undefined, summaryOf: SummaryOf): Html {
  const state = stateOf(operation);
  const share: Text =
    state === 'wrong'
      ? text(`✕ ${count(operation.failing)}`, `✕ ${count(operation.failing)}`)
      : state === 'untouched'
        ? text('○ never called', '○ 未调用')
        : text(
            `${state === 'full' ? '✓' : '◐'} ${percent(operation.covered, operation.cells) ?? 100}%`,
            `${state === 'full' ? '✓' : '◐'} ${percent(operation.covered, operation.cells) ?? 100}%`,
          );
  return html`<li>
    <a
      class="tile ${state}"
      href="#${finding === undefined ? anchor(operation) : `g-${finding}`}"
      title="${operation.method} ${short(operation.path, 200)}"
      ><span class="method">${operation.method}</span><span class="name">${both(nameOf(operation, summaryOf))}</span
      ><span class="share">${both(share)}</span></a
    >
  </li>`;
}

function stateOf(operation: OperationCoverage): 'wrong' | 'untouched' | 'full' | 'partly' {
  if (operation.failing > 0) return 'wrong';
  if (operation.exchanges === 0) return 'untouched';
  return operation.covered === operation.cells ? 'full' : 'partly';
}

function nameOf(operation: OperationName, summaryOf: SummaryOf): Text {
  const summary = summaryOf?.(operation);
  if (summary === undefined) return text(operation.id, operation.id);
  return { en: short(inLanguage(summary, 'en'), 80), zh: short(inLanguage(summary, 'zh'), 80) };
}

function anchor(operation: OperationName): string {
  return `op-${operation.document}-${operation.id}`.replaceAll(
    /[^\w-]/g,
    (character) => `.${character.codePointAt(0)?.toString(16) ?? ''}`,
  );
}

/** Every operation with everything the document says can happen, and whether it did. */
export function coverageHtml(result: CheckResult, summaryOf: SummaryOf): Html {
  let cells = 0;
  let listed = 0;
  const modules = modulesOf(result).map((module) => {
    const room = Math.max(0, MAX_TILES - listed);
    listed += module.operations.length;
    const rows = module.operations.slice(0, room).map((operation) => {
      cells += operation.list.length;
      return operationHtml(operation, cells <= MAX_CELLS, summaryOf);
    });
    const left = module.operations.length - rows.length;
    const share = percent(module.covered, module.cells);
    return html`<details class="coverage">
      <summary>
        <strong>${short(module.title, 120)}</strong><span class="grow">${barHtml(module.covered, 0, module.cells)}</span
        ><span class="times">${share === undefined ? '–' : `${share}%`} · ${count(module.covered)} / ${count(module.cells)}</span>
      </summary>
      ${rows}${left > 0 ? html`<p class="operation none">${both(text(`and ${count(left)} more, see the JSON report`, `另有 ${count(left)} 个，见 JSON 报告`))}</p>` : undefined}
    </details>`;
  });
  return html`<section id="coverage">
    <h2>${both(text('Coverage in detail', '覆盖明细'))}</h2>
    ${modules}
  </section>`;
}

function operationHtml(operation: OperationCoverage, isListed: boolean, summaryOf: SummaryOf): Html {
  const kinds = [...new Set(operation.list.map((cell) => cell.kind))];
  const name = nameOf(operation, summaryOf);
  const list = isListed
    ? kinds.map(
        (kind) =>
          html`<dt>${both(CELL_KINDS[kind])}</dt>
            <dd>${operation.list.filter((cell) => cell.kind === kind).map(cellHtml)}</dd>`,
      )
    : undefined;
  return html`<section class="operation" id="${anchor(operation)}">
    <h4>
      <span class="method">${operation.method}</span> <code>${short(operation.path, 200)}</code>
      <span class="soft">${name.en === operation.id ? undefined : both(name)}</span
      ><span class="times"
        >${both(text(`${count(operation.exchanges)} exchanges, ${count(operation.failing)} failing, ${count(operation.covered)} / ${count(operation.cells)} covered`, `${count(operation.exchanges)} 次交换，${count(operation.failing)} 次出错，覆盖 ${count(operation.covered)} / ${count(operation.cells)}`))}</span
      >
    </h4>
    ${list === undefined ? undefined : html`<dl class="cells">${list}</dl>`}
  </section>`;
}

function cellHtml(cell: Cell): Html {
  const [state, symbol] =
    cell.ok > 0 ? (['full', '✓'] as const) : cell.failing > 0 ? (['wrong', '✕'] as const) : (['untouched', '○'] as const);
  const times = cell.ok + cell.failing;
  return html`<span class="cell ${state}"
    >${symbol} ${short(cell.name, 80)}${times > 0 ? html` <small>${count(times)}</small>` : undefined}</span
  > `;
}
