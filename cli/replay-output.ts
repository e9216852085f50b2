import { failing, terminalReport } from '../contracts/index.ts';
import type { CheckResult, DocumentPlaces } from '../contracts/index.ts';
import type { Language } from '../operations/index.ts';
import { formatOfFile, renderReport } from './check-report.ts';
import type { Format } from './check-report.ts';
import { write } from './files.ts';
import { say } from './language.ts';
import { paint } from './paint.ts';
import { UsageError } from './workspace.ts';

export interface OutputFlags {
  readonly format: Format;
  readonly report: readonly string[];
  readonly failOn: 'error' | 'warning';
  readonly maxFindings: number;
}

/**
 * Writes the reports and prints the result.
 * @param figures lines of the command's own, printed after a report for the terminal and to standard error beside every other one.
 * @param command how to run it again.
 */
export function output(
  result: CheckResult,
  places: DocumentPlaces,
  figures: readonly string[],
  flags: OutputFlags,
  command: string,
  language: Language,
): void {
  const options = { language, places, command };
  for (const file of flags.report) write(file, renderReport(formatOfFile(file, language), result, options), language);
  if (flags.format !== 'terminal') {
    process.stdout.write(renderReport(flags.format, result, options));
    console.error(figures.join('\n'));
    return;
  }
  const style = {
    language,
    paint: (name: Parameters<typeof paint>[0], text: string) => paint(name, text),
    columns: process.stdout.columns ?? 120,
  };
  process.stdout.write(terminalReport(result, { ...style, maxFindings: flags.maxFindings, nextStep: `${command} --report report.html` }));
  console.log(`\n${figures.join('\n')}`);
}

/** 1 where something was found that fails, by `--fail-on`. */
export function exitCodeOf({ groups }: CheckResult, failOn: OutputFlags['failOn']): number {
  const isWorse = failOn === 'warning' && groups.some(({ severity, baseline }) => severity === 'warning' && baseline !== 'known');
  return failing(groups).length > 0 || isWorse ? 1 : 0;
}

/** `Name: value` lines as header fields; names in lower case. @throws UsageError for a line that is none. */
export function headersOf(lines: readonly string[], language: Language): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const match = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/.exec(line);
      if (match?.[1] === undefined)
        throw new UsageError(
          say(language, `"${line}" is no header field; write 'Name: value'`, `"${line}" 不是请求头；请写作 'Name: value'`),
        );
      return [match[1].toLowerCase(), match[2] ?? ''];
    }),
  );
}

/** Ends the work at the first Ctrl-C, the process at the second. */
export function stopOnSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}
