/** Waits so long after the last key before it looks again, in milliseconds. */
const PAUSE_MS = 250;

/**
 * While a field's definition is edited, the page shows what it finds. The form goes to where its button would send it,
 * and of the page that comes back the part with the findings is put in place.
 */
export function startTryField(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-try]');
  const shown = document.querySelector('#tried');
  const button = document.querySelector<HTMLElement>('[data-try-button]');
  if (!form || !shown || !button) return;
  // It happens by itself now.
  button.hidden = true;
  let timer = 0;
  let latest = 0;

  async function look(): Promise<void> {
    if (!form || !shown) return;
    latest += 1;
    const mine = latest;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
    try {
      const answer = await fetch(form.dataset.try ?? '', { method: 'POST', body });
      if (!answer.ok || mine !== latest) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const found = page.querySelector('#tried');
      if (found && mine === latest) shown.replaceChildren(...found.childNodes);
    } catch {
      // Without the server nothing new is found; the next key tries again.
    }
  }

  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(look, PAUSE_MS);
  });
}
