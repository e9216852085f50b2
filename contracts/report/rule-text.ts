import type { Text } from './text.ts';
import { text } from './text.ts';

/** What a rule is about, and what to do about a finding of it. */
export interface RuleText {
  readonly title: Text;
  readonly explanation: Text;
}

export function rule(title: string, titleZh: string, explanation: string, explanationZh: string): RuleText {
  return { title: text(title, titleZh), explanation: text(explanation, explanationZh) };
}
