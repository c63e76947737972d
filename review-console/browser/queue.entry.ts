import { csrfToken, plainKey } from './dom.ts';
import { connectEvents } from './events.ts';
import { createLiveRows } from './queue/live-rows.ts';
import { createLook } from './queue/look.ts';
import { createQueueApi } from './queue/queue-api.ts';
import { byId, element, setText } from './workbench/dom.ts';
import { createJobApi } from './workbench/job-api.ts';
import { rememberLease } from './workbench/saving/leases.ts';
import { dueIn } from './workbench/text/show-time.ts';
import '../styles/queue.css';

const api = createJobApi(csrfToken);
const frame = byId('rows', HTMLElement);
const rows = createLiveRows(frame);
const news = byId('news', HTMLElement);
const told = byId('told', HTMLElement);
const live = byId('live', HTMLElement);

function tell(message: string): void {
  told.hidden = false;
  setText(told, message);
}

let taking = false;
/** Claims before opening, so that the job is ours when its page is there. Own work comes before new work. */
async function takeNext(): Promise<void> {
  if (taking) return;
  taking = true;
  try {
    const own = frame.querySelector<HTMLAnchorElement>('tr[data-mine] a[data-open]');
    if (own) return location.assign(own.href);
    const job = await api.claim();
    if (!job?.leaseToken) return tell('Nothing is waiting right now. New jobs show up here by themselves.');
    rememberLease(localStorage, job.id, job.leaseToken);
    location.assign(`/workbench/${job.id}`);
  } catch (error) {
    tell(error instanceof Error ? error.message : 'That did not work. Try again.');
  } finally {
    taking = false;
  }
}

function showNew(): void {
  rows.showAll();
  news.replaceChildren();
}

/** The page as it is now. */
const look = createLook('/queue', (page) => {
  const fresh = page.getElementById('rows');
  const sum = page.getElementById('queue-sum');
  if (!fresh || !sum) return;
  byId('queue-sum', HTMLElement).replaceChildren(...[...sum.childNodes]);
  const waiting = rows.update(fresh);
  news.replaceChildren(
    ...(waiting > 0
      ? [
          element(
            'button',
            { class: 'button button-small slide-in', type: 'button', onclick: showNew },
            `${waiting} new`,
          ),
        ]
      : []),
  );
  byId('next', HTMLButtonElement).toggleAttribute(
    'aria-disabled',
    !page.querySelector('#next:not([aria-disabled])'),
  );
});

connectEvents(
  ['job.changed'],
  () => look(),
  (connected) => {
    live.dataset.live = connected ? 'on' : 'off';
    setText(live, connected ? 'Live' : 'Not live: connecting again');
  },
);

document.addEventListener('keydown', (event) => {
  const key = plainKey(event);
  if (key === 't') void takeNext();
  else if (key === 'n') showNew();
});
byId('next', HTMLButtonElement).addEventListener('click', () => void takeNext());

setInterval(() => {
  for (const cell of frame.querySelectorAll<HTMLElement>('[data-due]')) {
    const { text, isLate, isSoon } = dueIn(Date.parse(cell.dataset.due ?? ''), Date.now());
    setText(cell, text);
    cell.dataset.tone = isLate ? 'late' : isSoon ? 'waiting' : '';
  }
}, 30_000);

/** An open queue that somebody looks at tells that they are at work. */
const SEEN_EVERY_MS = 60_000;
const queue = createQueueApi(csrfToken());
const seen = () => {
  if (document.visibilityState === 'visible' && frame.dataset.works !== undefined)
    void queue.seen().catch(() => undefined);
};
seen();
setInterval(seen, SEEN_EVERY_MS);
