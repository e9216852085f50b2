import SwaggerParser from '@apidevtools/swagger-parser';
import { Command } from 'commander';
import { lintDocument, loadDocument } from '../operations/index.ts';
import type { Language, Lint } from '../operations/index.ts';
import { DocumentError } from '../operations/index.ts';
import { say } from './language.ts';
import { paint } from './paint.ts';
import { findDocuments } from './workspace.ts';

/** `hufu lint`: is this a document that the mock and the checker can hold others to? Exit code 1 when it is not. */
export function lintCommand(language: Language): Command {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  return new Command('lint')
    .summary(t('find what is wrong with documents', '检查文档中的错误'))
    .description(
      t(
        'Checks documents: structure, references, every schema compiled, every example against its schema.',
        '检查文档：结构、引用、所有 schema 能否编译、所有示例是否符合其 schema。',
      ),
    )
    .argument('[documents...]', t('OpenAPI files or folders', 'OpenAPI 文件或文件夹'))
    .option('--json', t('print findings as JSON', '以 JSON 输出'), false)
    .addHelpText('after', `\n${t('Examples', '示例')}:\n  hufu lint\n  hufu lint api.yaml --json`)
    .action(async (paths: string[], flags: { readonly json: boolean }) => {
      const findings: (Lint & { file: string })[] = [];
      const files = findDocuments(paths, process.cwd());
      for (const file of files) for (const finding of await lintFile(file)) findings.push({ file, ...finding });
      if (flags.json) console.log(JSON.stringify(findings, undefined, 2));
      else print(findings, files.length, language);
      if (findings.some((finding) => finding.severity === 'error')) process.exitCode = 1;
    });
}

async function lintFile(file: string): Promise<Lint[]> {
  try {
    const document = await loadDocument(file);
    const own = lintDocument(document);
    return [...own, ...(await structure(file, document.dialect === '3.1'))];
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return [{ severity: 'error', address: '', line: error.line ?? 0, column: error.column ?? 0, message: error.message }];
  }
}

/** The document's structure against the official JSON Schema of its version; it gives no lines. */
async function structure(file: string, is31: boolean): Promise<Lint[]> {
  try {
    // Examples may hold what looks like a reference; only what the structure needs is looked at.
    await SwaggerParser.validate(file, {
      resolve: { http: false, external: false },
      dereference: { circular: 'ignore' },
      validate: { spec: !is31 },
    });
    return [];
  } catch (error) {
    const text = error instanceof Error ? error.message.split('\n').slice(0, 12).join('\n') : String(error);
    return [{ severity: 'error', address: '', line: 0, column: 0, message: text }];
  }
}

function print(findings: readonly (Lint & { file: string })[], files: number, language: Language): void {
  for (const { file, severity, line, column, message } of findings) {
    const place = line > 0 ? `${file}:${line}:${column}` : file;
    console.log(
      `${place} ${severity === 'error' ? paint('red', 'error') : paint('yellow', 'warning')} ${message.startsWith(file) ? message.slice(file.length + 2) : message}`,
    );
  }
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  console.log(
    say(
      language,
      `${files} documents, ${errors} errors, ${findings.length - errors} warnings`,
      `${files} 份文档，${errors} 个错误，${findings.length - errors} 个警告`,
    ),
  );
}
