import type { Banner } from '../dialogs/banner.ts';
import { openDialog } from '../dialogs/open-dialog.ts';
import { element, setText } from '../dom.ts';
import type { Session } from './session.ts';

const AGAIN_MS = 3_000;
/** So often it is looked whether somebody has signed in in another tab. */
const LOOK_MS = 15_000;

/**
 * Resolves when there is a session of this person again. Often there is one already: they signed in in another tab, and
 * only the token is old. Otherwise a line above the text says so. Nothing takes the cursor away: what is typed meanwhile
 * stays on this computer and goes out afterwards.
 */
export async function signInAgain(session: Session, banner: Banner, field: HTMLElement): Promise<void> {
  for (;;) {
    const state = await session.renew().catch(() => 'unreachable' as const);
    if (state === 'ours') return banner.hide();
    if (state === 'unreachable') {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      continue;
    }
    const who = state === 'nobody' ? 'Your session has ended' : 'Somebody else has signed in in this browser';
    const wants = await new Promise<boolean>((resolve) => {
      const text = `${who}. Type on: your text is kept on this computer, and sent when you are signed in.`;
      banner.show(text, [{ label: 'Sign in', run: () => resolve(true) }], 'late');
      setTimeout(() => resolve(false), LOOK_MS);
    });
    if (!wants) continue;
    await askPassword(session);
    // The button that was pressed is gone; the next key belongs to the text.
    field.focus();
  }
}

async function askPassword(session: Session): Promise<void> {
  const email = element('input', {
    class: 'input',
    id: 'again-email',
    name: 'email',
    type: 'email',
    autocomplete: 'username',
    required: true,
  });
  const password = element('input', {
    class: 'input',
    id: 'again-password',
    name: 'password',
    type: 'password',
    autocomplete: 'current-password',
    required: true,
  });
  const problem = element('p', { class: 'small', role: 'alert' });
  const form = element(
    'form',
    { class: 'stack' },
    element('h2', { id: 'again-title' }, 'Sign in again'),
    element('p', {}, 'You stay where you are, and so does your text.'),
    element('div', { class: 'field' }, element('label', { for: 'again-email' }, 'E-mail'), email),
    element('div', { class: 'field' }, element('label', { for: 'again-password' }, 'Password'), password),
    problem,
    element('div', { class: 'form-actions' }, element('button', { class: 'button button-main' }, 'Sign in')),
  );
  const dialog = element('dialog', { class: 'dialog', 'aria-labelledby': 'again-title' }, form);
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    setText(problem, '');
    session.signIn(email.value, password.value).then(
      (refusal) => {
        if (refusal === null) return shown.finish('done');
        setText(problem, refusal);
        password.select();
      },
      () => setText(problem, 'The server is not reachable. Try again in a moment.'),
    );
  });
  const shown = openDialog(dialog, () => email.focus());
  await shown.result;
}
