import { element, setText } from '../dom.ts';
import { openDialog } from './open-dialog.ts';

export interface Choice<T> {
  value: T;
  label: string;
  /** Second line: a definition, a city, a key. */
  note?: string;
}

export interface ChooseOptions<T> {
  title: string;
  choices: readonly Choice<T>[];
  /** Several may be chosen; these are to begin with. */
  chosen?: readonly T[];
  /**
   * What Enter does where several may be chosen: `toggle` takes or drops, Ctrl+Enter is done; `only` takes this one
   * alone and is done (Shift+Enter takes it besides), for when one is the rule.
   */
  enter?: 'toggle' | 'only';
  /** Something that is not in the list can be entered; `make` turns what was typed into a value. */
  make?: { label: (typed: string) => string; value: (typed: string) => T };
  /** Order by likeness to what is typed; absent: by the letters. */
  rank?: (typed: string, choices: readonly Choice<T>[]) => readonly Choice<T>[];
}

const HINTS = {
  one: 'Enter takes · Esc leaves it as it was',
  toggle: 'Enter takes or drops · Ctrl+Enter when done · Esc leaves it as it was',
  only: 'Enter: this one only · Shift+Enter takes or drops besides · Ctrl+Enter when done · Esc leaves it',
};

const SHOWN = 50;
let lists = 0;

/**
 * A list to choose from by typing, in a dialog over the work. Resolves to what was chosen (in order), or null when
 * left with Escape. The keyboard's focus returns to where it was.
 */
export function choose<T>(options: ChooseOptions<T>): Promise<T[] | null> {
  lists += 1;
  const listId = `choices-${lists}`;
  const several = options.chosen !== undefined;
  const chosen: T[] = [...(options.chosen ?? [])];
  let shown: readonly Choice<T>[] = options.choices;
  let at = 0;

  const input = element('input', {
    class: 'input',
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-expanded': 'true',
    'aria-controls': listId,
    'aria-labelledby': `${listId}-title`,
  });
  const list = element('ul', {
    id: listId,
    class: 'choices',
    role: 'listbox',
    'aria-labelledby': `${listId}-title`,
  });
  if (several) list.setAttribute('aria-multiselectable', 'true');
  const hint = element('p', { class: 'tiny quiet' });
  setText(hint, several ? HINTS[options.enter ?? 'toggle'] : HINTS.one);
  const dialog = element(
    'dialog',
    { class: 'dialog chooser', 'aria-labelledby': `${listId}-title` },
    element('h2', { id: `${listId}-title` }, options.title),
    input,
    list,
    hint,
  );

  const made = (): Choice<T>[] => {
    const typed = input.value.trim();
    return options.make && typed
      ? [{ value: options.make.value(typed), label: options.make.label(typed) }]
      : [];
  };
  const draw = () => {
    const items = shown.slice(0, SHOWN).map((choice, index) => {
      const isChosen = chosen.includes(choice.value);
      const item = element(
        'li',
        {
          id: `${listId}-${index}`,
          role: 'option',
          'aria-selected': String(several ? isChosen : index === at),
          class: index === at ? 'choice choice-current' : 'choice',
          onmousedown: (event: Event) => {
            event.preventDefault();
            at = index;
            take(false);
          },
        },
        several && element('span', { class: 'choice-mark', 'aria-hidden': 'true' }, isChosen ? '✓' : ''),
        element('span', { class: 'choice-label' }, choice.label),
        choice.note ? element('span', { class: 'choice-note' }, choice.note) : null,
      );
      return item;
    });
    if (items.length === 0)
      items.push(
        element('li', { class: 'choice quiet', role: 'option', 'aria-selected': 'false' }, 'Nothing fits.'),
      );
    list.replaceChildren(...items);
    input.setAttribute('aria-activedescendant', shown.length > 0 ? `${listId}-${at}` : '');
    list.children[at]?.scrollIntoView({ block: 'nearest' });
  };
  const filter = () => {
    const typed = input.value.trim();
    shown = [...(options.rank ?? byLetters)(typed, options.choices), ...made()];
    // Where Enter replaces, Enter without a word typed leaves it as it is.
    const first =
      options.enter === 'only' && !typed ? shown.findIndex(({ value }) => value === chosen[0]) : 0;
    at = first > 0 && first < SHOWN ? first : 0;
    draw();
  };
  const take = (besides: boolean) => {
    const choice = shown[at];
    if (!choice) return;
    if (!several || (options.enter === 'only' && !besides)) {
      chosen.splice(0, chosen.length, choice.value);
      return shownDialog.finish('done');
    }
    const index = chosen.indexOf(choice.value);
    if (index >= 0) chosen.splice(index, 1);
    else chosen.push(choice.value);
    input.select();
    draw();
  };

  input.addEventListener('input', filter);
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const by = event.key === 'ArrowDown' ? 1 : -1;
      at = Math.max(0, Math.min(Math.min(shown.length, SHOWN) - 1, at + by));
      draw();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && several)
      shownDialog.finish('done');
    else if (event.key === 'Enter') take(event.shiftKey);
    else return;
    event.preventDefault();
  });
  const shownDialog = openDialog(dialog, () => {
    filter();
    input.focus();
  });
  return shownDialog.result.then((result) => (result === 'done' ? chosen : null));
}

/** Choices that have every typed word at the start of one of theirs; the label counts before the note. */
function byLetters<T>(typed: string, choices: readonly Choice<T>[]): readonly Choice<T>[] {
  const wanted = typed
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  if (wanted.length === 0) return choices;
  const starts = (text: string) => {
    const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  };
  const first = choices.filter((choice) => starts(choice.label));
  return [
    ...first,
    ...choices.filter((choice) => !first.includes(choice) && starts(`${choice.label} ${choice.note ?? ''}`)),
  ];
}
