import { type Label, labelText } from '../labels.ts';

/** Words of a text that are to be taken out. UTF-16 offsets. */
export interface TextPlace {
  start: number;
  end: number;
  label: Label;
}

/** In order, and none over another: what overlaps or touches with no word between becomes one. Pure. */
export function joinPlaces(places: readonly TextPlace[], text: string): TextPlace[] {
  const joined: TextPlace[] = [];
  for (const place of places.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (place.end <= place.start) continue;
    const last = joined.at(-1);
    const touches =
      last !== undefined && (place.start < last.end || text.slice(last.end, place.start) === '');
    if (touches) last.end = Math.max(last.end, place.end);
    else joined.push({ ...place });
  }
  return joined;
}

/** The text with a label in each place. `places` as `joinPlaces` gives them. Pure. */
export function replacePlaces(text: string, places: readonly TextPlace[]): string {
  let replaced = '';
  let at = 0;
  for (const { start, end, label } of places) {
    replaced += text.slice(at, start) + labelText(label);
    at = end;
  }
  return replaced + text.slice(at);
}

/**
 * Where a point of the text is when the places are replaced: one inside of a place is at the label's beginning, or,
 * with `toEnd`, behind it. Pure.
 */
export function moveOffset(offset: number, places: readonly TextPlace[], toEnd = false): number {
  let shift = 0;
  for (const { start, end, label } of places) {
    if (offset <= start) break;
    const length = labelText(label).length;
    if (offset < end) return start + shift + (toEnd ? length : 0);
    shift += length - (end - start);
  }
  return offset + shift;
}

/** Places of a text as they lie in a piece of it that begins at `from` and ends at `until`. Pure. */
export function placesWithin(places: readonly TextPlace[], from: number, until: number): TextPlace[] {
  return places
    .filter(({ start, end }) => start < until && end > from)
    .map(({ start, end, label }) => ({
      start: Math.max(start, from) - from,
      end: Math.min(end, until) - from,
      label,
    }));
}
