/**
 * Builds the console into one HTML file: `node scripts/build-console.ts`. The same sources give the same bytes, so the file is committed and a test compares.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const FOLDER = join(import.meta.dirname, '../mock/console');
export const CONSOLE_FILE: string = join(FOLDER, 'console.html');

/** The page with its script and its style inside. @throws Error when a source does not compile. */
export async function buildConsole(): Promise<string> {
  const [page, script, style] = await Promise.all([readFile(join(FOLDER, 'page.html'), 'utf8'), bundle('main.tsx'), bundle('style.css')]);
  return page.replace('<!-- style -->', () => `<style>${style}</style>`).replace('<!-- script -->', () => `<script>${script}</script>`);
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(FOLDER, entry)],
    absWorkingDir: FOLDER,
    tsconfig: join(FOLDER, 'tsconfig.json'),
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
  });
  const text = outputFiles[0]?.text.trim() ?? '';
  // esbuild writes it so that it can stand there; should it ever not, that is no page.
  if (/<\/(?:script|style)|<!--/i.test(text)) throw new Error(`${entry} would end the element that it stands in`);
  return text;
}

if (import.meta.main) {
  const page = await buildConsole();
  await writeFile(CONSOLE_FILE, page);
  console.log(`${CONSOLE_FILE}: ${(Buffer.byteLength(page) / 1024).toFixed(1)} KiB`);
}
