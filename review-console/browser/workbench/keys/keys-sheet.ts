import { openDialog } from '../dialogs/open-dialog.ts';
import { element } from '../dom.ts';
import { COMMAND_IDS, COMMANDS, type Command, type CommandId, GROUPS } from './key-map.ts';
import type { Keys } from './keys.ts';
import { showKey } from './name-of-key.ts';

/** Commands with the keys that they have now; those without a key are left out. */
export function keyList(keys: Keys, ids: readonly CommandId[]): HTMLElement {
  return element(
    'dl',
    { class: 'keys' },
    ...ids
      .filter((id) => keys.keysOf(id).length > 0)
      .flatMap((id) => [
        element(
          'dt',
          {},
          ...keys
            .keysOf(id)
            .flatMap((key, index) => [index > 0 ? ' ' : null, element('kbd', {}, showKey(key))]),
        ),
        element('dd', {}, COMMANDS[id].does),
      ]),
  );
}

export const commandsOf = (group: Command['group']): CommandId[] =>
  COMMAND_IDS.filter((id) => COMMANDS[id].group === group);

/** All keys of the workbench on one sheet. */
export async function showKeys(keys: Keys): Promise<void> {
  const dialog = element(
    'dialog',
    { class: 'dialog keys-sheet', 'aria-labelledby': 'keys-title' },
    element('h2', { id: 'keys-title' }, 'Keys'),
    element(
      'div',
      { class: 'keys-columns' },
      ...GROUPS.map((group) =>
        element('section', { class: 'stack' }, element('h3', {}, group), keyList(keys, commandsOf(group))),
      ),
    ),
    element('form', { method: 'dialog' }, element('button', { class: 'button' }, 'Close')),
  );
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (keys.commandOf(event, 'beside') === 'keys') {
      event.preventDefault();
      shown.finish('');
    }
  });
  const shown = openDialog(dialog, () => dialog.querySelector('button')?.focus());
  await shown.result;
}
