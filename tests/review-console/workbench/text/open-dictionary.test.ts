import { readFileSync } from 'node:fs';
import nspell from 'nspell';
import { describe, expect, it } from 'vitest';
import { openDictionary } from '../../../../review-console/browser/workbench/text/checking/open-dictionary.ts';
import { createWordList } from '../../../../review-console/browser/workbench/text/checking/word-list.ts';
import { packDictionary } from '../../../../scripts/pack-dictionary.mjs';

const read = (ending: string) =>
  readFileSync(new URL(`../../../../node_modules/dictionary-en/index.${ending}`, import.meta.url), 'utf8');
const original = nspell(read('aff'), read('dic'));
const packed = packDictionary(read('aff'), read('dic'), 'for this test');
const words = Object.keys(original.data);
/** Every so manieth, so that words are searched for in the text, and not in the set that many questions make. */
const some = (step: number) => words.filter((_, index) => index % step === 0);

describe('the packed dictionary', () => {
  it('has exactly the words of the original', () => {
    const list = createWordList(packed);
    // Words that are spoiled are mostly none, sometimes another one.
    const spoiled = some(11).flatMap((word) => [`${word}q`, word.slice(1), word.slice(0, -1)]);
    const asked = [...words, ...spoiled];
    expect(asked.filter((word) => list.has(word) !== word in original.data)).toEqual([]);
  });

  it('is searched as it is for single words, the first and the last among them', () => {
    const sorted = words.toSorted();
    const asked = [...some(101), sorted[0] ?? '', sorted.at(-1) ?? ''].flatMap((word) => [word, `${word}q`]);
    const list = createWordList(packed);
    expect(asked.length).toBeLessThan(3000);
    expect(asked.filter((word) => list.has(word) !== word in original.data)).toEqual([]);
    for (const word of ['', ' ', '\n', '0', '~~', 'ÿ'])
      expect([word, createWordList(packed).has(word)]).toEqual([word, word in original.data]);
  });

  it('finds the same right and the same wrong', () => {
    const asked = some(499).flatMap((word) => [
      word,
      word.toUpperCase(),
      word.toLowerCase(),
      `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
      `${word.slice(0, 2)}${word.slice(3)}`,
    ]);
    const numbers = [
      '1st',
      '2st',
      '11th',
      '112th',
      '21th',
      '0th',
      '3rd',
      'th',
      'constructor',
      '__proto__',
      'then',
    ];
    const spelling = openDictionary(packed);
    for (const word of [...numbers, ...asked])
      expect([word, spelling.correct(word)]).toEqual([word, original.correct(word)]);
  });

  it('suggests the same', () => {
    const spelling = openDictionary(packed);
    for (const word of [
      'recieved',
      'teh',
      'wurds',
      'Febuary',
      'KOELER',
      'pumpp',
      'accomodate',
      'qqqqqqq',
      'niger',
    ])
      expect([word, spelling.suggest(word)]).toEqual([word, original.suggest(word)]);
  });

  it('takes no more than the original, for it is sent as it is', () => {
    expect(packed.length).toBeLessThan(1.05 * (read('aff').length + read('dic').length));
  });
});
