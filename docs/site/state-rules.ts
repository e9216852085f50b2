/** How an operation behaves, in words, from its entry in the state file: what it changes, how it filters, sorts and pages, and what it refuses. */
import { record } from '../../operations/index.ts';
import type { Row } from '../../state/index.ts';
import { shown } from './constraints.ts';
import { errorOf, inputName, listOf, viewPager, waysOf } from './state-view.ts';
import type { ErrorView, ModuleState, PagerView } from './state-view.ts';
import { code, text } from './text.ts';
import type { Text } from './text.ts';

export interface BehaviourView {
  readonly rules: readonly Text[];
  /** What is refused besides a request that breaks the document, in the order of the checks. */
  readonly refusals: readonly ErrorView[];
}

/** @returns `undefined` for an operation that the state file does not describe. */
export function behaviourOf(state: ModuleState, operationId: string): BehaviourView | undefined {
  const entry = record(record(state.given['operations'])[operationId]);
  if (typeof entry['do'] !== 'string') return undefined;
  const collection = record(record(state.given['collections'])[String(entry['in'])]);
  const rules = [...verbRules(entry, collection), ...filterRules(entry), ...pageRules(state, entry), ...sideRules(entry)];
  const refusals = refusalsOf(entry).flatMap((name) => errorOf(state, name) ?? []);
  return { rules, refusals: refusals.filter((error, index) => refusals.findIndex(({ name }) => name === error.name) === index) };
}

function verbRules(entry: Row, collection: Row): Text[] {
  switch (entry['do']) {
    case 'create':
      return [createRule(entry), ...conflictRules(entry, collection), ...ownFields(collection, 'create'), ...initialRules(collection)];
    case 'upsert':
      return [upsertRule(entry), ...ownFields(collection, 'update'), ...statusRules(collection, entry)];
    case 'update':
      return [updateRule(entry), ...ownFields(collection, 'update'), ...statusRules(collection, entry)];
    case 'delete':
      return deleteRules(entry, collection);
    case 'transition':
      return transitionRules(entry, collection);
    case 'token':
      return tokenRules(entry);
    case 'get':
      return entry['missing'] === 'null' || entry['missing'] === null
        ? [text('没有匹配的记录时仍返回成功，内容为空。', 'Where nothing matches, the answer is a success without content.')]
        : [];
    default:
      return [];
  }
}

function createRule(entry: Row): Text {
  return entry['each'] === undefined
    ? text('成功后新增一条记录。', 'Adds one record.')
    : text(
        '每个元素新增一条记录；任何一项被拒绝时，整批都不保存。',
        'Adds one record for each element; if one is refused nothing of the batch is saved.',
      );
}

function conflictRules(entry: Row, collection: Row): Text[] {
  const groups = listOf(collection['unique']).map((group) =>
    (Array.isArray(group) ? group : listOf(record(group)['fields'])).map((name) => code(String(name))),
  );
  const { conflict } = entry;
  if (conflict === 'skip')
    return [text('已经存在的项会被跳过，其余照常添加。', 'Elements that exist already are skipped; the others are added.')];
  if (conflict === 'replace') return [text('已经存在的项会被替换。', 'What exists already is replaced.')];
  return groups.map((names) =>
    text(`${names.join(' + ')} 不能与已有记录重复。`, `${names.join(' + ')} must not be taken by another record.`),
  );
}

function upsertRule(entry: Row): Text {
  const key = code(inputName(entry['key']) || 'id');
  return entry['missing'] === 'error'
    ? text(
        `不带 ${key} 时新增；带 ${key} 时修改该记录，记录不存在则被拒绝。`,
        `Adds a record without ${key}; with ${key} changes that record, which has to exist.`,
      )
    : text(`带 ${key} 且记录存在时修改，否则新增。`, `Changes the record of ${key} where it exists, adds one otherwise.`);
}

function updateRule(entry: Row): Text {
  const replaced = listOf(entry['replaces']).map((name) => code(String(name)));
  if (replaced.length > 0)
    return text(
      `整体替换：未给出的 ${replaced.join('、')} 恢复默认值。`,
      `Replaces: ${replaced.join(', ')} go back to their defaults where they are not given.`,
    );
  if (entry['patch'] === true)
    return text(
      '只修改给出的字段；值为 null 的字段被移除（RFC 7396）。',
      'Changes what is given; a field that is null is removed (RFC 7396).',
    );
  return text('只修改给出的字段，其余保持不变。', 'Changes the fields that are given; the others stay.');
}

