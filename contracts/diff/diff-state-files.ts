import { addressOf, childPointer, record } from '../../operations/index.ts';
import type { Document } from '../../operations/index.ts';
import type { StateFile } from '../../state/index.ts';
import type { Change, Level, Sentence } from './change.ts';
import { createLedger } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import { show, valueKey } from './schema/value.ts';

/** The state files of one version, by the document's name. */
export type StateFiles = ReadonlyMap<string, StateFile>;

/** Parts of a state file that say how the API behaves; what is left out is seeds of the mock and its settings. */
const NAMED_PARTS = ['collections', 'operations', 'envelopes', 'errors', 'pagers'] as const;
const SINGLE_PARTS = ['bearer', 'envelope', 'timezone'] as const;
const OF_THE_MOCK = new Set(['seed']);

const PARTS_ZH: Readonly<Record<string, string>> = {
  collections: '集合',
  operations: '接口',
  envelopes: '信封',
  errors: '错误',
  pagers: '分页',
  bearer: '令牌',
  envelope: '默认信封',
  timezone: '时区',
};

/**
 * What changed in how the API behaves, as the state files of both versions say: keys, uniqueness, status machines, filters, envelopes, tokens. Compared as they
 * are written, so every difference is a warning; what is only more is compatible.
 * @param documents of the new version, for the operations' methods and paths.
 */
export function diffStateFiles(old: StateFiles, next: StateFiles, documents: readonly Document[]): Change[] {
  const ledger = createLedger();
  for (const { name } of documents) {
    const [before, after] = [old.get(name), next.get(name)];
    if (before === undefined && after === undefined) continue;
    // A first state file describes what was there before; one that is gone describes nothing.
    if (before === undefined || after === undefined) continue;
    compareFiles(name, before, after, ledger);
  }
  return ledger.list();
}

function compareFiles(document: string, old: StateFile, next: StateFile, ledger: Ledger): void {
  const tell = (rule: string, level: Level, pointer: string, text: Sentence, before: unknown, after: unknown): void =>
    ledger.tell({
      rule,
      level,
      side: 'behaviour',
      document,
      text,
      pointer,
      ...(before === undefined ? {} : { before, old: addressOf({ source: old.source, pointer }) }),
      ...(after === undefined ? {} : { after, new: addressOf({ source: next.source, pointer }) }),
    });
  for (const part of NAMED_PARTS) {
    const [before, after] = [record(old.given[part]), record(next.given[part])];
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const what = { en: `${part.slice(0, -1)} "${name}"`, zh: `${PARTS_ZH[part] ?? part} "${name}"` };
      compareEntry(what, childPointer(`/${part}`, name), before[name], after[name], tell);
    }
  }
  for (const part of SINGLE_PARTS)
    compareEntry({ en: part, zh: PARTS_ZH[part] ?? part }, `/${part}`, old.given[part], next.given[part], tell);
}

type Tell = (rule: string, level: Level, pointer: string, text: Sentence, before: unknown, after: unknown) => void;

/** One collection, operation, error ...: its members one by one, machines by their transitions. */
function compareEntry(what: Sentence, pointer: string, before: unknown, after: unknown, tell: Tell): void {
  if (before === undefined && after === undefined) return;
  if (before === undefined) {
    tell('behaviour-added', 'compatible', pointer, { en: `${what.en} is new`, zh: `新增${what.zh}` }, undefined, after);
    return;
  }
  if (after === undefined) {
    tell('behaviour-removed', 'warning', pointer, { en: `${what.en} is gone`, zh: `删除${what.zh}` }, before, undefined);
    return;
  }
  if (valueKey(before) === valueKey(after)) return;
  const [was, is] = [record(before), record(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => !OF_THE_MOCK.has(name));
  if (names.length === 0) {
    tell('behaviour-changed', 'warning', pointer, changed(what, '', before, after), before, after);
    return;
  }
  for (const name of names) {
    if (valueKey(was[name] ?? null) === valueKey(is[name] ?? null)) continue;
    if (name === 'machine') compareMachine(what, childPointer(pointer, name), record(was[name]), record(is[name]), tell);
    else tell('behaviour-changed', 'warning', childPointer(pointer, name), changed(what, name, was[name], is[name]), was[name], is[name]);
  }
}

function changed(what: Sentence, member: string, before: unknown, after: unknown): Sentence {
  const [was, is] = [before, after].map((value) => (value === undefined ? '–' : show(value)));
  return {
    en: `${what.en}: ${member === '' ? 'it' : member} was ${was}, it is ${is}`,
    zh: `${what.zh}：${member === '' ? '' : `${member} `}由 ${was} 变为 ${is}`,
  };
}

/** Transitions of a status machine one by one; its other members as they are written. */
function compareMachine(
  what: Sentence,
  pointer: string,
  old: Readonly<Record<string, unknown>>,
  next: Readonly<Record<string, unknown>>,
  tell: Tell,
): void {
  const [before, after] = [transitionsOf(old), transitionsOf(next)];
  const at = `${pointer}/transitions`;
  for (const move of before)
    if (!after.has(move))
      tell(
        'transition-removed',
        'warning',
        at,
        { en: `${what.en}: the transition ${move} is gone`, zh: `${what.zh}：删除状态迁移 ${move}` },
        move,
        undefined,
      );
  for (const move of after)
    if (!before.has(move))
      tell(
        'transition-added',
        'warning',
        at,
        { en: `${what.en}: the transition ${move} is new`, zh: `${what.zh}：新增状态迁移 ${move}` },
        undefined,
        move,
      );
  for (const name of ['field', 'initial', 'timed'])
    if (valueKey(old[name] ?? null) !== valueKey(next[name] ?? null))
      tell(
        'behaviour-changed',
        'warning',
        childPointer(pointer, name),
        changed(what, `machine ${name}`, old[name], next[name]),
        old[name],
        next[name],
      );
}

function transitionsOf(machine: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const moves = Object.entries(record(machine['transitions'])).flatMap(([from, to]) =>
    (Array.isArray(to) ? to : [to]).map((status: unknown) => `${from} -> ${typeof status === 'string' ? status : show(status)}`),
  );
  return new Set(moves);
}
