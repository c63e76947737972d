/** What stands in the text in place of what was taken out, in brackets; it says of what kind that was, no more. */
export const LABELS = [
  'redacted',
  'name',
  'number',
  'card number',
  'phone number',
  'e-mail',
  'address',
  'date',
  'amount',
] as const;
export type Label = (typeof LABELS)[number];

export function labelText(label: Label): string {
  return `[${label}]`;
}

const IN_TEXT = new RegExp(`\\[(?:${LABELS.join('|')})\\]`, 'g');

export interface LabelPiece {
  text: string;
  /** Null: plain words. */
  label: Label | null;
}

/** A text cut where labels stand in it. Pure. */
export function cutAtLabels(text: string): LabelPiece[] {
  const pieces: LabelPiece[] = [];
  let at = 0;
  for (const match of text.matchAll(IN_TEXT)) {
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), label: null });
    const label = LABELS.find((each) => labelText(each) === match[0]) ?? 'redacted';
    pieces.push({ text: match[0], label });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), label: null });
  return pieces;
}
