import { plainKey } from './dom.ts';

/** The list of keys: `?` and the button in the account's menu. */
export function startHelp(): void {
  const dialog = document.querySelector<HTMLDialogElement>('#help');
  if (!dialog) return;
  const open = () => {
    if (!dialog.open) dialog.showModal();
  };
  document.addEventListener('keydown', (event) => {
    if (plainKey(event) === '?') open();
  });
  document.querySelectorAll('[data-open-help]').forEach((button) => {
    button.addEventListener('click', open);
  });
}
