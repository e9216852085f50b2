import type { Option } from 'commander';
import type { Language } from '../operations/index.ts';
import { say } from './language.ts';

/** An option as `--help` shows it: what it may be, and what it is when it is not given, where that says anything. A switch is off and a list is empty anyway. */
export function optionText({ description, argChoices, defaultValue }: Option, language: Language): string {
  const preset: unknown = defaultValue;
  const isTelling = preset !== undefined && typeof preset !== 'boolean' && !(Array.isArray(preset) && preset.length === 0);
  const choices = argChoices?.map((choice) => JSON.stringify(choice)) ?? [];
  const notes = [
    ...(choices.length > 0 ? [say(language, `choices: ${choices.join(', ')}`, `可选 ${choices.join('、')}`)] : []),
    ...(isTelling ? [say(language, `default: ${JSON.stringify(preset)}`, `默认 ${JSON.stringify(preset)}`)] : []),
  ];
  if (notes.length === 0) return description;
  return say(language, `${description} (${notes.join(', ')})`, `${description}（${notes.join('，')}）`);
}
