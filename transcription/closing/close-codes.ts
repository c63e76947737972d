/** Why a job is closed without a transcript. */
export const closeCodes = [
  'caller_hung_up',
  'continuation',
  'not_a_report',
  'foreign_language',
  'test',
  'silent',
] as const;
export type CloseCode = (typeof closeCodes)[number];

/** As people read them. */
export const CLOSE_CODE_NAMES: Readonly<Record<CloseCode, string>> = {
  caller_hung_up: 'Caller hung up',
  continuation: 'Continuation',
  not_a_report: 'Not a report',
  foreign_language: 'Foreign language',
  test: 'Test',
  silent: 'Nothing said',
};

/** Languages in which something is said where the company has said nothing else. */
export const CLOSE_TEXT_LANGUAGES = ['en-US', 'es-US'] as const;
export type CloseTextLanguage = (typeof CLOSE_TEXT_LANGUAGES)[number];

/** `{reference}` is spoken digit by digit. Empty: nothing is said. */
export const DEFAULT_CLOSE_TEXTS: Readonly<Record<CloseTextLanguage, Readonly<Record<CloseCode, string>>>> = {
  'en-US': {
    caller_hung_up:
      'Your dictation {reference} could not be used: the line broke off before a report was said. Please say it again.',
    continuation: 'Your dictation {reference} was added to the report that it goes on from.',
    not_a_report:
      'Your dictation {reference} was closed: there was no report in it. If that is wrong, please say it again.',
    foreign_language:
      'Your dictation {reference} could not be typed: nobody here types the language that it was in. Please say it again in a language of this line.',
    test: '',
    silent: '',
  },
  'es-US': {
    caller_hung_up:
      'Su dictado {reference} no se pudo usar: la línea se cortó antes de que dijera un informe. Dígalo otra vez, por favor.',
    continuation: 'Su dictado {reference} se agregó al informe que continúa.',
    not_a_report:
      'Su dictado {reference} se cerró: no contenía un informe. Si no es así, dígalo otra vez, por favor.',
    foreign_language:
      'Su dictado {reference} no se pudo escribir: nadie aquí escribe en su idioma. Dígalo otra vez en un idioma de esta línea, por favor.',
    test: '',
    silent: '',
  },
};

const FALLBACK: CloseTextLanguage = 'en-US';

export interface OwnCloseText {
  code: string;
  language: string;
  text: string;
}

/**
 * What a speaker of a language is told of a code: in the company's words, else in ours; in the fallback language where
 * there is nothing in theirs. Pure.
 */
export function closeTextFor(
  code: CloseCode,
  language: string,
  own: readonly OwnCloseText[],
): { text: string; language: string } {
  const spoken = CLOSE_TEXT_LANGUAGES.find((each) => each === language) ?? sameBase(language) ?? FALLBACK;
  const ours = own.find((each) => each.code === code && each.language === spoken);
  return { text: ours?.text ?? DEFAULT_CLOSE_TEXTS[spoken][code], language: spoken };
}

const sameBase = (language: string) =>
  CLOSE_TEXT_LANGUAGES.find((each) => each.split('-')[0] === language.split('-')[0]);

/** The text with its reference as it is spoken: digit by digit. Pure. */
export function sayReference(text: string, reference: string): string {
  return text.replaceAll('{reference}', reference.split('').join(' '));
}

/** The same as it is read. Pure. */
export function showReference(text: string, reference: string): string {
  return text.replaceAll('{reference}', reference);
}
