import { extname } from 'node:path';
import { githubReport, htmlReport, jsonReport, junitReport, markdownSummary, sarifReport, terminalReport } from '../contracts/checking.ts';
import type { CheckResult, DocumentPlaces } from '../contracts/checking.ts';
import type { Language } from '../operations/index.ts';
import { say } from './language.ts';
import { UsageError } from './workspace.ts';

export const FORMATS = ['terminal', 'json', 'junit', 'sarif', 'github', 'markdown', 'html'] as const;
export type Format = (typeof FORMATS)[number];

const BY_ENDING: Readonly<Record<string, Format>> = {
  '.html': 'html',
  '.htm': 'html',
  '.json': 'json',
  '.sarif': 'sarif',
  '.xml': 'junit',
  '.md': 'markdown',
  '.txt': 'terminal',
};

/** @throws UsageError for a file whose ending stands for no format. */
export function formatOfFile(file: string, language: Language): Format {
  const format = BY_ENDING[extname(file).toLowerCase()];
  if (format !== undefined) return format;
  const known = Object.keys(BY_ENDING).join(', ');
  throw new UsageError(
    say(language, `${file}: no report is known by this ending; known are ${known}`, `${file}：无法由扩展名判断报告格式；可用的有 ${known}`),
  );
}

export interface ReportOptions {
  readonly language: Language;
  readonly places: DocumentPlaces;
  /** How to run the check again. */
  readonly command: string;
}

export function renderReport(format: Format, result: CheckResult, { language, places, command }: ReportOptions): string {
  switch (format) {
    case 'terminal':
      return terminalReport(result, { language });
    case 'json':
      return jsonReport(result);
    case 'junit':
      return junitReport(result);
    case 'sarif':
      return sarifReport(result);
    case 'github':
      return githubReport(result);
    case 'markdown':
      return markdownSummary(result, { language });
    case 'html':
      return htmlReport(result, { language, command, excerptOf: places.excerptOf, summaryOf: places.summaryOf });
  }
}
