/**
 * Fetches the interactive reference of the partners' site and keeps it in the repository, so that nobody installs 287 MB for one file:
 * `node scripts/vendor-scalar.ts`. The package's tarball comes from the registry that npm is set to; the one file is taken only when its SHA-256 is the one
 * written here.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = '@scalar/api-reference';
const VERSION = '1.72.1';
const FILE = 'dist/browser/standalone.js';
const SHA256 = 'bf091006bdc3af6067af77c2f534812e3e633e94a94e87138069f570f33b762c';
export const VENDOR_FOLDER = join(import.meta.dirname, '..', 'docs', 'site', 'vendor');

/** The tarball has no licence file; its package.json says MIT. */
const NOTICE = `scalar.js is ${FILE} of ${PACKAGE} ${VERSION}, unchanged.
https://github.com/scalar/scalar

MIT License

Copyright (c) 2023-present Scalar

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS
FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;

/** The checksum file's text, as `sha256sum --check` reads it. */
export function checksumText(): string {
  return `${SHA256}  scalar.js\n`;
}

/** @throws Error when the file is not the one that was reviewed. */
export function verified(bytes: Buffer): Buffer {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== SHA256)
    throw new Error(`${PACKAGE} ${VERSION} ${FILE} has SHA-256 ${found}, not ${SHA256}; review it before you change the checksum`);
  return bytes;
}

if (import.meta.main) {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-scalar-'));
  try {
    execFileSync('npm', ['pack', `${PACKAGE}@${VERSION}`, '--pack-destination', folder, '--silent'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 300_000,
    });
    const tarball = join(folder, `scalar-api-reference-${VERSION}.tgz`);
    execFileSync('tar', ['-xzf', tarball, '-C', folder, `package/${FILE}`], { timeout: 60_000 });
    const bytes = verified(readFileSync(join(folder, 'package', FILE)));
    mkdirSync(VENDOR_FOLDER, { recursive: true });
    writeFileSync(join(VENDOR_FOLDER, 'scalar.js'), bytes);
    writeFileSync(join(VENDOR_FOLDER, 'scalar.js.sha256'), checksumText());
    writeFileSync(join(VENDOR_FOLDER, 'NOTICE'), NOTICE);
    console.log(`wrote docs/site/vendor/scalar.js (${bytes.length} bytes)`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
