import { csrfToken, plainKey } from './dom.ts';
import { connectEvents } from './events.ts';
import { createActMenu, type Subject } from './queue/act-menu.ts';
import { createLiveRows } from './queue/live-rows.ts';
import { createLook } from './queue/look.ts';
import { createQueueApi } from './queue/queue-api.ts';
import { byId, element, setText } from './workbench/dom.ts';
import { dueIn } from './workbench/text/show-time.ts';
import '../styles/supervision.css';

/** The forecast moves on with the clock, also when nothing happens. */
const LOOK_EVERY_MS = 60_000;
/** Between two looks: the whole queue is reckoned through for each. */
const REST_MS = 1000;
/** What is replaced as a whole: short, and not read row by row. */
const PARTS = ['sum', 'people', 'groups', 'lines'];

const api = createQueueApi(csrfToken());
const classes: { id: string; name: string }[] = JSON.parse(
  byId('supervision', HTMLElement).dataset.classes ?? '[]',
);
const menu = createActMenu(api, classes);
const frame = byId('rows', HTMLElement);
const rows = createLiveRows(frame);
const news = byId('news', HTMLElement);
const told = byId('told', HTMLElement);
const live = byId('live', HTMLElement);

function showNew(): void {
  rows.showAll();
  news.replaceChildren();
}

const look = createLook(
  '/supervision',
  (page) => {
    const fresh = page.getElementById('rows');
    if (!fresh) return;
    for (const id of PARTS) replacePart(byId(id, HTMLElement), page.getElementById(id));
    const waiting = rows.update(fresh);
    const button = () =>
      element(
        'button',
        { class: 'button button-small slide-in', type: 'button', onclick: showNew },
        `${waiting} new`,
      );
    news.replaceChildren(...(waiting > 0 ? [button()] : []));
  },
  REST_MS,
);

/** Keeps what has the focus in it: the same button of the new part takes it. */
function replacePart(part: HTMLElement, fresh: HTMLElement | null): void {
  if (!fresh || fresh.innerHTML === part.innerHTML) return;
  const active = document.activeElement;
  const focused = active instanceof HTMLElement && part.contains(active) ? active.dataset.id : undefined;
  part.replaceChildren(...fresh.childNodes);
  if (focused) part.querySelector<HTMLElement>(`[data-id="${focused}"]`)?.focus({ preventScroll: true });
}

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-act]') : null;
  const { act, id, name } = button?.dataset ?? {};
  if (!button || !id || !name || !(act === 'job' || act === 'person' || act === 'line')) return;
  void perform({ kind: act, id, name, paused: button.dataset.paused !== undefined });
});

async function perform(subject: Subject): Promise<void> {
  told.hidden = true;
  try {
    if (await menu.open(subject)) look();
  } catch (error) {
    told.hidden = false;
    setText(told, error instanceof Error ? error.message : 'That did not work. Try again.');
  }
}

connectEvents(
  ['job.changed'],
  () => look(),
  (connected) => {
    live.dataset.live = connected ? 'on' : 'off';
    setText(live, connected ? 'Live' : 'Not live: connecting again');
  },
);
document.addEventListener('keydown', (event) => {
  if (plainKey(event) === 'n') showNew();
});

setInterval(look, LOOK_EVERY_MS);
setInterval(() => {
  for (const cell of frame.querySelectorAll<HTMLElement>('[data-due]')) {
    setText(cell, dueIn(Date.parse(cell.dataset.due ?? ''), Date.now()).text);
  }
}, 30_000);
