/** The site as a function of a path: each page made when it is asked for, so that the mock can serve it without building it first. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { decodePercent, record, writeJson } from '../../operations/index.ts';
import type { Document, Language } from '../../operations/index.ts';
import type { Change } from './change.ts';
import type { Conformances } from './check-report.ts';
import { publishedDocument } from './fragment.ts';
import { llmsFullText, llmsText, operationMarkdown } from './markdown.ts';
import { buildModel } from './model.ts';
import type { SiteModel } from './model.ts';
import { changelogPage } from './pages/changelog.ts';
import { decisionsPage } from './pages/decisions.ts';
import { modulePage } from './pages/module.ts';
import { operationPage } from './pages/operation.ts';
import { overviewPage } from './pages/overview.ts';
import { CHANGELOG, DECISIONS, modulePath, operationPath, OVERVIEW, renderPage, sitePath } from './pages/page.ts';
import type { PageContext, PageList } from './pages/page.ts';
import { searchScript } from './search-index.ts';
import { singleFile } from './single-file.ts';
import { tryDocuments, tryPage } from './try-page.ts';

export interface DocsSiteOptions {
  /** The language of the pages at the root; the other one's stand in a folder named after it. Default: Chinese where the documents hold any. */
  readonly language?: Language;
  /** The mock's address, where try-it and samples of documents without a host go. `''`: the mock that serves the site. Default `http://127.0.0.1:4010`. */
  readonly mock?: string;
  /** What a check of recorded traffic found. */
  readonly report?: Conformances;
  /** Differences from an earlier version: makes the changelog. */
  readonly changes?: readonly Change[];
  /** What stands before addresses in llms.txt, such as `https://docs.example.com/`; default relative. */
  readonly base?: string;
}

export interface DocsFile {
  readonly mediaType: string;
  readonly body: string | Buffer;
}

export interface DocsSite {
  /** A file of the site by its path, percent-encoded or not, without a leading slash; a folder is its `index.html`. `undefined`: there is no such file. */
  readonly get: (path: string) => DocsFile | undefined;
  /** The paths of all files. */
  readonly paths: readonly string[];
  /** The page of an operation; `undefined` where it has none. */
  readonly pathOf: (document: string, operationId: string, language: Language) => string | undefined;
  /** Everything but try-it in one HTML file. */
  readonly single: () => string;
  readonly model: SiteModel;
}

export const DEFAULT_MOCK = 'http://127.0.0.1:4010';
const HERE = import.meta.dirname;

/**
 * Reads what lies beside the documents (state files, DECISIONS.md) and lists the pages; none is made yet.
 * @throws StateFileError, DocumentError when a state file is wrong.
 */
export async function createDocsSite(documents: readonly Document[], options: DocsSiteOptions = {}): Promise<DocsSite> {
  const { mock = DEFAULT_MOCK, base = '', report, changes } = options;
  const preset = options.language ?? languageOfDocuments(documents);
  const model = await buildModel(documents, {
    mock,
    ...(report === undefined ? {} : { report }),
    ...(changes === undefined ? {} : { changes }),
  });
  const files = new Map<string, () => DocsFile>();
  const html = (make: () => string) => (): DocsFile => ({ mediaType: 'text/html; charset=utf-8', body: make() });
  const text = (mediaType: string, make: () => string) => (): DocsFile => ({ mediaType: `${mediaType}; charset=utf-8`, body: make() });
  const own = (mediaType: string, path: string) => (): DocsFile => ({ mediaType, body: readFileSync(join(HERE, path)) });

  for (const language of languagesFrom(preset)) {
    for (const [path, page] of pagesOf(model)) {
      const context: PageContext = { model, language, path, preset, isSingle: false };
      files.set(
        sitePath(context, language, path),
        html(() => renderPage(context, page(context))),
      );
    }
    for (const module of model.modules) {
      for (const entry of module.operations) {
        const path = operationPath(module, entry).replace(/html$/, 'md');
        files.set(
          sitePath({ preset }, language, path),
          text('text/markdown', () => operationMarkdown(module, entry, language)),
        );
      }
    }
  }
  for (const { slug, document } of model.modules) {
    files.set(
      `openapi/${slug}.json`,
      text('application/json', () => `${writeJson(publishedDocument(document), 2)}\n`),
    );
    files.set(
      `openapi/${slug}.yaml`,
      text('application/yaml', () => stringify(publishedDocument(document), { lineWidth: 0, aliasDuplicateObjects: false })),
    );
  }
  files.set(
    'llms.txt',
    text('text/plain', () => llmsText(model, preset, base)),
  );
  files.set(
    'llms-full.txt',
    text('text/plain', () => llmsFullText(model, preset)),
  );
  files.set('assets/site.css', own('text/css; charset=utf-8', 'assets/site.css'));
  files.set('assets/site.js', own('text/javascript; charset=utf-8', 'assets/site.js'));
  files.set(
    'assets/search-index.js',
    text('text/javascript', () => searchScript(model)),
  );
  files.set(
    'try/index.html',
    html(() => tryPage(model, preset)),
  );
  files.set(
    'try/documents.js',
    text('text/javascript', () => tryDocuments(model, preset)),
  );
  files.set('try/try.js', own('text/javascript; charset=utf-8', 'assets/try.js'));
  files.set('try/try.css', own('text/css; charset=utf-8', 'assets/try.css'));
  files.set('try/scalar.js', own('text/javascript; charset=utf-8', 'vendor/scalar.js'));
  files.set('try/NOTICE.txt', own('text/plain; charset=utf-8', 'vendor/NOTICE'));

  return {
    model,
    paths: [...files.keys()],
    get: (path) => files.get(cleanPath(path))?.(),
    pathOf(document, operationId, language) {
      const module = model.modules.find((one) => one.document.name === document);
      const entry = module?.operations.find(({ route }) => route.id === operationId);
      return module === undefined || entry === undefined ? undefined : sitePath({ preset }, language, operationPath(module, entry));
    },
    single: () => singleFile(model, preset, pagesOf(model)),
  };
}

function pagesOf(model: SiteModel): PageList {
  return [
    [OVERVIEW, overviewPage],
    ...model.modules.flatMap((module): PageList => [
      [modulePath(module), (context) => modulePage(context, module)],
      ...module.operations.map(
        (entry) => [operationPath(module, entry), (context: PageContext) => operationPage(context, module, entry)] as const,
      ),
    ]),
    ...(model.decisions.length > 0 ? ([[DECISIONS, decisionsPage]] as const) : []),
    ...(model.changes === undefined ? [] : ([[CHANGELOG, changelogPage]] as const)),
  ];
}

/** Documents for Chinese readers say at least their own descriptions in Chinese. */
function languageOfDocuments(documents: readonly Document[]): Language {
  const texts = documents.map(({ root }) => writeJson(record(root.value)['info'] ?? ''));
  return documents.length === 0 || texts.some((text) => /\p{Script=Han}/u.test(text)) ? 'zh' : 'en';
}

function languagesFrom(preset: Language): readonly Language[] {
  return preset === 'zh' ? ['zh', 'en'] : ['en', 'zh'];
}

function cleanPath(path: string): string {
  // A path with a stray percent sign is taken as it is; it names no file.
  const clean = (decodePercent(path) ?? path).replace(/^\/+/, '');
  return clean === '' || clean.endsWith('/') ? `${clean}index.html` : clean;
}
