/** Reports: a CheckResult as text for people, machines and browsers. Pure functions. */
export { documentPlace } from './document-file.ts';
export { githubReport } from './github.ts';
export { htmlReport } from './html/page.ts';
export type { HtmlReportOptions } from './html/page.ts';
export { jsonReport } from './json.ts';
export { junitReport } from './junit.ts';
export { markdownSummary } from './markdown.ts';
export type { MarkdownOptions } from './markdown.ts';
export { RULE_IDS, ruleText } from './rule-texts.ts';
export type { RuleText } from './rule-texts.ts';
export { sarifReport } from './sarif.ts';
export { terminalReport } from './terminal.ts';
export type { ReportStyle, TerminalOptions } from './terminal.ts';
export { failing, verdictOf } from './verdict.ts';
export type { Verdict } from './verdict.ts';
export { both, html } from './html/markup.ts';
export type { Html } from './html/markup.ts';
export { fit, wrap } from './width.ts';