/** Fields that the server fills in by itself. */
function ownFields(collection: Row, kind: 'create' | 'update'): Text[] {
  const names = Object.keys(record(record(collection['stamps'])[kind])).map(code);
  return names.length === 0
    ? []
    : [text(`${names.join('、')} 由服务端填写。`, `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} set by the server.`)];
}

function initialRules(collection: Row): Text[] {
  const { field, initial } = record(collection['machine']);
  if (typeof field !== 'string' || initial === undefined) return [];
  return [text(`新记录的 ${code(field)} 为 ${shown(initial)}。`, `A new record has ${code(field)} ${shown(initial)}.`)];
}

function statusRules(collection: Row, entry: Row): Text[] {
  const { field, transitions } = record(collection['machine']);
  const isWritten = typeof field === 'string' && (entry['set'] === undefined || record(entry['set'])[field] !== undefined);
  if (!isWritten || transitions === undefined) return [];
  return [text(`${code(field)} 只能按状态图流转。`, `${code(field)} only moves along the status diagram.`)];
}

function deleteRules(entry: Row, collection: Row): Text[] {
  const rules: Text[] = [];
  const marks = Object.entries(record(collection['softDelete'])).map(([name, value]) => `${code(name)} = ${shown(value)}`);
  if (marks.length > 0)
    rules.push(
      text(`只作标记（${marks.join('、')}），之后不再返回。`, `The record is only marked (${marks.join(', ')}) and not returned any more.`),
    );
  else rules.push(text('删除后不再返回该记录。', 'The record is gone afterwards.'));
  if (entry['missing'] === 'ignore') rules.push(text('不存在的编号会被忽略。', 'Ids that do not exist are ignored.'));
  return rules;
}

function transitionRules(entry: Row, collection: Row): Text[] {
  const { field, transitions } = record(collection['machine']);
  const name = code(typeof field === 'string' ? field : 'status');
  return waysOf(entry).map(({ from, to }) => {
    const known =
      to === undefined
        ? []
        : Object.entries(record(transitions))
            .filter(([, targets]) => listOf(targets).map(String).includes(to))
            .map(([state]) => state);
    const sources = (from ?? known).map(code);
    const target = to === undefined ? undefined : code(to);
    const zh = target === undefined ? `${name} 变为请求给出的状态` : `${name} 变为 ${target}`;
    const en = target === undefined ? `Moves ${name} to the status that is asked for` : `Moves ${name} to ${target}`;
    if (sources.length === 0) return text(`${zh}。`, `${en}.`);
    return text(`${zh}；此前须为 ${sources.join('、')}。`, `${en}; before, it has to be ${sources.join(', ')}.`);
  });
}

function tokenRules(entry: Row): Text[] {
  const field = code(inputName(entry['grant']) || 'grant_type');
  const rules = Object.entries(record(entry['grants'])).map(([grant, value]) =>
    record(value)['spend'] === undefined
      ? text(
          `${field} 为 ${code(grant)} 时验证凭证后签发。`,
          `With ${field} ${code(grant)} the credentials are checked, then tokens are issued.`,
        )
      : text(
          `${field} 为 ${code(grant)} 时，所用的令牌立即失效，并签发新的一组。`,
          `With ${field} ${code(grant)} the token that was used stops working at once and new ones are issued.`,
        ),
  );
  return rules;
}

const NO_NAMES: readonly string[] = [];

