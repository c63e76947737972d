/** A chosen file is shown before it is sent, so that people see what they import. */
export function startCsvFile(): void {
  const field = document.querySelector<HTMLElement>('[data-csv-file]');
  const input = field?.querySelector('input');
  const box = document.querySelector<HTMLTextAreaElement>('#csv');
  if (!field || !input || !box) return;
  field.hidden = false;
  input.addEventListener('change', async () => {
    const file = input.files?.[0];
    if (file) box.value = await file.text();
  });
}
