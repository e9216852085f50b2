import type { CheckResult, Group } from '../result.ts';
import { documentPlace } from './document-file.ts';
import { ruleText } from './rule-texts.ts';
import { placeText, valueText } from './sentence.ts';
import { failingFirst } from './verdict.ts';
import { MAX_ANNOTATIONS, message, property } from './workflow-command.ts';

const COMMANDS = { error: 'error', warning: 'warning', notice: 'notice' } as const;

/**
 * Workflow commands of GitHub Actions, a line for each root cause: shown at the document's line in the pull request. Known findings are notices. The most
 * severe come first, at most {@link MAX_ANNOTATIONS} of a kind, and a last line tells of the rest.
 */
export function githubReport(result: CheckResult): string {
  const shown: Record<keyof typeof COMMANDS, number> = { error: 0, warning: 0, notice: 0 };
  const lines: string[] = [];
  let left = 0;
  for (const group of failingFirst(result.groups)) {
    const kind = group.baseline === 'known' ? 'notice' : group.severity;
    if (shown[kind] >= MAX_ANNOTATIONS) left += 1;
    else {
      shown[kind] += 1;
      lines.push(annotation(kind, group, result));
    }
  }
  if (left > 0) lines.push(`::notice title=hufu check::${message(`${left} further root causes are not annotated; see the report`)}`);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function annotation(kind: keyof typeof COMMANDS, group: Group, result: CheckResult): string {
  const place = documentPlace(group, result);
  const properties = [
    ...(place === undefined ? [] : [`file=${property(place.file)}`, ...(place.line === undefined ? [] : [`line=${place.line}`])]),
    `title=${property(`${ruleText(group.rule).title.en} (${group.rule})`)}`,
  ];
  const finding = group.samples[0]?.finding;
  const operation = group.operations[0];
  const text = [
    `${finding === undefined ? '' : `${placeText(finding).en}: `}${group.message}`,
    ...(finding?.actual === undefined ? [] : [`found: ${valueText(finding.actual)}`]),
    `${operation === undefined ? '' : `${operation.method} ${operation.path}, `}${group.count} times, ${group.side}${group.baseline === undefined ? '' : `, ${group.baseline}`}, id ${group.id}`,
  ].join('\n');
  return `::${COMMANDS[kind]} ${properties.join(',')}::${message(text)}`;
}
