import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildConsole, CONSOLE_FILE } from './build-console.ts';

test('the committed page is what its sources give: run `node scripts/build-console.ts`', async () => {
  const [built, committed] = await Promise.all([buildConsole(), readFile(CONSOLE_FILE, 'utf8')]);
  expect(built === committed).toBe(true);
});

test('it is one small file that asks nobody else for anything', async () => {
  const page = await buildConsole();
  expect(gzipSync(page).length).toBeLessThan(40_000);
  expect(page.match(/<\/(?:script|style)>/g)).toEqual(['</style>', '</script>']);
  expect(page).not.toMatch(/\b(?:src|href)="(?!data:)/);
  expect(page.match(/https?:\/\/[\w.]+/g)?.filter((url) => !/^http:\/\/www\.w3\.org$/.test(url)) ?? []).toEqual([]);
});
