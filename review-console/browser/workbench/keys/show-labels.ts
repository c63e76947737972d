import { COMMAND_IDS } from './key-map.ts';
import type { Keys } from './keys.ts';

/** Labels that the page came with (`<kbd data-key-of="menu">`) follow the person's own keys. */
export function showKeyLabels(keys: Keys, page: ParentNode): void {
  keys.follow(() => {
    for (const label of page.querySelectorAll<HTMLElement>('[data-key-of]')) {
      const id = COMMAND_IDS.find((known) => known === label.dataset.keyOf);
      const key = id ? keys.label(id) : '';
      label.textContent = key;
      label.hidden = key === '';
    }
    const field = page.querySelector('textarea');
    const play = keys.label('play');
    if (field) field.placeholder = play ? `${play} plays. Type what is said.` : 'Type what is said.';
  });
}
