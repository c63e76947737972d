import { readFileSync } from 'node:fs';
import nspell from 'nspell';
import { describe, expect, it } from 'vitest';
import {
  createKnownWords,
  findMisspellings,
} from '../../../../review-console/browser/workbench/text/checking/misspellings.ts';

const read = (ending: string) =>
  readFileSync(new URL(`../../../../node_modules/dictionary-en/index.${ending}`, import.meta.url), 'utf8');
const dictionary = nspell(read('aff'), read('dic'));
const known = createKnownWords(['Koehler Hydraulics', "O'Brien", 'wellhead']);
const wrong = (line: string) => findMisspellings(line, dictionary, known).map(({ word }) => word);

describe('misspellings of a line', () => {
  it.each([
    ['We recieved the pump', ['recieved']],
    ['Koehler and KOEHLER, Koehler’s pump', []],
    ['the koehler people', ['koehler']],
    ['A wellhead, Wellhead', []],
    ['The GPM and PSI of CR-400, 3rd, Q3', []],
    ["They'll say it isn't John's, they’ve O'Brien", []],
    ['a three-inch follow-up', []],
    ['a thre-inch line', ['thre']],
    ['mail orders@halvorsen.example or www.kestrl.com', []],
    ["'quoted wurds'", ['wurds']],
    ['', []],
  ])('%j', (line, words) => {
    expect(wrong(line)).toEqual(words);
  });

  it('says where they stand', () => {
    const line = 'We recieved teh pump';
    expect(findMisspellings(line, dictionary, known).map(({ start, end }) => line.slice(start, end))).toEqual(
      ['recieved', 'teh'],
    );
  });
});
