import { connectEvents, type EventSubject } from './events.ts';

/** Several events of one moment (finalized, read, written) are one look at the server. */
const SETTLE_MS = 200;

/**
 * Keeps a page true without moving what is being read. `[data-live]` names the events that concern it, of the report
 * `data-live-only` where there is one; on one of them the page's own address is asked again and
 * - each `[data-live-part]` is put in place of its old self (unless somebody types in it);
 * - new `[data-live-item]`s of a `[data-live-list]` wait behind the button in `[data-live-slot]`, "1 new", until
 *   they are wanted; an empty list takes them at once, because nobody is reading it.
 */
export function startLive(): void {
  const root = document.querySelector<HTMLElement>('[data-live]');
  if (!root) return;
  const topics = (root.dataset.live ?? '').split(' ');
  let timer: number | undefined;
  const only = root.dataset.liveOnly;
  const look = ({ reportId }: EventSubject) => {
    if (only && reportId && reportId !== only) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      // Not reachable: when the events are connected again the page looks again.
      refresh().catch(() => undefined);
    }, SETTLE_MS);
  };
  connectEvents(topics, look, (connected) => {
    document.querySelectorAll<HTMLElement>('[data-live-state]').forEach((element) => {
      element.dataset.liveState = connected ? 'on' : 'off';
      element.textContent = connected ? 'Live' : 'Not live; trying to connect';
    });
  });
}

async function refresh(): Promise<void> {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  // Signed out in another window: what is on the screen stays; the next click leads to the sign-in.
  if (!response.ok || response.redirected) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  document.title = fresh.title;
  document.querySelectorAll<HTMLElement>('[data-live-part]').forEach((old) => {
    const part = fresh.querySelector(`[data-live-part="${old.dataset.livePart}"]`);
    if (!part || isInUse(old)) return;
    if (part.innerHTML.trim() !== old.innerHTML.trim()) old.replaceChildren(...part.childNodes);
  });
  document.querySelectorAll<HTMLElement>('[data-live-list]').forEach((list) => {
    const other = fresh.querySelector<HTMLElement>(`[data-live-list="${list.dataset.liveList}"]`);
    if (other) takeNew(list, other);
  });
}

function isInUse(part: HTMLElement): boolean {
  if (part.contains(document.activeElement)) return true;
  const fields = part.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
  return [...fields].some((field) => field.value !== field.defaultValue);
}

const idsOf = (list: HTMLElement) =>
  [...list.querySelectorAll<HTMLElement>('[data-live-item]')].map((item) => item.dataset.liveItem);

function takeNew(list: HTMLElement, fresh: HTMLElement): void {
  const known = new Set(idsOf(list));
  const items = [...fresh.querySelectorAll<HTMLElement>('[data-live-item]')];
  const added = items.filter((item) => !known.has(item.dataset.liveItem));
  const slot = document.querySelector<HTMLElement>('[data-live-slot]');
  const show = () => {
    insert(list, items);
    slot?.replaceChildren();
  };
  if (added.length === 0) slot?.replaceChildren();
  else if (known.size === 0 || !slot) show();
  else slot.replaceChildren(newButton(added, show));
}

function newButton(added: HTMLElement[], show: () => void): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button button-small slide-in';
  button.setAttribute('data-show-new', '');
  const name = added[0]?.dataset.liveName;
  button.textContent = added.length === 1 && name ? `1 new: ${name}` : `${added.length} new`;
  button.addEventListener('click', show);
  return button;
}

/** New items go where the server puts them; those that are there stay as they are, also if they were read meanwhile. */
function insert(list: HTMLElement, items: HTMLElement[]): void {
  list.querySelector('[data-live-empty]')?.remove();
  let before: Element | null = null;
  for (const item of items.toReversed()) {
    const there = list.querySelector(`[data-live-item="${item.dataset.liveItem}"]`);
    if (there) {
      before = there;
      continue;
    }
    const clone = document.importNode(item, true);
    clone.classList.add('slide-in');
    list.insertBefore(clone, before ?? null);
    before = clone;
  }
}
