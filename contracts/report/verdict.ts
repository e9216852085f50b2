import type { CheckResult, Group } from '../result.ts';
import type { Text } from './text.ts';
import { count, plural, skippedText, text } from './text.ts';

/** What a run comes to, in words. */
export interface Verdict {
  /** `void`: nothing was really checked, so that nobody may call it a pass. */
  readonly state: 'passed' | 'failed' | 'void';
  readonly headline: Text;
  /** What makes a pass worth less, or nothing; said before anything good is. */
  readonly doubts: readonly Text[];
}

/** What makes a check fail: errors that no baseline knows. */
export function failing(groups: readonly Group[]): Group[] {
  return groups.filter((group) => group.severity === 'error' && group.baseline !== 'known');
}

/** What fails first, then the rest; in each the order of the result. */
export function failingFirst(groups: readonly Group[]): Group[] {
  const wrong = new Set(failing(groups));
  return [...wrong, ...groups.filter((group) => !wrong.has(group))];
}

export function verdictOf(result: CheckResult): Verdict {
  const wrong = failing(result.groups);
  const void_ = voids(result);
  const doubts = [...void_, ...weaknesses(result)];
  if (wrong.length > 0) return { state: 'failed', headline: failure(wrong, result), doubts };
  if (void_.length > 0) return { state: 'void', headline: text('Not checked: this is no pass', '未能检查：不能视为通过'), doubts };
  return { state: 'passed', headline: success(result), doubts };
}

function failure(wrong: readonly Group[], result: CheckResult): Text {
  const times = wrong.reduce((sum, group) => sum + group.count, 0);
  const total = count(times);
  const met = times === 1 ? 'met once' : `met ${total} times`;
  const expired = wrong.filter((group) => group.baseline === 'expired').length;
  const fresh = wrong.length - expired;
  if (result.baseline === undefined)
    return text(`Failed: ${plural(wrong.length, 'root cause')}, ${met}`, `未通过：${count(wrong.length)} 类问题，共 ${total} 次`);
  const en = [...(fresh > 0 ? [plural(fresh, 'new root cause')] : []), ...(expired > 0 ? [plural(expired, 'expired exception')] : [])];
  const zh = [...(fresh > 0 ? [`${count(fresh)} 类新问题`] : []), ...(expired > 0 ? [`${count(expired)} 项豁免已过期`] : [])];
  return text(`Failed: ${en.join(' and ')}, ${met}`, `未通过：${zh.join('，')}，共 ${total} 次`);
}

function success(result: CheckResult): Text {
  const judged = count(result.exchanges.judged);
  const known = result.groups.filter((group) => group.baseline === 'known').length;
  if (known > 0)
    return text(
      `Passed: nothing new in ${plural(result.exchanges.judged, 'exchange')}, ${plural(known, 'known issue')}`,
      `通过：${judged} 次交换没有新问题，${count(known)} 类已知问题`,
    );
  return text(
    `Passed: ${plural(result.exchanges.judged, 'exchange keeps', 'exchanges keep')} to the documents`,
    `通过：${judged} 次交换均符合文档`,
  );
}

/** What leaves nothing to judge. */
function voids(result: CheckResult): Text[] {
  const { exchanges, documents } = result;
  if (documents.length === 0) return [text('No document was given: there was nothing to check against.', '没有给出文档：无从比对。')];
  if (exchanges.total === 0) return [text('The recordings hold no exchange.', '录制中没有任何交换。')];
  if (exchanges.judged === 0)
    return [
      text(
        `None of ${plural(exchanges.total, 'exchange')} belongs to a documented operation: check the documents, their servers and the base path.`,
        `${count(exchanges.total)} 次交换都不属于文档中的接口：请检查所选文档、servers 与基础路径。`,
      ),
    ];
  const refused = refusedCount(result);
  if (refused >= exchanges.judged)
    return [
      text(
        `All ${plural(exchanges.judged, 'response')} were 401 or 403: the recording shows nothing but refused credentials.`,
        `全部 ${count(exchanges.judged)} 个响应都是 401 或 403：录制中只有被拒绝的凭证。`,
      ),
    ];
  return [];
}

/** What was not judged though it was there. */
function weaknesses(result: CheckResult): Text[] {
  const { exchanges } = result;
  const found: Text[] = [];
  const refused = refusedCount(result);
  if (refused > 0 && refused < exchanges.judged && refused * 2 >= exchanges.judged)
    found.push(
      text(
        `${count(refused)} of ${count(exchanges.judged)} responses were 401 or 403: little else was exercised.`,
        `${count(exchanges.judged)} 个响应中有 ${count(refused)} 个是 401 或 403：其余行为很少触及。`,
      ),
    );
  const gaps = sum(result.groups.filter((group) => group.rule === 'recording-gap'));
  if (gaps > 0)
    found.push(
      text(
        `${plural(gaps, 'message was', 'messages were')} not recorded whole; what is missing was not judged.`,
        `${count(gaps)} 条消息没有完整录制，缺失部分未作判断。`,
      ),
    );
  const defects = result.groups.filter((group) => group.rule === 'document-defect').length;
  if (defects > 0)
    found.push(
      text(
        `${plural(defects, 'part')} of the documents can not be used; what they describe was not judged.`,
        `文档中有 ${count(defects)} 处无法使用，其描述的内容未作判断。`,
      ),
    );
  const left = exchanges.total - exchanges.judged;
  if (exchanges.judged > 0 && left * 2 > exchanges.total) {
    const reasons = Object.entries(exchanges.skipped).sort(([a], [b]) => (a < b ? -1 : 1));
    const list = (language: 'en' | 'zh'): string =>
      reasons.map(([reason, number]) => `${skippedText(reason)[language]} ${count(number)}`).join(language === 'en' ? ', ' : '、');
    const [en, zh] = reasons.length === 0 ? ['', ''] : [` (${list('en')})`, `（${list('zh')}）`];
    found.push(
      text(
        `${count(left)} of ${count(exchanges.total)} exchanges were not judged${en}.`,
        `${count(exchanges.total)} 次交换中有 ${count(left)} 次未作判断${zh}。`,
      ),
    );
  }
  const untouched = result.coverage.operations.filter((operation) => operation.exchanges === 0).length;
  if (untouched > 0) {
    const all = result.coverage.operations.length;
    found.push(
      text(
        `${count(untouched)} of ${plural(all, 'operation')} ${untouched === 1 ? 'was' : 'were'} never called.`,
        `${count(all)} 个接口中有 ${count(untouched)} 个从未被调用。`,
      ),
    );
  }
  return found;
}

function refusedCount(result: CheckResult): number {
  const cells = result.coverage.operations.flatMap((operation) =>
    operation.list.filter((cell) => cell.kind === 'status' && /^40[13]$/.test(cell.name)),
  );
  return cells.reduce((total, cell) => total + cell.ok + cell.failing, 0);
}

function sum(groups: readonly Group[]): number {
  return groups.reduce((total, group) => total + group.count, 0);
}
