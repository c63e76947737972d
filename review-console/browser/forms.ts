import { plainKey } from './dom.ts';

/** Forms that must not be sent twice, text that must survive a lost session, and `r` for the reply box. */
export function startForms(): void {
  document.querySelectorAll<HTMLFormElement>('form[data-once]').forEach((form) => {
    form.addEventListener('submit', (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = 'yes';
    });
  });
  // Coming back with the browser's button brings a page from its memory; it may be sent again.
  addEventListener('pageshow', () => {
    document.querySelectorAll<HTMLFormElement>('form[data-sent]').forEach((form) => {
      delete form.dataset.sent;
    });
  });
  document.querySelectorAll<HTMLFormElement>('form[data-keep]').forEach(keepText);
  document.addEventListener('keydown', (event) => {
    if (plainKey(event) !== 'r') return;
    const box = document.querySelector<HTMLElement>('[data-reply-box]');
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.scrollIntoView({ block: 'nearest' });
  });
}

/**
 * What is being typed is kept in this window until the server has it: a request that failed, an expired session or
 * a reload bring it back. The page after a success names what it took with `data-took`.
 */
function keepText(form: HTMLFormElement): void {
  const key = `kept:${form.dataset.keep}`;
  const box = form.querySelector('textarea');
  if (!box) return;
  if (document.querySelector(`[data-took="${form.dataset.keep}"]`)) sessionStorage.removeItem(key);
  else if (box.value === '') box.value = sessionStorage.getItem(key) ?? '';
  box.addEventListener('input', () => {
    if (box.value) sessionStorage.setItem(key, box.value);
    else sessionStorage.removeItem(key);
  });
}
