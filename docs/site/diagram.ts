/**
 * A status machine as SVG: states in columns by their distance from the first one, moves as curves. Only presentation attributes and classes, so that
 * a page's policy may refuse inline styles; colours come from the page.
 */
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { MachineView } from './state-view.ts';

type Language = 'zh' | 'en';

interface Box {
  readonly name: string;
  readonly label: string;
  readonly column: number;
  readonly row: number;
  /** How many boxes its column has. */
  readonly rows: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const COLUMN_GAP = 72;
const ROW_GAP = 26;
const MARGIN = 10;
/** How far a curve that passes by other states leans out, for each column that it crosses. */
const LEAN = 34;

/** @param id a name that no other diagram of the page has. */
export function machineDiagram(machine: MachineView, language: Language, id: string, title: string): Html {
  const boxes = place(machine, language);
  const byName = new Map(boxes.map((box) => [box.name, box]));
  const edges = machine.moves.flatMap(({ from, to, timed }) => {
    const [start, end] = [byName.get(from), byName.get(to)];
    return start === undefined || end === undefined ? [] : [{ ...curve(start, end), timed: timed !== undefined }];
  });
  const initial = machine.initial === undefined ? undefined : byName.get(machine.initial);
  const left = Math.min(0, ...edges.map(({ left: x }) => x)) - MARGIN - (initial === undefined ? 0 : 24);
  const top = Math.min(0, ...edges.map(({ top: y }) => y)) - MARGIN;
  const right = Math.max(...boxes.map(({ x, width }) => x + width), ...edges.map(({ right: x }) => x)) + MARGIN;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height), ...edges.map(({ bottom: y }) => y)) + MARGIN;
  const [width, height] = [Math.ceil(right - left), Math.ceil(bottom - top)];
  return html`<svg
    class="machine"
    role="img"
    aria-label="${title}"
    viewBox="${Math.floor(left)} ${Math.floor(top)} ${width} ${height}"
    width="${width}"
    height="${height}"
  >
    <defs>
      <marker id="${id}-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse">
        <path class="tip" d="M0 0L8 4L0 8z" />
      </marker>
    </defs>
    ${initial === undefined ? undefined : html`<circle class="start" cx="${initial.x - 26}" cy="${initial.y + initial.height / 2}" r="5" /><path class="move" d="M${initial.x - 21} ${initial.y + initial.height / 2}H${initial.x - 2}" marker-end="url(#${id}-arrow)" />`}
    ${edges.map(({ path, timed }) => html`<path class="${timed ? 'move timed' : 'move'}" d="${path}" marker-end="url(#${id}-arrow)" />`)}
    ${boxes.map((box) => drawBox(box))}
  </svg>`;
}

function drawBox({ name, label, x, y, width, height }: Box): Html {
  const middle = x + width / 2;
  return html`<rect class="state" x="${x}" y="${y}" width="${width}" height="${height}" rx="8" /><text
      class="name"
      x="${middle}"
      y="${label === '' ? y + height / 2 + 4 : y + 19}"
      text-anchor="middle"
      >${name}</text
    >${label === '' ? undefined : html`<text class="label" x="${middle}" y="${y + 36}" text-anchor="middle">${label}</text>`}`;
}

/** Columns by the shortest way from the first state; states that nothing leads to begin a way of their own. */
function place(machine: MachineView, language: Language): Box[] {
  const columns = columnsOf(machine);
  const groups: { name: string; label: string }[][] = [];
  for (const { name, label } of machine.states) {
    const column = columns.get(name) ?? 0;
    (groups[column] ??= []).push({ name, label: label[language] });
  }
  const height = machine.states.some(({ label }) => label[language] !== '') ? 46 : 34;
  const tallest = Math.max(...groups.map((group) => group?.length ?? 0));
  const boxes: Box[] = [];
  let x = 0;
  for (const [column, group] of groups.entries()) {
    const width = Math.max(64, ...group.map(({ name, label }) => Math.max(textWidth(name, 7.9), textWidth(label, 7)) + 24));
    const offset = ((tallest - group.length) * (height + ROW_GAP)) / 2;
    for (const [row, { name, label }] of group.entries())
      boxes.push({ name, label, column, row, rows: group.length, x, y: offset + row * (height + ROW_GAP), width, height });
    x += width + COLUMN_GAP;
  }
  return boxes;
}

function columnsOf({ initial, states, moves }: MachineView): Map<string, number> {
  const columns = new Map<string, number>();
  const targets = new Set(moves.map(({ to }) => to));
  const sources = states.filter(({ name }) => !targets.has(name)).map(({ name }) => name);
  const first = initial ?? sources[0] ?? states[0]?.name;
  let level = first === undefined ? [] : [...new Set([first, ...sources])];
  for (let column = 0; level.length > 0; column += 1) {
    for (const name of level) columns.set(name, column);
    const next = level.flatMap((name) => moves.filter(({ from }) => from === name).map(({ to }) => to));
    level = [...new Set(next)].filter((name) => !columns.has(name));
  }
  for (const { name } of states) if (!columns.has(name)) columns.set(name, 0);
  return columns;
}

interface Curve {
  readonly path: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function curve(from: Box, to: Box): Curve {
  const [start, end] = [from.y + from.height / 2, to.y + to.height / 2];
  if (from.name === to.name) return loop(from);
  const across = to.column - from.column;
  if (across === 1) {
    const [x1, x2] = [from.x + from.width, to.x - 2];
    const bend = (x2 - x1) / 2;
    return {
      path: `M${x1} ${start}C${x1 + bend} ${start} ${x2 - bend} ${end} ${x2} ${end}`,
      left: x1,
      right: x2,
      top: Math.min(start, end),
      bottom: Math.max(start, end),
    };
  }
  if (across === 0) {
    const x = Math.max(from.x + from.width, to.x + to.width);
    const out = x + 40;
    return {
      path: `M${from.x + from.width} ${start}C${out} ${start} ${out} ${end} ${to.x + to.width + 2} ${end}`,
      left: from.x,
      right: out,
      top: Math.min(start, end),
      bottom: Math.max(start, end),
    };
  }
  // Forward above other states; back below them, or above where those of its column stand below.
  const forward = across > 0;
  const isAbove = forward || from.row * 2 < from.rows - 1;
  const [x1, x2] = [from.x + from.width * (forward ? 0.6 : 0.4), to.x + to.width * (forward ? 0.4 : 0.6)];
  const [y1, y2] = isAbove ? [from.y, to.y - 2] : [from.y + from.height, to.y + to.height + 2];
  const lean = LEAN * Math.abs(across);
  const y = isAbove ? Math.min(y1, y2) - lean : Math.max(y1, y2) + lean;
  return {
    path: `M${x1} ${y1}C${x1} ${y} ${x2} ${y} ${x2} ${y2}`,
    left: Math.min(x1, x2),
    right: Math.max(x1, x2),
    top: Math.min(y, y1, y2),
    bottom: Math.max(y, y1, y2),
  };
}

function loop({ x, y, width }: Box): Curve {
  const middle = x + width / 2;
  return {
    path: `M${middle - 14} ${y}C${middle - 26} ${y - 34} ${middle + 26} ${y - 34} ${middle + 14} ${y - 2}`,
    left: x,
    right: x + width,
    top: y - 34,
    bottom: y,
  };
}

/** About how wide a text is: Chinese characters are square. */
function textWidth(value: string, letter: number): number {
  let width = 0;
  for (const character of value) width += /[\u2e80-\uffef]/u.test(character) ? 13 : letter;
  return Math.ceil(width);
}
