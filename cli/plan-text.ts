import { placeText, writesOf } from '../contracts/index.ts';
import type { Link, LinkRule, Plan, Planned } from '../contracts/index.ts';
import type { Language } from '../operations/index.ts';
import { say } from './language.ts';
import { paint, printable } from './paint.ts';

const RULES: Readonly<Record<LinkRule, readonly [english: string, chinese: string]>> = {
  security: ['security', '安全方案'],
  'state-key': ['key of a row', '行的键'],
  'document-link': ['link of the document', '文档 link'],
  name: ['name', '名称'],
  value: ['value alone', '仅凭取值'],
};
/** Lines of one part; the rest is counted. */
const MAX_LINES = 500;

/** What would be sent and why: chains with their links, what is left aside, what would be changed, what credentials are needed. No value is shown. */
export function planText(plan: Plan, chosen: ReadonlySet<number>, target: string, language: Language): string {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  const links = plan.links.filter(({ to }) => chosen.has(to.exchange));
  const chains = plan.chains.map((chain) => chain.filter((number) => chosen.has(number))).filter((chain) => chain.length > 0);
  const lines = [
    t(
      `${count(chosen.size, 'exchange')} would be sent to ${printable(target)}, in ${count(chains.length, 'chain')} with ${count(links.length, 'link')}`,
      `将向 ${printable(target)} 发送 ${chosen.size} 条请求，共 ${chains.length} 条链、${links.length} 个关联`,
    ),
    ...RULE_ORDER.flatMap((rule) => {
      const number = links.filter((link) => link.rule === rule).length;
      return number === 0 ? [] : [`  ${say(language, ...RULES[rule])}: ${number}`];
    }),
  ];
  const byConsumer = Map.groupBy(links, ({ to }) => to.exchange);
  for (const [index, chain] of chains.entries()) {
    lines.push('', paint('bold', t(`chain ${index + 1}`, `链 ${index + 1}`)));
    for (const number of chain) {
      const planned = plan.exchanges[number];
      if (planned === undefined) continue;
      lines.push(`  ${nameOf(planned)}`);
      for (const link of byConsumer.get(number) ?? []) lines.push(`    ${linkLine(link, plan, language)}`);
    }
    if (lines.length > MAX_LINES && index + 1 < chains.length) {
      lines.push(
        '',
        t(
          `... and ${chains.length - index - 1} more chains; --format json has them all`,
          `……另有 ${chains.length - index - 1} 条链；--format json 输出全部`,
        ),
      );
      break;
    }
  }
  lines.push('', ...asideLines(plan, chosen, language), ...writeLines(plan, chosen, language), ...credentialLines(plan, language));
  return `${lines.join('\n').trimEnd()}\n`;
}

const RULE_ORDER: readonly LinkRule[] = ['security', 'state-key', 'document-link', 'name', 'value'];

function linkLine({ rule, from, to, reason }: Link, plan: Plan, language: Language): string {
  const source = plan.exchanges[from.exchange];
  const origin = source === undefined ? '' : nameOf(source);
  return `${paint('cyan', printable(placeText(to.site)))} <- ${printable(placeText(from.place))} ${say(language, 'of', '，来自')} ${origin}: ${paint('dim', `${say(language, ...RULES[rule])}: ${printable(language === 'zh' ? reason.zh : reason.en)}`)}`;
}

function nameOf({ judged: { exchange, operation } }: Planned): string {
  const { place, request } = exchange;
  return printable(`#${place.index} ${operation === undefined ? `${request.method} ${request.path}` : operation.id}`);
}

function asideLines(plan: Plan, chosen: ReadonlySet<number>, language: Language): string[] {
  const reasons = Map.groupBy(
    plan.exchanges.filter(({ number }) => !chosen.has(number)),
    ({ aside }) => aside ?? 'not-chosen',
  );
  return [...reasons].map(([reason, list]) =>
    say(language, `left aside: ${list.length} (${reason})`, `不发送：${list.length} 条（${reason}）`),
  );
}

function writeLines(plan: Plan, chosen: ReadonlySet<number>, language: Language): string[] {
  const writes = writesOf(plan.exchanges, chosen);
  if (writes.length === 0) return [say(language, 'nothing would be changed on the target', '不会改动目标')];
  return [say(language, 'would be changed by:', '以下请求会改动目标：'), ...writes.map((name) => `  ${printable(name)}`)];
}

/** What must be given before anything is sent, and how. */
export function credentialLines({ missing, credentials }: Plan, language: Language): string[] {
  const t = (english: string, chinese: string): string => say(language, english, chinese);
  const given = credentials === 0 ? [] : [t(`${count(credentials, 'credential')} given`, `已给出 ${credentials} 个凭证`)];
  if (missing.length === 0) return given;
  return [
    ...given,
    t('credentials that the recording hides and nobody gave:', '录制中被隐去、且尚未给出的凭证：'),
    ...missing.flatMap(({ what, environment, file, pseudonym, places }) => [
      `  ${printable(what)}${pseudonym === '' ? '' : ` (${pseudonym})`}: ${places
        .slice(0, 3)
        .map((place) => printable(`${place.file} #${place.index}`))
        .join(', ')}`,
      `    ${t('environment', '环境变量')}: ${environment.map(printable).join(t(' or ', ' 或 '))}`,
      `    ${t('secrets file', '机密文件')}: ${printable(file)}${pseudonym === '' ? '' : t(' or ', ' 或 ') + `values.${pseudonym}`}`,
    ]),
  ];
}

/** The plan for programs: numbers, places and reasons, no values. */
export function planJson(plan: Plan, chosen: ReadonlySet<number>, target: string): string {
  const exchanges = plan.exchanges.map(({ number, judged: { exchange, operation }, aside, subject }) => ({
    number,
    file: exchange.place.file,
    index: exchange.place.index,
    method: exchange.request.method,
    operation: operation === undefined ? undefined : { document: operation.document.name, id: operation.id },
    subject,
    sent: chosen.has(number),
    aside,
  }));
  const links = plan.links.map(({ rule, from, to, reason }) => ({
    rule,
    from: { exchange: from.exchange, place: placeText(from.place) },
    to: { exchange: to.exchange, place: placeText(to.site) },
    reason,
  }));
  return `${JSON.stringify({ version: 1, target, exchanges, links, chains: plan.chains, missing: plan.missing, writes: writesOf(plan.exchanges, chosen) }, undefined, 2)}\n`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
