import { plainKey } from './dom.ts';

/**
 * `j` and `k` walk over the `[data-item]`s of the page, Enter opens the current one (its `[data-open]`, else its
 * first link). The list is looked up at each key, so items that came in later count too.
 */
export function startListKeys(): void {
  document.addEventListener('keydown', (event) => {
    const key = plainKey(event);
    if (key === 'j') step(1);
    else if (key === 'k') step(-1);
    else if (key === 'Enter' && !isControl(event.target))
      currentItem()?.querySelector<HTMLElement>('[data-open], a[href]')?.click();
    else if (key === 'n') document.querySelector<HTMLElement>('[data-show-new]')?.click();
    else if (key === '/') focusSearch(event);
  });
}

/** The item that j and k stand on, if any. */
export function currentItem(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-item][data-current]');
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, summary, input, select, textarea') !== null;
}

function step(by: 1 | -1): void {
  const items = [...document.querySelectorAll<HTMLElement>('[data-item]')].filter(
    (item) => item.offsetParent !== null,
  );
  if (items.length === 0) return;
  const current = currentItem();
  const at = current ? items.indexOf(current) : -1;
  const next =
    items[at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by))];
  if (!next) return;
  select(next);
}

/** Makes an item the current one and brings it, and the keyboard's focus, into view. */
export function select(item: HTMLElement): void {
  currentItem()?.removeAttribute('data-current');
  item.setAttribute('data-current', '');
  item.querySelector<HTMLElement>('[data-open], a[href]')?.focus({ preventScroll: true });
  item.scrollIntoView({ block: 'nearest' });
}

function focusSearch(event: KeyboardEvent): void {
  const box = document.querySelector<HTMLInputElement>('[data-search-box]');
  event.preventDefault();
  if (box) box.focus();
  else if (document.querySelector('a[href="/search"]')) location.assign('/search');
}
