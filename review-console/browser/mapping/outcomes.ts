/** The boxes above the list of what would change: each hides and shows the rows of one outcome. */
export function startOutcomes(): void {
  const boxes = document.querySelector('[data-outcomes]');
  if (!boxes) return;
  boxes.addEventListener('change', () => {
    const shown = new Set(
      [...boxes.querySelectorAll<HTMLInputElement>('input:checked')].map(({ value }) => value),
    );
    document.querySelectorAll<HTMLElement>('li[data-outcome]').forEach((row) => {
      row.hidden = !shown.has(row.dataset.outcome ?? '');
    });
  });
}
