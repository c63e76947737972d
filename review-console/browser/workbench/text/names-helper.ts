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

/** A name as it is put in: as it is usually said, then, once that stands there, as it is written in full. */
export interface Offer extends Match {
  form: string;
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
  let matches: Offer[] = [];
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
    matches = found
      .toSorted((a, b) => likely(b) - likely(a))
      .slice(0, SHOWN)
      .map((match) => ({ ...match, form: formFor(match.term, text) }));
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
      const length = begunLength(text, match.form) || matchedLength(index, text, match.term);
      if (length === 0) return false;
      field.setSelectionRange(text.length - length, text.length);
      insertAtSelection(field, match.form);
      matches = [];
      panel.showNames(matches, 0);
      return true;
    },
  };
}

const FEWEST_LETTERS = 3;

/**
 * How to write the name where `text` ends: of its names the one of which most stands there already, the shortest of
 * those, for people say "RanchMate" and not "RanchMate Booster Pump", and what is said is what is typed. Nothing of any:
 * its full name.
 */
export function formFor({ name, aliases }: Match['term'], text: string): string {
  const [best] = [...aliases.map((alias) => alias.replace(/^(the|a|an)\s+/i, '')), name]
    .map((form) => ({ form, begun: begunLength(text, form) }))
    .filter(({ begun }) => begun > 0)
    .sort((a, b) => b.begun - a.begun || a.form.length - b.form.length);
  return best?.form ?? name;
}

/** How much of the end of `text` is the beginning of `form`, but not all of it; 0: less than three letters. */
function begunLength(text: string, form: string): number {
  const [typed, whole] = [text.toLowerCase(), form.toLowerCase()];
  for (let length = form.length - 1; length >= FEWEST_LETTERS; length -= 1) {
    if (!typed.endsWith(whole.slice(0, length))) continue;
    if (!/[\p{L}\p{N}]/u.test(text.charAt(text.length - length - 1))) return length;
  }
  return 0;
}

/** Replaces the selection as if typed, so that the browser's own undo takes it back. */
export function insertAtSelection(field: HTMLTextAreaElement, text: string): void {
  field.focus();
  // Deprecated, yet the only way that keeps the undo history; where it is gone the text still gets in.
  if (document.execCommand('insertText', false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
