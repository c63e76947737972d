/**
 * The text of a prompt, taken apart. In a text stand, in braces:
 *
 *     {name}                           the value as it is
 *     {name:form}                      spoken in a form (forms/value-forms.ts): {wait:duration}, {reference:digits}
 *     {name:count(a reply|# replies)}  chosen by the number; # stands for it
 */
export type TextPiece =
  /** `index`: how many values stand before it. Words between two values can be replaced by a recording. */
  | { kind: 'words'; index: number; text: string }
  | { kind: 'value'; name: string; form: string | null; choices: readonly string[] };

const VALUE = /\{(\w+)(?::(\w+)(?:\(([^(){}]*)\))?)?\}/g;

/** Takes a text apart. Pure; of any text the words and values together are the whole of it. */
export function parseText(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let values = 0;
  let from = 0;
  const addWords = (to: number) => {
    if (to > from) pieces.push({ kind: 'words', index: values, text: text.slice(from, to) });
  };
  for (const match of text.matchAll(VALUE)) {
    const [whole, name = '', form = null, choices] = match;
    addWords(match.index);
    pieces.push({ kind: 'value', name, form: form ?? null, choices: choices?.split('|') ?? [] });
    values += 1;
    from = match.index + whole.length;
  }
  addWords(text.length);
  return pieces;
}

/** Whether there is something to speak in it: a full stop between two values needs no recording. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