function filterRules(entry: Row): Text[] {
  if (entry['do'] !== 'list') return [];
  const rules = Object.entries(record(entry['where'])).flatMap(([field, given]): Text[] => {
    const filter = record(given);
    if (field === '$any') {
      const names = listOf(filter['fields']).map((name) => code(String(name)));
      const input = inputName(filter['contains']);
      return input === ''
        ? []
        : [text(`${code(input)}：在 ${names.join('、')} 中按部分内容匹配`, `${code(input)}: part of ${names.join(' or ')}`)];
    }
    const own = code(field.replace(/^\//, '').replaceAll('/', '.'));
    const ways: [key: string, zh: string, en: string][] = [
      ['contains', '包含', 'contains'],
      ['startsWith', '开头为', 'begins with'],
      ['in', '为其中之一', 'is one of'],
      ['anyOf', '含有其中之一', 'holds one of'],
      ['from', '不早于 / 不小于', 'is at least'],
      ['to', '不晚于 / 不大于', 'is at most'],
      ['on', '当天', 'is on the day of'],
      ['not', '不等于', 'is not'],
    ];
    const direct = inputName(given);
    if (direct !== '') return [text(`${own} 等于 ${code(direct)}`, `${own} equals ${code(direct)}`)];
    return ways.flatMap(([key, zh, en]) => {
      const input = inputName(filter[key]);
      return input === '' ? [] : [text(`${own} ${zh} ${code(input)}`, `${own} ${en} ${code(input)}`)];
    });
  });
  if (rules.length === 0) return [];
  const zh = rules.map((rule) => rule.zh).join('；');
  const en = rules.map((rule) => rule.en).join('; ');
  return [text(`筛选（未给出的条件不参与）：${zh}。`, `Filters (what is not given is not asked for): ${en}.`)];
}

function pageRules(state: ModuleState, entry: Row): Text[] {
  const { page } = entry;
  if (page === undefined) return [];
  const pager = typeof page === 'string' ? record(record(state.given['pagers'])[page]) : record(page);
  return pageSentences(viewPager('', pager));
}

/** A pager in words; also for the conventions of a module. */
export function pageSentences(pager: PagerView): Text[] {
  const rules: Text[] = [];
  const start = code(pager.start || 'page');
  if (pager.by === 'offset')
    rules.push(
      text(
        `${start} 是起始记录的序号，从 0 数起，不是页码。`,
        `${start} is the number of the first record, counted from 0; it is no page number.`,
      ),
    );
  if (pager.by === 'page') rules.push(text(`页码 ${start} 从 ${pager.first} 开始。`, `Pages ${start} are counted from ${pager.first}.`));
  if (pager.by !== 'none') {
    const most = pager.most === undefined ? NO_NAMES : [String(pager.most)];
    const size = pager.size === '' ? '' : code(pager.size);
    rules.push(
      text(
        `每页 ${pager.preset} 条${size === '' ? '' : `，可用 ${size} 指定`}${most.map((limit) => `，最多 ${limit} 条`).join('')}。`,
        `${pager.preset} records per page${size === '' ? '' : `, or as ${size} says`}${most.map((limit) => `, at most ${limit}`).join('')}.`,
      ),
    );
  }
  if (pager.unpaged && pager.by !== 'none')
    rules.push(text(`不传 ${start} 时不分页，一次返回全部。`, `Without ${start} everything comes at once.`));
  if (pager.sort !== '') {
    const name = code(pager.sort.replace(/^-/, ''));
    rules.push(
      pager.sort.startsWith('-')
        ? text(`默认按 ${name} 从大到小（从新到旧）排列。`, `Sorted by ${name}, greatest or newest first, unless asked otherwise.`)
        : text(`默认按 ${name} 从小到大排列。`, `Sorted by ${name} unless asked otherwise.`),
    );
  }
  return rules;
}

function sideRules(entry: Row): Text[] {
  return listOf(entry['also']).length === 0
    ? []
    : [text('相关记录随之更新；失败时一切保持原样。', 'Records that belong to it change with it; a refusal leaves everything as it was.')];
}

/** Names of errors: those of the checks, then the verb's own. */
function refusalsOf(entry: Row): string[] {
  const named = listOf(entry['checks']).map((check) => record(check)['otherwise'] ?? 'INVALID');
  const grants = Object.values(record(entry['grants'])).map((grant) => record(grant)['otherwise']);
  const { do: verb, key, missing, otherwise, illegal, conflict } = entry;
  const needsRow = (verb === 'get' || verb === 'update' || verb === 'delete' || verb === 'transition') && missing === undefined;
  const own = [
    otherwise ?? (needsRow && key !== undefined ? 'NOT_FOUND' : undefined),
    illegal ?? (verb === 'transition' ? 'ILLEGAL_STATE' : undefined),
  ];
  const taken = conflict === 'skip' || conflict === 'replace' ? undefined : conflict;
  return [...named, ...grants, ...own, taken].filter((name) => typeof name === 'string');
}
