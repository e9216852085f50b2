/** Weight and load time of the partners' docs of the nine modules, from a folder, in a real browser. `npm run bench:docs`. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createDocsSite, writeDocsSite } from '../../docs/index.ts';
import { loadDocument, workspaceDocuments } from '../../operations/index.ts';
import { launchBrowser } from '../browser.ts';
import { median } from './report.ts';

const ROUNDS = 9;
const folder = await mkdtemp(join(tmpdir(), 'hufu-bench-docs-'));
try {
  const start = performance.now();
  const documents = await Promise.all(workspaceDocuments(process.cwd()).map((file) => loadDocument(file)));
  writeDocsSite(await createDocsSite(documents), folder);
  console.log(`written in ${((performance.now() - start) / 1000).toFixed(1)} s`);

  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const bytes = await readFile(join(parentPath, name));
      return { path: join(parentPath, name), bytes: bytes.length, packed: gzipSync(bytes).length };
    }),
  );
  const kilo = (bytes: number | undefined): string => `${((bytes ?? 0) / 1024).toFixed(1)} KB`;
  const pages = sizes.filter(({ path }) => /[/\\]api[/\\].*\.html$/.test(path));
  console.log(`${sizes.length} files, ${(sizes.reduce((sum, { bytes }) => sum + bytes, 0) / 1024 / 1024).toFixed(1)} MB`);
  console.log(
    `${pages.length} operation and module pages: median ${kilo(median(pages.map(({ bytes }) => bytes)))}, ${kilo(median(pages.map(({ packed }) => packed)))} packed; largest ${kilo(Math.max(...pages.map(({ bytes }) => bytes)))}`,
  );

  const browser = await launchBrowser();
  const page = await browser.newPage();
  for (const path of ['index.html', 'api/tie/saveOrUpdateTie.html']) {
    const taken: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const began = performance.now();
      await page.goto(pathToFileURL(join(folder, path)).href, { waitUntil: 'load' });
      taken.push(performance.now() - began);
    }
    console.log(`${path}: loaded in ${median(taken)?.toFixed(0) ?? '?'} ms (median of ${ROUNDS})`);
  }
  await browser.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}
