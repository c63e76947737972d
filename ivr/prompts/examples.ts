import type { FormName } from './forms/value-forms.ts';
import type { TextPiece } from './parse-text.ts';
import type { PromptSet } from './prompt-set.ts';
import { isFormName, speakValue } from './speak.ts';

type ValuePiece = Extract<TextPiece, { kind: 'value' }>;

/** Something that could stand there, by form. */
const BY_FORM: Readonly<Record<FormName, string | number>> = {
  digits: '4830217',
  duration: 95,
  count: 2,
  date: '2026-06-03',
  time: '2026-06-03T15:30:00Z',
  name: 'Acme',
  section: '1.2',
  key: '1',
};

/** Values that are spoken as they are, by name; any other name stands for itself. */
const BY_NAME: Readonly<Record<string, string | number>> = {
  line: 'Acme',
  author: 'Ana Flores',
  contributor: 'Ana Flores',
  about: 'Acme',
  count: 2,
  number: 2,
  key: '1',
};

/** Keys that are no digits. */
const KEYS: Readonly<Record<string, string>> = { finish: '#', pause: '*', help: '0' };

/** A day that is neither near nor in another year. */
const MOMENT = { now: new Date('2026-10-01T12:00:00Z'), timeZone: 'UTC' };

/** What a value of a prompt may sound like, for somebody who reads or tries the prompt on a screen. */
export function exampleOf(set: PromptSet, piece: ValuePiece): string {
  const { form, name } = piece;
  const usual = isFormName(form) ? BY_FORM[form] : (BY_NAME[name] ?? name);
  const value = form === 'key' ? (KEYS[name] ?? usual) : usual;
  return speakValue(set, piece, value, MOMENT)
    .map((fragment) => ('text' in fragment ? fragment.text : ''))
    .join('');
}
