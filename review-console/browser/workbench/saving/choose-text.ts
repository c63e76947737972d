import { openDialog } from '../dialogs/open-dialog.ts';
import { element } from '../dom.ts';

export type TextChoice = 'mine' | 'theirs' | 'both';

/**
 * Two versions of the same text side by side; a person says which one to go on with. There is no way out without
 * an answer, and the one that is not chosen is put aside by the caller, never thrown away.
 */
export async function chooseText(mine: string, theirs: string): Promise<TextChoice> {
  const pane = (title: string, text: string, choice: TextChoice, key: string) =>
    element(
      'section',
      { class: 'versions-pane' },
      element('h3', {}, title),
      element('div', { class: 'versions-text', tabindex: '0' }, text || '(empty)'),
      element('button', { class: 'button', value: choice }, 'Go on with this ', element('kbd', {}, key)),
    );
  const form = element(
    'form',
    { method: 'dialog', class: 'stack' },
    element('h2', { id: 'versions-title' }, 'The text was changed in two places'),
    element(
      'p',
      { class: 'quiet small' },
      'Both are kept: the one you do not choose is put aside and stays under Ctrl+K, "Texts put aside".',
    ),
    element(
      'div',
      { class: 'versions' },
      pane('On this computer', mine, 'mine', '1'),
      pane('On the server', theirs, 'theirs', '2'),
    ),
    element(
      'div',
      {},
      element(
        'button',
        { class: 'button', value: 'both' },
        'Both, one below the other ',
        element('kbd', {}, '3'),
      ),
    ),
  );
  const dialog = element(
    'dialog',
    { class: 'dialog versions-dialog', 'aria-labelledby': 'versions-title' },
    form,
  );
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    const choice = { '1': 'mine', '2': 'theirs', '3': 'both' }[event.key];
    if (choice || event.key === 'Escape') event.preventDefault();
    if (choice) shown.finish(choice);
  });
  const shown = openDialog(dialog, () => form.querySelector<HTMLElement>('button')?.focus());
  const result = await shown.result;
  return result === 'theirs' || result === 'both' ? result : 'mine';
}
