import { FORM_NAMES, type FormName, type Fragment, type Moment } from './forms/value-forms.ts';
import type { TextPiece } from './parse-text.ts';
import type { PromptId, PromptValues } from './prompt.ts';
import type { PromptSet } from './prompt-set.ts';

/** Words that a recording may speak, or a value in its form. */
export type SpokenPiece =
  | { kind: 'words'; index: number; text: string }
  | { kind: 'value'; fragments: Fragment[] };

/** What is spoken for a prompt, piece by piece. Pure. A value that is missing is left out. */
export function speak(
  set: PromptSet,
  { say, values = {} }: { say: PromptId; values?: PromptValues },
  moment: Moment,
): SpokenPiece[] {
  const pieces = set.prompts.get(say)?.pieces ?? [];
  return pieces.map((piece) =>
    piece.kind === 'words'
      ? piece
      : { kind: 'value', fragments: speakValue(set, piece, values[piece.name], moment) },
  );
}

/** What is spoken for a value: nothing where it is missing. Pure. */
export function speakValue(
  { forms }: PromptSet,
  { form, choices }: Extract<TextPiece, { kind: 'value' }>,
  value: string | number | undefined,
  moment: Moment,
): Fragment[] {
  if (value === undefined) return [];
  const text = String(value);
  if (!isFormName(form)) return [{ text }];
  switch (form) {
    case 'digits':
      return forms.digits(text);
    case 'duration':
      return [{ text: forms.duration(Number(value)) }];
    case 'count':
      return [{ text: forms.count(Number(value), choices) }];
    case 'date':
    case 'time':
      return [{ text: forms[form](text, moment) }];
    case 'key':
      return [{ text: forms.key(text), keys: [text] }];
    case 'name':
    case 'section':
      return [{ text: forms[form](text) }];
  }
}

export function isFormName(form: string | null): form is FormName {
  return form !== null && FORM_NAMES.has(form);
}
