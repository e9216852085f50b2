/**
 * The house rules that imports, sizes and names of files must keep. Pure: source texts in, violations out.
 * `architecture.test.ts` holds the repository to them.
 */
import { posix } from 'node:path';

/** A folder may import folders of a lower rank; folders of one rank never import each other. */
export const RANKS: Readonly<Record<string, number>> = {
  openapi: 0,
  operations: 1,
  state: 2,
  types: 2,
  mock: 3,
  contracts: 3,
  docs: 4,
  'index.ts': 4,
  cli: 5,
  scripts: 7,
  examples: 6,
};
/** Beside its index.ts a folder may be entered by these: what few need, and what would cost all others their start-up. */
const DOORS: ReadonlySet<string> = new Set([
  'contracts/checking.ts',
  'state/clock-text.ts',
  'state/infer.ts',
  'state/judge/judge.ts',
  'state/load-state-file.ts',
  'state/store-sqlite.ts',
  'state/text.ts',
]);
const MAX_LINES = 400;
const VAGUE_NAMES = new Set(['utils', 'util', 'helpers', 'helper', 'common']);

/** Source texts by path from the root of the repository, with forward slashes; tests and fixtures left out. */
export type Sources = ReadonlyMap<string, string>;

/** Every breach of the rules as one sentence each. */
export function breaches(sources: Sources): string[] {
  const graph = new Map([...sources].map(([path, text]) => [path, importsOf(path, text)]));
  const edges = [...graph].flatMap(([from, targets]) => targets.map((to) => ({ from, to })));
  return [
    ...edges.flatMap(({ from, to }) => directionBreach(from, to) ?? entranceBreach(from, to, sources) ?? []),
    ...cycles(graph),
    ...[...sources].flatMap(([path, text]) => sizeBreach(path, text)),
    ...folderBreaches(sources),
  ];
}

/** True for what belongs to tests and is free to import anything. */
export function isTestFile(path: string): boolean {
  return /\.(test|fixture)\.ts$/.test(path);
}

/** The `.ts` files a source imports or re-exports, as paths from the root; packages are left out. */
export function importsOf(path: string, text: string): string[] {
  const statements = text.matchAll(/^\s*(?:import|export)\b(?:[^'"`;=]*?\bfrom\s*)?\s*['"]([^'"]+)['"]/gm);
  const calls = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g);
  const specifiers = [...statements, ...calls].map((match) => match[1] ?? '').filter((specifier) => specifier.startsWith('.'));
  const targets = specifiers.map((specifier) => posix.join(posix.dirname(path), specifier)).filter((target) => target.endsWith('.ts'));
  return [...new Set(targets)];
}

/** Imports run downward only. */
function directionBreach(from: string, to: string): string | undefined {
  if (isTestFile(to)) return `${from} imports test code: ${to}`;
  const [source, target] = [topFolder(from), topFolder(to)];
  if (source === target) return undefined;
  const [higher, lower] = [RANKS[source], RANKS[target]];
  if (higher === undefined) return `${from}: the folder "${source}" has no rank`;
  if (lower === undefined) return `${from} imports ${to}: the folder "${target}" has no rank`;
  if (higher === lower) return `${from} imports ${to}: ${source} and ${target} never import each other`;
  return higher < lower ? `${from} imports ${to}: upward, ${source} may not know ${target}` : undefined;
}

/** A folder is entered through its index.ts: a top folder always, one inside of it where it has an index.ts. */
function entranceBreach(from: string, to: string, sources: Sources): string | undefined {
  const inside = posix
    .relative(posix.dirname(from), to)
    .split('/')
    .filter((part) => part !== '..');
  const shared = to.slice(0, to.length - inside.join('/').length);
  const [folder, ...rest] = inside;
  if (folder === undefined || rest.length === 0 || DOORS.has(to)) return undefined;
  const entrance = `${shared}${folder}/index.ts`;
  if (to === entrance || (shared !== '' && !sources.has(entrance))) return undefined;
  return `${from} imports ${to}: enter by ${entrance}`;
}

/** One sentence for each circle of imports that a depth-first walk closes. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.push(`cycle: ${[...path.slice(start), file].join(' -> ')}`);
    if (start >= 0 || done.has(file)) return;
    path.push(file);
    for (const target of graph.get(file) ?? []) visit(target);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return found;
}

function sizeBreach(path: string, text: string): string[] {
  const lines = text.trimEnd().split('\n').length;
  // A generated file is as long as what it is made from.
  if (path.startsWith('mock/overrides/types/')) return [];
  return lines > MAX_LINES ? [`${path} has ${lines} lines; ${MAX_LINES} are the most`] : [];
}

/** Names that say nothing; `openapi/common` is what several documents truly share. */
function folderBreaches(sources: Sources): string[] {
  const folders = new Set(
    [...sources.keys()].flatMap((path) =>
      path
        .split('/')
        .slice(0, -1)
        .map((_, index, parts) => parts.slice(0, index + 1).join('/')),
    ),
  );
  const vague = [...folders].filter((folder) => VAGUE_NAMES.has(posix.basename(folder)) && folder !== 'openapi/common');
  return vague.map((folder) => `${folder}: name the folder by what is in it`);
}

function topFolder(path: string): string {
  return path.split('/', 1)[0] ?? path;
}
