import type { CodedUnit } from '../coded-unit.ts';

/** What is wrong with units of a text, in words for the person; null when every word is in exactly one of them. */
export function faultOf(text: string, units: readonly CodedUnit[]): string | null {
  let from = 0;
  for (const [index, { start, end }] of units.entries()) {
    if (start < from || end <= start || end > text.length) return `Unit ${index + 1} is out of place.`;
    if (text.slice(from, start).trim() !== '') return `There are words before unit ${index + 1} in no unit.`;
    if (text.slice(start, end).trim() === '') return `Unit ${index + 1} holds no words.`;
    from = end;
  }
  return text.slice(from).trim() === '' ? null : 'There are words at the end that are in no unit.';
}
