/** Waits so long after the last key before it looks again, in milliseconds. */
const PAUSE_MS = 300;
/** What follows the keys; the rest of the form changes only with what stands in its choices. */
const WITH_KEYS = new Set(['preview', 'template-faults']);

/**
 * While a mapping is edited, the page shows what it makes of a real report. The form goes to where "Show what it makes"
 * would send it, and of the page that comes back the parts that depend on it are put in place. A part that somebody
 * is typing in stays as it is.
 */
export function startTrying(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-try]');
  if (!form) return;
  // It happens by itself now.
  form.querySelector<HTMLElement>('[data-try-button]')?.setAttribute('hidden', '');
  let timer = 0;
  let latest = 0;

  async function look(whole: boolean, pick = ''): Promise<void> {
    if (!form) return;
    latest += 1;
    const mine = latest;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
    if (pick) body.set('pick', pick);
    try {
      const answer = await fetch(form.dataset.try ?? '', { method: 'POST', body });
      if (!answer.ok || mine !== latest) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (mine === latest) swap(form, page, whole);
    } catch {
      // Without the server nothing new is shown; the next key tries again.
    }
  }

  form.addEventListener('input', (event) => {
    clearTimeout(timer);
    const whole = event.target instanceof HTMLElement && event.target.matches('[data-whole]');
    timer = window.setTimeout(() => look(whole), whole ? 0 : PAUSE_MS);
  });
  form.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (!button) return;
    if (button.dataset.insert !== undefined) insert(form, button.dataset.insert);
    else if (button.name === 'pick') {
      event.preventDefault();
      clearTimeout(timer);
      void look(false, button.value).then(() => focusBack(form, button.textContent ?? ''));
    }
  });
}

function swap(form: HTMLFormElement, page: Document, whole: boolean): void {
  for (const part of form.querySelectorAll<HTMLElement>('[data-swap]')) {
    const name = part.dataset.swap ?? '';
    const fresh = page.querySelector(`[data-swap="${name}"]`);
    const isTypedIn = part.contains(document.activeElement) && name !== 'preview';
    if (fresh && (whole || WITH_KEYS.has(name)) && !isTypedIn) part.replaceChildren(...fresh.childNodes);
  }
  if (!whole) return;
  // By these the server knows what was just changed.
  for (const [was, is] of [
    ['sourceWas', 'source'],
    ['objectWas', 'objectType'],
  ]) {
    const kept = form.querySelector<HTMLInputElement>(`[name="${was}"]`);
    const choice = form.querySelector<HTMLSelectElement>(`[name="${is}"]`);
    if (kept && choice) kept.value = choice.value;
  }
}

/** Puts a name where the cursor stands in the template. */
function insert(form: HTMLFormElement, text: string): void {
  const box = form.querySelector<HTMLTextAreaElement>('[data-template]');
  if (!box) return;
  box.focus();
  box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

/** The button that was pressed is a new one now; who walks through reports by keyboard stays where they were. */
function focusBack(form: HTMLFormElement, label: string): void {
  const buttons = [...form.querySelectorAll<HTMLButtonElement>('button[name="pick"]')];
  (buttons.find(({ textContent }) => textContent === label) ?? buttons[0])?.focus();
}
