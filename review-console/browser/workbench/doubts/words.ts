import type { Doubt } from '../wire.ts';

export const KINDS: Readonly<Record<Doubt['kind'], string>> = {
  inaudible: 'Inaudible',
  unsure_word: 'Unsure of the word',
  unsure_spelling: 'Unsure of the spelling',
  lost_signal: 'Lost signal',
};

/** Where a doubt stands, for a person to read. */
export function stateWords({
  state,
  answers,
  askedBy,
}: Pick<Doubt, 'state' | 'answers' | 'askedBy'>): string {
  switch (state) {
    case 'asked':
      return `Asked${askedBy ? ` by ${askedBy.name}` : ''}; heard at the speaker’s next call`;
    case 'answered':
      return answers.length === 1
        ? 'The speaker has answered'
        : `The speaker has answered ${answers.length} times`;
    case 'unknown':
      return 'The speaker does not know any more';
    case 'resolved':
      return 'Settled';
    default:
      return 'Marked';
  }
}

const LONGEST = 40;

/** “fifty of them”, shortened; a point in the text is told by the words before it. */
export function quote(text: string, { start, end }: { start: number; end: number }): string {
  const words = text.slice(start, end).replace(/\s+/g, ' ').trim();
  if (words) return `“${words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words}”`;
  const before = text
    .slice(Math.max(0, start - LONGEST), start)
    .replace(/\s+/g, ' ')
    .trimEnd();
  const cut = start > LONGEST ? before.slice(before.indexOf(' ') + 1) : before;
  return cut ? `after “${cut}”` : 'at the beginning';
}
