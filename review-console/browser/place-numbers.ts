/** Least room to the left of the text, in pixels, for numbers to stand in the margin. */
const MARGIN_PX = 48;

/**
 * Moves unit numbers into the margin where there is room. Units that begin in the same line get slots side by
 * side (`data-slot` 0 is next to the text); with more than three in a line all of the letter stays inline.
 */
export function placeNumbers(text: HTMLElement): void {
  const place = () => {
    const numbers = [...text.querySelectorAll<HTMLElement>('.unit-number')];
    const hasRoom = Number.parseFloat(getComputedStyle(text.parentElement ?? text).paddingLeft) >= MARGIN_PX;
    text.dataset.letter = hasRoom ? 'margin' : '';
    if (!hasRoom) return;
    const lines = new Map<number, HTMLElement[]>();
    for (const number of numbers) {
      const top = Math.round(number.getBoundingClientRect().top);
      lines.set(top, [...(lines.get(top) ?? []), number]);
    }
    for (const line of lines.values()) {
      line.forEach((number, index) => {
        number.dataset.slot = String(Math.min(2, line.length - 1 - index));
      });
    }
  };
  place();
  new ResizeObserver(place).observe(text);
}
