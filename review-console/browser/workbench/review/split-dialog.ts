import { openDialog } from '../dialogs/open-dialog.ts';
import { element } from '../dom.ts';
import { splitPlaces } from './split-place.ts';

/** Shows a unit's words with a cursor between them. Resolves to the offset within the text, or null. */
export async function askSplit(text: string, number: number): Promise<number | null> {
  const { offsets, likeliest } = splitPlaces(text);
  if (offsets.length === 0) return null;
  let at = likeliest;
  const words = element('p', {
    class: 'split-text',
    tabindex: '0',
    role: 'slider',
    'aria-label': 'Place of the split',
  });
  words.setAttribute('aria-valuemin', '1');
  words.setAttribute('aria-valuemax', String(offsets.length));
  const draw = () => {
    const offset = offsets[at] ?? 0;
    words.setAttribute('aria-valuenow', String(at + 1));
    words.setAttribute('aria-valuetext', `before ${text.slice(offset).split(/\s+/)[0] ?? ''}`);
    words.replaceChildren(
      element('span', {}, text.slice(0, offset).trimEnd()),
      element('span', { class: 'split-cursor', 'aria-hidden': 'true' }, ' ⏐ '),
      element('span', {}, text.slice(offset)),
    );
  };
  const dialog = element(
    'dialog',
    { class: 'dialog', 'aria-labelledby': 'split-title' },
    element('h2', { id: 'split-title' }, `Split unit ${number}`),
    words,
    element('p', { class: 'tiny quiet' }, '← → move · Enter splits here · Esc leaves it whole'),
  );
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Enter') shown.finish('done');
    else if (event.key === 'ArrowLeft') at = Math.max(0, at - 1);
    else if (event.key === 'ArrowRight') at = Math.min(offsets.length - 1, at + 1);
    else if (event.key === 'Home') at = 0;
    else if (event.key === 'End') at = offsets.length - 1;
    else return;
    event.preventDefault();
    draw();
  });
  const shown = openDialog(dialog, () => {
    draw();
    words.focus();
  });
  return (await shown.result) === 'done' ? (offsets[at] ?? null) : null;
}
