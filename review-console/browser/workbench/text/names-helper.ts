import type { SidePanel } from '../side-panel.ts';
import type { JobDetail, JobVocabulary } from '../wire.ts';
import { findSoundAlikes, indexTerms, type Match, matchedLength } from './sounds-like.ts';

/** The list of names beside the text: follows the typing, and puts a name in without leaving the text. */
export interface NamesHelper {
  /** Looks again a moment after the last call, so that it never stands between a key and its letter. */
  typed(): void;
  markNext(): void;
  /** Puts the marked (or the given) name in place of what was typed for it; false when there is none. */
  insert(index?: number): boolean;
}

const MOMENT_MS = 80;
const SHOWN = 6;
/** How much more a name counts for being of an account that this speaker is likely to speak of, and why it is likely. */
const LIKELIHOODS: Readonly<Record<JobDetail['accounts'][number]['because'], number>> = {
  named: 0.6,
  mentioned: 0.45,
  recent: 0.4,
  own: 0.3,
  region: 0.1,
};
const LATELY = 3_000;
const AGAIN = 0.25;

export function createNamesHelper(
  field: HTMLTextAreaElement,
  panel: Pick<SidePanel, 'showNames'>,
  vocabulary: JobVocabulary,
  accounts: JobDetail['accounts'],
): NamesHelper {
  const likelihood = new Map(accounts.map(({ id, because }) => [id, LIKELIHOODS[because]]));
  const index = indexTerms(vocabulary.terms, ({ kind, id, accountId, own }) => {
    const account = likelihood.get(accountId ?? id);
    if (account !== undefined) return account;
    // Products and competitors come up with anybody, other accounts with few.
    return own ? LIKELIHOODS.own : kind === 'product' || kind === 'competitor' ? 0.15 : 0;
  });
  let matches: Match[] = [];
  let marked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const before = () => field.value.slice(0, field.selectionStart);
  function look(): void {
    const text = before();
    // What stands there in full already needs no help.
    const found = findSoundAlikes(index, text, 2 * SHOWN).filter(({ term }) => !text.endsWith(term.name));
    // Who was named a moment ago is named again.
    const lately = text.slice(-LATELY);
    const likely = ({ term, score }: Match) => score + (lately.includes(term.name) ? AGAIN : 0);
    matches = found.toSorted((a, b) => likely(b) - likely(a)).slice(0, SHOWN);
    marked = 0;
    panel.showNames(matches, marked);
  }
  panel.showNames(matches, marked);

  return {
    typed() {
      clearTimeout(timer);
      timer = setTimeout(look, MOMENT_MS);
    },
    markNext() {
      if (matches.length === 0) return;
      marked = (marked + 1) % matches.length;
      panel.showNames(matches, marked);
    },
    insert(which = marked) {
      const match = matches[which];
      if (!match || field.readOnly) return false;
      const text = before();
      const length = matchedLength(index, text, match.term);
      if (length === 0) return false;
      field.setSelectionRange(text.length - length, text.length);
      insertAtSelection(field, match.term.name);
      matches = [];
      panel.showNames(matches, 0);
      return true;
    },
  };
}

/** Replaces the selection as if typed, so that the browser's own undo takes it back. */
export function insertAtSelection(field: HTMLTextAreaElement, text: string): void {
  field.focus();
  // Deprecated, yet the only way that keeps the undo history; where it is gone the text still gets in.
  if (document.execCommand('insertText', false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
