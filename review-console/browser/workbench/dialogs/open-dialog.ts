export interface OpenDialog {
  /**
   * Closes it with a result. Whoever awaits the result goes on before the next key is handled, so that a fast
   * typist's next letter is not lost between two dialogs.
   */
  finish(result: string): void;
  /** '' after Escape. */
  result: Promise<string>;
}

/** Shows a dialog until it is closed, then takes it out of the page and gives the focus, and the cursor, back. */
export function openDialog(dialog: HTMLDialogElement, onOpen: () => void): OpenDialog {
  const before = document.activeElement;
  const selection =
    before instanceof HTMLTextAreaElement ? [before.selectionStart, before.selectionEnd] : null;
  document.body.append(dialog);
  dialog.showModal();
  onOpen();
  let settle: (result: string) => void = () => {};
  const result = new Promise<string>((resolve) => {
    settle = resolve;
  });
  const end = () => {
    if (!dialog.isConnected) return;
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    // Typing in a dialog's field lets Chromium forget where the cursor was in the text.
    if (selection && before instanceof HTMLTextAreaElement)
      before.setSelectionRange(selection[0] ?? 0, selection[1] ?? 0);
    settle(dialog.returnValue);
  };
  // After Escape, or a button of a form with method="dialog".
  dialog.addEventListener('close', end);
  return {
    result,
    finish(value) {
      dialog.close(value);
      end();
    },
  };
}
