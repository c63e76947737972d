import type { CodebookChange } from '../../transcription/codebook/diff-codebooks.ts';

const list = (words: readonly string[]) =>
  words.length > 5 ? `${words.slice(0, 5).join(', ')} and ${words.length - 5} more` : words.join(', ');

/** A difference to the version in force, in a sentence. Pure. */
export function inWords(change: CodebookChange): { label: string; says: string; isRecoding: boolean } {
  const { label, kind } = change;
  const says = (words: string) => ({
    label,
    says: words,
    isRecoding: kind === 'merged' || kind === 'retired',
  });
  switch (change.kind) {
    case 'added':
      return says('is new.');
    case 'retired':
      return says('is not given any more.');
    case 'merged':
      return says(`becomes part of ${change.intoLabel}.`);
    case 'renamed':
      return says(`was called ${change.before}.`);
    case 'redefined':
      return says(
        `is defined anew: “${change.after}”${change.before ? ` instead of “${change.before}”` : ''}.`,
      );
    case 'moved':
      return says(
        change.after === null
          ? `stands at the top, no longer under ${change.before}.`
          : `stands under ${change.after}${change.before ? `, no longer under ${change.before}` : ''}.`,
      );
    case 'cues':
      return says(
        [
          change.added.length > 0 && `is suggested for: ${list(change.added)}.`,
          change.removed.length > 0 && `no longer for: ${list(change.removed)}.`,
        ]
          .filter(Boolean)
          .join(' '),
      );
    case 'examples':
      return says(`has other examples (${change.added} more, ${change.removed} less).`);
  }
}
