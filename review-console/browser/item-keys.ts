import { plainKey } from './dom.ts';
import { currentItem } from './list-keys.ts';

/** Buttons that name a letter (`data-key`) are pressed by it, on the item that j and k stand on. */
export function startItemKeys(): void {
  document.addEventListener('keydown', (event) => {
    const key = plainKey(event);
    if (key === null || event.repeat) return;
    const button = [...(currentItem()?.querySelectorAll<HTMLElement>('[data-key]') ?? [])].find(
      (each) => each.dataset.key === key,
    );
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
