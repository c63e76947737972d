/** "Check first" asks the CRM with what stands in the form and leaves it as it is: secrets need not be typed twice. */
export function startConnectionForm(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-connection]');
  const button = form?.querySelector<HTMLButtonElement>('[data-check]');
  const result = form?.querySelector<HTMLElement>('[data-check-result]');
  if (!form || !button || !result) return;

  const say = (text: string, tone: string) => {
    result.textContent = text;
    result.dataset.tone = tone;
  };

  button.addEventListener('click', (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    say('Asking …', 'waiting');
    ask(form, button.formAction)
      .then(({ ok, message }) =>
        ok ? say('The CRM answers and lets us in.', 'good') : say(message ?? '', 'late'),
      )
      .catch(() => say('Dictaline could not be reached. Try again in a moment.', 'late'))
      .finally(() => {
        button.disabled = false;
        button.focus();
      });
  });
}

async function ask(form: HTMLFormElement, address: string): Promise<{ ok: boolean; message?: string }> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
  const answer = await fetch(address, { method: 'POST', body, headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return answer.json();
}
