import { openDialog } from '../dialogs/open-dialog.ts';
import { element, setText } from '../dom.ts';
import { COMMAND_IDS, COMMANDS, type Command, type CommandId, GROUPS } from './key-map.ts';
import type { Keys } from './keys.ts';
import { showKey } from './name-of-key.ts';

/** Keys one beside the other. */
export function keyCaps(names: readonly string[]): (Node | string)[] {
  return names.flatMap((key, index) => [...(index > 0 ? [' '] : []), element('kbd', {}, showKey(key))]);
}

/** Commands with the keys that they have now; those without a key are left out. */
export function keyList(keys: Keys, ids: readonly CommandId[]): HTMLElement {
  return element(
    'dl',
    { class: 'keys' },
    ...ids
      .filter((id) => keys.keysOf(id).length > 0)
      .map((id) =>
        element(
          'div',
          { class: 'keys-line' },
          element('dt', {}, ...keyCaps(keys.keysOf(id))),
          element('dd', {}, COMMANDS[id].does),
        ),
      ),
  );
}

export const commandsOf = (group: Command['group']): CommandId[] =>
  COMMAND_IDS.filter((id) => COMMANDS[id].group === group);

/** A pedal that something is given to. */
export interface PedalLine {
  label: string;
  does: string;
}

function pedalList(pedals: readonly PedalLine[]): HTMLElement {
  return element(
    'dl',
    { class: 'keys' },
    ...pedals.map(({ label, does }) =>
      element(
        'div',
        { class: 'keys-line' },
        element('dt', {}, element('kbd', {}, label)),
        element('dd', {}, does),
      ),
    ),
  );
}

/** All keys of the workbench on one sheet: as they are for this person, to be searched and printed. */
export async function showKeys(
  keys: Keys,
  pedals: readonly PedalLine[],
  onChange: () => unknown,
): Promise<void> {
  const search = element('input', {
    class: 'input',
    type: 'search',
    id: 'keys-search',
    autocomplete: 'off',
    placeholder: 'What it does, or a key',
    oninput: () => filter(),
  });
  const count = element('p', { class: 'visually-hidden', role: 'status' });
  const sections = GROUPS.map((group) => ({
    group,
    ids: commandsOf(group).filter((id) => keys.keysOf(id).length > 0),
  }))
    .filter(({ ids }) => ids.length > 0)
    .map(({ group, ids }) =>
      element('section', { class: 'keys-group' }, element('h3', {}, group), keyList(keys, ids)),
    );
  if (pedals.length > 0)
    sections.push(
      element('section', { class: 'keys-group' }, element('h3', {}, 'Foot pedal'), pedalList(pedals)),
    );
  const nothing = element('p', { class: 'quiet', hidden: true }, 'No key does that. Try another word.');
  const dialog = element(
    'dialog',
    { class: 'dialog keys-sheet', 'aria-labelledby': 'keys-title' },
    element('h2', { id: 'keys-title' }, 'Keys'),
    element(
      'div',
      { class: 'field no-print' },
      element('label', { class: 'visually-hidden', for: 'keys-search' }, 'Search'),
      search,
    ),
    count,
    element('div', { class: 'keys-columns' }, ...sections),
    nothing,
    element(
      'div',
      { class: 'form-actions no-print' },
      button('Change keys', () => {
        shown.finish('');
        onChange();
      }),
      button('Print', () => window.print()),
      button('Close', () => shown.finish('')),
    ),
  );

  function filter(): void {
    const wanted = search.value.trim().toLowerCase();
    let found = 0;
    for (const section of sections) {
      const lines = [...section.querySelectorAll<HTMLElement>('.keys-line')];
      for (const line of lines) line.hidden = !(line.textContent ?? '').toLowerCase().includes(wanted);
      const shownLines = lines.filter((line) => !line.hidden).length;
      section.hidden = shownLines === 0;
      found += shownLines;
    }
    nothing.hidden = found > 0;
    setText(count, wanted ? `${found} found` : '');
  }

  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (keys.commandOf(event, 'typing') !== 'keys') return;
    event.preventDefault();
    shown.finish('');
  });
  const shown = openDialog(dialog, () => search.focus());
  await shown.result;
}

function button(label: string, onclick: () => void): HTMLButtonElement {
  return element('button', { class: 'button', type: 'button', onclick }, label);
}
