import { describe, expect, test } from 'vitest';
import { english } from '../../../ivr/prompts/forms/english.ts';
import { spanish } from '../../../ivr/prompts/forms/spanish.ts';
import { digitByDigit } from '../../../ivr/prompts/forms/value-forms.ts';
import { promptSetOf, voiceOf } from '../../../ivr/prompts/languages.ts';
import { parseText } from '../../../ivr/prompts/parse-text.ts';
import { NOW, textOf } from './speak-as.ts';

describe('a text is taken apart', () => {
  test.each([
    ['Goodbye.', [{ kind: 'words', index: 0, text: 'Goodbye.' }]],
    [
      'It is {seconds:duration} long.',
      [
        { kind: 'words', index: 0, text: 'It is ' },
        { kind: 'value', name: 'seconds', form: 'duration', choices: [] },
        { kind: 'words', index: 1, text: ' long.' },
      ],
    ],
    [
      '{a}{b}',
      [
        { kind: 'value', name: 'a', form: null, choices: [] },
        { kind: 'value', name: 'b', form: null, choices: [] },
      ],
    ],
    [
      '{n:count(a reply|# replies)}: ',
      [
        { kind: 'value', name: 'n', form: 'count', choices: ['a reply', '# replies'] },
        { kind: 'words', index: 1, text: ': ' },
      ],
    ],
    ['{not a value} {', [{ kind: 'words', index: 0, text: '{not a value} {' }]],
  ])('%s', (text, pieces) => {
    expect(parseText(text)).toEqual(pieces);
  });
});

test.each([
  [1, '1 second', 'un segundo'],
  [0.2, '1 second', 'un segundo'],
  [59, '59 seconds', '59 segundos'],
  [60, '1 minute', 'un minuto'],
  [61, '1 minute and 1 second', 'un minuto y un segundo'],
  [125, '2 minutes and 5 seconds', '2 minutos y 5 segundos'],
  [600, '10 minutes', '10 minutos'],
  [629, '10 minutes', '10 minutos'],
  [3599, '1 hour', 'una hora'],
  [3900, '1 hour and 5 minutes', 'una hora y 5 minutos'],
  [90_000, '25 hours', '25 horas'],
  [Number.NaN, '1 second', 'un segundo'],
])('%d seconds', (seconds, inEnglish, inSpanish) => {
  expect(english.duration(seconds)).toBe(inEnglish);
  expect(spanish.duration(seconds)).toBe(inSpanish);
});

test.each([
  ['', ''],
  ['7', '7'],
  ['4711', '4, 7, 1, 1'],
  ['12345', '1, 2, 3, | 4, 5'],
  ['123456', '1, 2, 3, | 4, 5, 6'],
  ['1234567', '1, 2, 3, | 4, 5, | 6, 7'],
  ['12345678', '1, 2, 3, | 4, 5, 6, | 7, 8'],
  ['6025550134', '6, 0, 2, | 5, 5, 5, | 0, 1, | 3, 4'],
  ['A-12', 'A, 1, 2'],
])('the digits of %s', (value, spoken) => {
  const text = digitByDigit(value).map((each) => ('text' in each ? each.text : '| '));
  expect(text.join('')).toBe(spoken);
});

test.each([
  [0, 'no, 0 replies', '0 respuestas'],
  [1, 'a reply', 'una respuesta'],
  [2, 'no, 2 replies', '2 respuestas'],
  [1200, 'no, 1,200 replies', '1,200 respuestas'],
])('a choice by number: %d', (number, inEnglish, inSpanish) => {
  expect(english.count(number, ['a reply', 'no, # replies'])).toBe(inEnglish);
  expect(spanish.count(number, ['una respuesta', '# respuestas'])).toBe(inSpanish);
  expect(english.count(number, [])).toBe(number === 1200 ? '1,200' : String(number));
});

/** It is Saturday evening, November 21. */
const moment = { now: NOW, timeZone: 'America/New_York' };

