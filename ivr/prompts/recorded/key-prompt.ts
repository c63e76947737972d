import type { Fragment } from '../forms/value-forms.ts';
import type { PromptId } from '../prompt.ts';
import type { Speaking } from '../speaking.ts';

/** The prompts that name one key or digit each; undefined for anything else, a letter for example. */
const KEY_PROMPTS: Readonly<Record<string, PromptId>> = {
  '0': 'key_0',
  '1': 'key_1',
  '2': 'key_2',
  '3': 'key_3',
  '4': 'key_4',
  '5': 'key_5',
  '6': 'key_6',
  '7': 'key_7',
  '8': 'key_8',
  '9': 'key_9',
  '*': 'key_star',
  '#': 'key_pound',
};

/**
 * The recordings that speak a value, in order; null when there is something else in it than keys and digits, or when
 * one of them is not recorded: two speakers within a number are worse than a voice. Pure.
 */
export function recordedKeys({ set, recorded }: Speaking, fragments: readonly Fragment[]): string[] | null {
  const spoken = fragments.flatMap((fragment) => ('text' in fragment ? [fragment] : []));
  if (spoken.length === 0 || spoken.some(({ keys }) => keys === undefined)) return null;
  const ids: string[] = [];
  for (const key of spoken.flatMap(({ keys }) => keys ?? [])) {
    const promptId = KEY_PROMPTS[key];
    const text = promptId && set.prompts.get(promptId)?.text;
    const id = promptId && text && recorded.find({ language: set.language, promptId, piece: 0, text });
    if (!id) return null;
    ids.push(id);
  }
  return ids;
}
