import { element, setText } from '../../dom.ts';
import type { Underlay } from '../underlay.ts';
import { type Found, findMatches, placeFrom, replacements } from './find-matches.ts';

export interface FindBar {
  /** Opens it, with what is selected to be looked for; open already it is gone to. */
  open(): void;
  close(): void;
  /** The text has changed. */
  followText(): void;
}

export interface FindBarParts {
  field: HTMLTextAreaElement;
  underlay: Underlay;
  /** As one step of undo. */
  replace(splices: readonly { start: number; removed: number; inserted: string }[]): void;
}

/** Find and replace above the text. */
export function createFindBar({ field, underlay, replace }: FindBarParts): FindBar {
  let places: Found[] = [];
  let at = -1;
  let bar: HTMLDialogElement | null = null;

  const wanted = element('input', {
    class: 'input',
    id: 'find-wanted',
    type: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const instead = element('input', {
    class: 'input',
    id: 'find-instead',
    type: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const matchCase = element('input', { type: 'checkbox', id: 'find-case' });
  const wholeWord = element('input', { type: 'checkbox', id: 'find-word' });
  const count = element('output', { class: 'find-count small', for: 'find-wanted', 'aria-live': 'polite' });

  function look(from = field.selectionStart): void {
    places = findMatches(field.value, wanted.value, {
      matchCase: matchCase.checked,
      wholeWord: wholeWord.checked,
    });
    at = placeFrom(places, from);
    show();
  }

  function show(): void {
    const current = places[at];
    underlay.show('found', places);
    underlay.show('found-current', current ? [current] : []);
    if (current) underlay.reveal(current.start);
    setText(
      count,
      wanted.value === '' ? '' : places.length === 0 ? 'Not found' : `${at + 1} of ${places.length}`,
    );
  }

  function step(by: number): void {
    if (places.length === 0) return;
    at = (at + by + places.length) % places.length;
    show();
  }

  function replaceThis(): void {
    const current = places[at];
    if (!current || field.readOnly) return;
    const { start, end } = current;
    replace(replacements(field.value, [{ start, end }], instead.value));
    back(instead);
    look(start + instead.value.length);
  }

  function replaceAll(): void {
    if (places.length === 0 || field.readOnly) return;
    const splices = replacements(field.value, places, instead.value);
    replace(splices);
    back(instead);
    look();
    setText(count, splices.length === 1 ? '1 replaced' : `${splices.length} replaced`);
  }

  /** Replacing needs the field for a moment. */
  function back(target: HTMLElement): void {
    if (bar) target.focus();
  }

  function close(): void {
    if (!bar) return;
    const current = places[at];
    bar.remove();
    bar = null;
    underlay.show('found', []);
    underlay.show('found-current', []);
    field.focus();
    if (current) field.setSelectionRange(current.start, current.end);
  }

  const button = (label: string, run: () => void, title?: string) =>
    element('button', { class: 'button button-small', type: 'button', onclick: run, title }, label);

  function make(): HTMLDialogElement {
    // A dialog, so that the workbench's keys are not its own; not a modal one, so that the text can be clicked.
    const made = element(
      'dialog',
      { class: 'find-bar', 'aria-label': 'Find and replace' },
      element(
        'div',
        { class: 'find-row' },
        element('label', { for: 'find-wanted' }, 'Find'),
        wanted,
        count,
        button('↑', () => step(-1), 'Previous (Shift+Enter)'),
        button('↓', () => step(1), 'Next (Enter)'),
        button('Close', close, 'Esc'),
      ),
      element(
        'div',
        { class: 'find-row' },
        element('label', { for: 'find-instead' }, 'Replace by'),
        instead,
        button('Replace', replaceThis, 'Enter in this field'),
        button('All', replaceAll, 'Ctrl+Enter; one Ctrl+Z takes all of it back'),
      ),
      element(
        'div',
        { class: 'find-row small' },
        element('label', { class: 'find-check' }, matchCase, 'Case counts'),
        element('label', { class: 'find-check' }, wholeWord, 'Whole words'),
      ),
    );
    made.addEventListener('keydown', onKey);
    return made;
  }

  function onKey(event: KeyboardEvent): void {
    event.stopPropagation();
    const isField = event.target === wanted || event.target === instead;
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) replaceAll();
    else if (event.key === 'Enter' && isField && event.shiftKey) step(-1);
    else if (event.key === 'Enter' && event.target === wanted) step(1);
    else if (event.key === 'Enter' && event.target === instead) replaceThis();
    else return;
    event.preventDefault();
  }

  wanted.addEventListener('input', () => look());
  for (const box of [matchCase, wholeWord]) box.addEventListener('change', () => look());

  return {
    open() {
      const { selectionStart, selectionEnd } = field;
      const selected = field.value.slice(selectionStart, selectionEnd);
      if (!bar) {
        bar = make();
        field.parentElement?.append(bar);
        bar.show();
      }
      if (selected && selected.length <= 100 && !selected.includes('\n')) wanted.value = selected;
      look(selectionStart);
      wanted.focus();
      wanted.select();
    },
    close,
    followText() {
      // What the bar itself replaced it has counted already.
      if (!bar || bar.contains(document.activeElement)) return;
      look(places[at]?.start ?? 0);
    },
  };
}