test.each([
  ['2026-11-21', 'today', 'hoy'],
  ['2026-11-20', 'yesterday', 'ayer'],
  ['2026-11-22', 'tomorrow', 'mañana'],
  ['2026-11-17', 'last Tuesday', 'el martes pasado'],
  ['2026-11-15', 'last Sunday', 'el domingo pasado'],
  ['2026-11-14', 'on November fourteenth', 'el 14 de noviembre'],
  ['2026-11-24', 'on Tuesday', 'este martes'],
  ['2026-11-28', 'on November twenty-eighth', 'el 28 de noviembre'],
  ['2026-06-03', 'on June third', 'el 3 de junio'],
  ['2026-06-01', 'on June first', 'el primero de junio'],
  ['2027-01-05', 'on January fifth', 'el 5 de enero'],
  ['2027-06-21', 'on June twenty-first, 2027', 'el 21 de junio de 2027'],
  ['2024-11-21', 'on November twenty-first, 2024', 'el 21 de noviembre de 2024'],
  // A moment is the day that it falls on where the caller is.
  ['2026-11-22T03:00:00Z', 'today', 'hoy'],
  ['2026-11-22T06:00:00Z', 'tomorrow', 'mañana'],
  ['soon', 'soon', 'soon'],
])('the day %s', (value, inEnglish, inSpanish) => {
  expect(english.date(value, moment)).toBe(inEnglish);
  expect(spanish.date(value, moment)).toBe(inSpanish);
});

test('what is today for one caller is tomorrow for another', () => {
  const date = (timeZone: string) => english.date('2026-11-22', { now: NOW, timeZone });
  expect(date('America/Los_Angeles')).toBe('tomorrow');
  expect(date('Asia/Tokyo')).toBe('today');
  // Nobody is hung up on because of a setting.
  expect(date('Nowhere/At_All')).toBe('tomorrow');
});

test.each([
  ['2026-11-21T20:30:00Z', '3:30 PM', 'las 3:30 de la tarde'],
  ['2026-11-21T18:00:00Z', '1 PM', 'la 1 de la tarde'],
  ['2026-11-21T13:05:00Z', '8:05 AM', 'las 8:05 de la mañana'],
  ['2026-11-21T17:00:00Z', 'noon', 'las 12 del mediodía'],
  ['2026-11-21T17:30:00Z', '12:30 PM', 'las 12:30 de la tarde'],
  ['2026-11-22T05:00:00Z', 'midnight', 'la medianoche'],
  ['2026-11-22T05:15:00Z', '12:15 AM', 'las 12:15 de la madrugada'],
  ['2026-11-22T01:00:00Z', '8 PM', 'las 8 de la noche'],
  ['now', 'now', 'now'],
])('the time %s', (value, inEnglish, inSpanish) => {
  expect(english.time(value, moment)).toBe(inEnglish);
  expect(spanish.time(value, moment)).toBe(inSpanish);
});

test.each([
  ['Acme Pumps', 'Acme Pumps', 'Acme Pumps'],
  ['Smith & Sons', 'Smith and Sons', 'Smith y Sons'],
  ['SIEMENS AG', 'Siemens AG', 'Siemens AG'],
  ['  O’Neil/Pérez <North>  ', 'O’Neil Pérez North', 'O’Neil Pérez North'],
])('the name %s', (value, inEnglish, inSpanish) => {
  expect(english.name(value)).toBe(inEnglish);
  expect(spanish.name(value)).toBe(inSpanish);
});

test('a section of an outline', () => {
  expect(english.section('1.2')).toBe('1 point 2');
  expect(spanish.section('10.1.3')).toBe('10 punto 1 punto 3');
});

test('values in a sentence; one that is missing is left out', () => {
  expect(textOf('en-US', 'pin_slowed', { wait: 90 })).toContain('in 1 minute and 30 seconds.');
  expect(textOf('es-US', 'pin_slowed', { wait: 60 })).toContain('en un minuto.');
  expect(textOf('en-US', 'greeting', {})).toBe('Welcome to .');
});

test('a language without texts is spoken in English, and a voice of another language not at all', () => {
  expect(promptSetOf('fr-FR').language).toBe('en-US');
  const spanishSet = promptSetOf('es-US');
  expect(voiceOf(spanishSet, 'Polly.Pedro-Neural')).toBe('Polly.Pedro-Neural');
  expect(voiceOf(spanishSet, 'Polly.Joanna')).toBe('Polly.Lupe');
  expect(voiceOf(spanishSet, null)).toBe('Polly.Lupe');
});
