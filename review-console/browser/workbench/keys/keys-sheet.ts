import { openDialog } from '../dialogs/open-dialog.ts';
import { element } from '../dom.ts';
import { type KeyLine, REVIEW_KEYS, TYPING_KEYS } from './key-map.ts';

export function keyList(lines: readonly KeyLine[]): HTMLElement {
  return element(
    'dl',
    { class: 'keys' },
    ...lines.flatMap(({ keys, does }) => [
      element('dt', {}, ...keys.flatMap((key, index) => [index > 0 ? ' ' : null, element('kbd', {}, key)])),
      element('dd', {}, does),
    ]),
  );
}

/** All keys of the workbench on one sheet. */
export async function showKeys(): Promise<void> {
  const part = (title: string, lines: readonly KeyLine[]) =>
    element('section', { class: 'stack' }, element('h3', {}, title), keyList(lines));
  const dialog = element(
    'dialog',
    { class: 'dialog keys-sheet', 'aria-labelledby': 'keys-title' },
    element('h2', { id: 'keys-title' }, 'Keys'),
    element(
      'div',
      { class: 'keys-columns' },
      part('While typing', TYPING_KEYS),
      part('At the units', REVIEW_KEYS),
    ),
    element('form', { method: 'dialog' }, element('button', { class: 'button' }, 'Close')),
  );
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'F1' || event.key === '?') {
      event.preventDefault();
      shown.finish('');
    }
  });
  const shown = openDialog(dialog, () => dialog.querySelector('button')?.focus());
  await shown.result;
}
