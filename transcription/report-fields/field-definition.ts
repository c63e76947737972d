/**
 * A field of reports that a company defines for itself: what it is called, what kind of thing it holds, and by which
 * words its value is known in a text. All of it is data that an administrator writes; nothing here needs a program.
 */
import { wordsOf } from '../thought-units/lexicon.ts';

export const FIELD_TYPES = [
  'text',
  'number',
  'money',
  'date',
  'choice',
  'person',
  'product',
  'list',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** What may be chosen, with the words that mean it besides its name. */
export interface FieldOption {
  value: string;
  words: string[];
}

/** Words beside which a value stands: after them, before them, or anywhere in the same unit. */
export interface Cue {
  where: 'after' | 'before' | 'near';
  words: string[];
  /** As the administrator wrote them. */
  text: string;
}

export interface FieldDefinition {
  /** What values are kept under; lower case with underscores. */
  key: string;
  label: string;
  description: string;
  type: FieldType;
  options: FieldOption[];
  cues: string[];
  /** Sentences that hold a value, to try the cues on. */
  examples: string[];
  /** Less sure values are only suggested; null: as the type has it. */
  minConfidence: number | null;
}

/** Keys of what every report has; a company's own field can't take one. */
export const BUILT_IN_FIELDS: ReadonlySet<string> = new Set([
  'account',
  'contact',
  'new_contact',
  'meeting_date',
  'meeting_type',
  'product',
  'competitor',
  'new_competitor',
  'amount',
  'percent',
  'sentiment',
  'stage',
  'next_step',
  'report',
]);

/** How sure a value of each type is at best: what stands right beside its cue. */
export const BEST_CONFIDENCE: Readonly<Record<FieldType, number>> = {
  text: 0.6,
  number: 0.9,
  money: 0.9,
  date: 0.9,
  choice: 0.9,
  person: 0.85,
  product: 0.9,
  list: 0.75,
};

/** What a type's values must reach to be written unconfirmed, where the field says nothing: text never does. */
export const TYPE_THRESHOLDS: Readonly<Record<FieldType, number>> = {
  text: 0.8,
  number: 0.8,
  money: 0.8,
  date: 0.8,
  choice: 0.8,
  person: 0.8,
  product: 0.8,
  list: 0.8,
};

/** "after: renews", "before: seats", "near: warranty"; words alone mean after. Null when there are none. */
export function readCue(text: string): Cue | null {
  const [, where = 'after', said = ''] = /^\s*(?:(after|before|near)\s*:)?\s*(.*)$/is.exec(text) ?? [];
  const words = wordsOf(said);
  return words.length > 0
    ? { where: where.toLowerCase() as Cue['where'], words, text: said.trim().replace(/^["']|["']$/g, '') }
    : null;
}

/** "Monthly = monthly, every month": a choice with the words that mean it. Null when it is empty. */
export function readOption(text: string): FieldOption | null {
  const [name = '', words = ''] = text.split(/=(.*)/s);
  const value = name.trim();
  if (value === '') return null;
  return {
    value,
    words: words
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean),
  };
}

/** The same as one line. */
export const optionLine = ({ value, words }: FieldOption): string =>
  words.length > 0 ? `${value} = ${words.join(', ')}` : value;

/** The key that a label becomes: "Renewal date" is `renewal_date`. Empty when there is no letter in it. */
export function keyOf(label: string): string {
  return label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 60);
}
