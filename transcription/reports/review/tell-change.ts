import type { CodeNote, ReviewAction, StepNote, ValueNote } from './review-state.ts';

/** A stored change as it is told; `before` and `after` are null where the text was destroyed. */
export interface ToldChange {
  action: string;
  subject: string;
  key: string;
  unit: { number: number } | null;
  before: unknown;
  after: unknown;
}

export interface Labels {
  code(key: string): string;
  field(key: string): string;
}

const WORDS: Record<ReviewAction, string> = {
  confirmed: 'confirmed',
  changed: 'changed',
  refused: 'refused',
  added: 'added',
  reopened: 'opened again',
};

/** "changed Amount from $2,800 (price) to $2,900 (price), unit 4": what follows a person's name. Pure. */
export function tellChange(
  { action, subject, key, unit, before, after }: ToldChange,
  labels: Labels,
): string {
  const verb = isAction(action) ? WORDS[action] : action;
  const where = unit ? `, unit ${unit.number}` : '';
  if (subject === 'text') return 'corrected the text';
  if (subject === 'code') {
    const note = after as CodeNote | null;
    const main = note?.main && action === 'changed' ? 'made the main code ' : `${verb} the code `;
    return `${main}${labels.code(key)}${where}`;
  }
  if (subject === 'step') return `${verb} a next step${spoken(textOf(after) ?? textOf(before))}${where}`;
  const label = labels.field(key);
  const was = displayOf(before);
  const is = displayOf(after);
  if (action === 'changed' && was !== null && is !== null && was !== is)
    return `changed ${label} from ${was} to ${is}${where}`;
  return `${verb} ${label}${is === null ? '' : ` ${is}`}${where}`;
}

function isAction(action: string): action is ReviewAction {
  return action in WORDS;
}

function displayOf(note: unknown): string | null {
  return (note as ValueNote | null)?.display ?? null;
}

function textOf(note: unknown): string | null {
  return (note as StepNote | null)?.text ?? null;
}

function spoken(text: string | null): string {
  return text === null ? '' : ` (“${text.length > 80 ? `${text.slice(0, 79)}…` : text}”)`;
}
