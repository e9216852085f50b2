import { childPointer } from '../../operations/index.ts';
import type { TimeForm } from '../clock-text.ts';
import type { Operator } from './operator.ts';
import { member } from './operator.ts';

export const TIME_FORMS: readonly TimeForm[] = ['iso', 'ms', 'seconds', 'local', 'date', 'time'];

/**
 * `{ $time: value, as: iso | ms | seconds | local | date | time, at: HH:mm:ss, plus: seconds }`: a time in one of the forms (default `local`), its hour replaced by `at`, moved by `plus`; absent
 * where the value is no time.
 */
export const TIME_OPERATORS: Readonly<Record<string, Operator>> = {
  $time: {
    keys: ['as', 'at', 'plus'],
    compile(given, pointer, context) {
      const source = member(given, '$time', pointer, context);
      const form = TIME_FORMS.find((known) => known === (given['as'] ?? 'local'));
      if (form === undefined) context.problem(childPointer(pointer, 'as'), `a time is written as one of ${TIME_FORMS.join(', ')}`);
      const at = typeof given['at'] === 'string' ? given['at'] : undefined;
      if (given['at'] !== undefined && !/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(at ?? ''))
        context.problem(childPointer(pointer, 'at'), 'the hour of a day is written HH:mm or HH:mm:ss');
      const plus = context.template(given['plus'] ?? 0, childPointer(pointer, 'plus'));
      return (scope) => {
        const { clock } = scope;
        let moment = clock.read(source(scope));
        if (moment === undefined) return undefined;
        if (at !== undefined) moment = clock.read(`${String(clock.write(moment, 'date'))} ${at}`) ?? moment;
        const seconds = plus(scope);
        const moved = moment + (typeof seconds === 'number' ? seconds * 1000 : 0);
        return Number.isNaN(moved) ? undefined : clock.write(moved, form ?? 'local');
      };
    },
  },
};
