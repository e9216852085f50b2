import { basename, relative } from 'node:path';
import { Command } from 'commander';
import { createOperationTable, DocumentError, labelOf, lintDocument, loadDocument, positionOf } from '../operations/index.ts';
import type { Document, Language, Lint, OperationTable } from '../operations/index.ts';
import { compileStateFiles, loadStateFile, StateFileError } from '../state/index.ts';
import type { StateFile } from '../state/index.ts';
import { say } from './language.ts';
import { paint, printable } from './paint.ts';
import { findDocuments } from './workspace.ts';

/** A finding with the path of the file that it is in, as the user would write it. */
interface Finding extends Lint {
  readonly file: string;
}

/** `hufu lint`: is this a document that the mock and the checker can hold others to? Exit code 1 when it is not. */
export function lintCommand(language: Language): Command {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  return new Command('lint')
    .summary(t('find what is wrong with documents', '检查文档中的错误'))
    .description(
      t(
        'Checks documents and the state files beside them: structure, references, every schema compiled, every example against its schema. Exits with 1 when there is an error.',
        '检查文档及其旁边的状态文件：结构、引用、所有 schema 能否编译、所有示例是否符合其 schema。有错误时退出码为 1。',
      ),
    )
    .argument('[documents...]', t('OpenAPI files or folders', 'OpenAPI 文件或文件夹'))
    .option('--json', t('print findings as JSON', '以 JSON 输出'), false)
    .addHelpText('after', `\n${t('Examples', '示例')}:\n  hufu lint\n  hufu lint api.yaml --json`)
    .action(async (paths: string[], flags: { readonly json: boolean }) => {
      const files = findDocuments(paths, process.cwd(), language);
      const findings = await lintFiles(files);
      if (flags.json) console.log(JSON.stringify(findings, undefined, 2));
      else print(findings, files.length, language);
      if (findings.some((finding) => finding.severity === 'error')) process.exitCode = 1;
    });
}

async function lintFiles(files: readonly string[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  const documents: Document[] = [];
  // Loaded here: no other command has to wait for it.
  const { lintStructure } = await import('./structure.ts');
  for (const file of files) {
    try {
      const document = await loadDocument(file);
      const found = [...(await lintStructure(document)), ...lintDocument(document)];
      findings.push(...found.sort((a, b) => a.line - b.line).map((finding) => ({ file: fileOf(finding, document, file), ...finding })));
      documents.push(document);
    } catch (error) {
      findings.push(unreadable(error, file));
    }
  }
  const table = createOperationTable(documents);
  return [...findings, ...collisionsOf(table), ...(await lintStateFiles(table))];
}

/** What can't be read at all. @throws the error itself where it is another one. */
function unreadable(error: unknown, file: string): Finding {
  if (!(error instanceof DocumentError)) throw error;
  const { line = 0, column = 0, message } = error;
  return { file, severity: 'error', address: '', line, column, message: withoutPlace(message, error.file) };
}

/** All together, as they are served: one may name the collections of another. */
async function lintStateFiles(table: OperationTable): Promise<Finding[]> {
  const findings: Finding[] = [];
  const files: StateFile[] = [];
  for (const document of table.documents) {
    try {
      const file = await loadStateFile(document);
      if (file !== undefined) files.push(file);
    } catch (error) {
      findings.push(unreadable(error, asWritten(error instanceof DocumentError ? error.file : document.path)));
    }
  }
  const pathsOf = (module: string): Map<string, string> =>
    new Map(table.routes.filter(({ document }) => document.name === module).map(({ id, path }) => [id, path]));
  try {
    compileStateFiles(files, pathsOf);
  } catch (error) {
    if (!(error instanceof StateFileError)) throw error;
    for (const { file, line, column, pointer, message } of error.flaws)
      findings.push({ file: asWritten(file), severity: 'error', address: `${basename(file)}#${pointer}`, line, column, message });
  }
  return findings;
}

/** The file of a finding: an address names it as its document sees it. */
function fileOf({ address }: Lint, document: Document, file: string): string {
  const name = address.slice(0, address.indexOf('#'));
  if (name === '' || name === basename(document.path)) return file;
  const found = [...document.sources.values()].find((source) => labelOf(source) === name);
  return found === undefined ? file : asWritten(found.path);
}

/** Seen from the working directory where it is inside. */
function asWritten(path: string): string {
  const seen = relative(process.cwd(), path);
  return seen.startsWith('..') ? path : seen;
}

/** The message of a DocumentError begins with file, line and column. */
function withoutPlace(message: string, file: string): string {
  return message.startsWith(file) ? message.slice(file.length).replace(/^[:\d]*:\s*/, '') : message;
}

/** What two documents claim is no error in either; served together, only the first is heard. */
function collisionsOf(table: OperationTable): Finding[] {
  return table.collisions
    .filter(({ first, second }) => first.document !== second.document)
    .map(({ method, path, first, second }) => ({
      file: asWritten(second.node.source.path),
      severity: 'warning',
      address: `${basename(second.node.source.path)}#${second.node.pointer}`,
      ...positionOf(second.node.source, second.node.pointer),
      message: `${method} ${path} is also described by ${first.document.name}, which answers when both are served`,
    }));
}

function print(findings: readonly Finding[], files: number, language: Language): void {
  for (const { file, severity, line, column, message } of findings) {
    const place = line > 0 ? `${file}:${line}:${column}` : file;
    const mark = severity === 'error' ? paint('red', say(language, 'error', '错误')) : paint('yellow', say(language, 'warning', '警告'));
    console.log(`${printable(place)} ${mark} ${printable(message)}`);
  }
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  console.log(
    say(
      language,
      [counted(files, 'document'), counted(errors, 'error'), counted(findings.length - errors, 'warning')].join(', '),
      `${files} 份文档，${errors} 个错误，${findings.length - errors} 个警告`,
    ),
  );
}

function counted(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
