/**
 * How many names that are typed by ear come up first, and among the first five: by what the workbench does, beside
 * looking for the typed letters alone and for one sound of each word, over the same misspellings. How often something
 * is offered where nobody types a name. Time of a look-up with few and with many names.
 *
 *   npm run bench names
 */

import { doubleMetaphone } from 'double-metaphone';
import { findSoundAlikes, indexTerms } from '../review-console/browser/workbench/text/sounds-like.ts';
import { readGoldReports } from '../transcription/thought-units/training/gold-report.ts';
import { EXTRA_NAMES, hardNames } from './support/names/hard-names.ts';
import { measureRecall, termsOf } from './support/names/measure-recall.ts';

const names = [...hardNames(), ...EXTRA_NAMES];
const index = indexTerms(termsOf(names));
const words = (text: string) => text.toLowerCase().split(/\s+/);
const soundOf = (word: string) => doubleMetaphone(word)[0];
const listed = names.map(({ name }) => ({ name, words: words(name), sounds: words(name).map(soundOf) }));

const ways: readonly (readonly [string, (typed: string) => string[]])[] = [
  [
    'letters: a word begins so',
    (typed) => {
      const last = words(typed).at(-1) ?? '';
      return listed.filter((one) => one.words.some((word) => word.startsWith(last))).map(({ name }) => name);
    },
  ],
  [
    'one sound of the last word',
    (typed) => {
      const sound = soundOf(words(typed).at(-1) ?? '');
      return listed.filter(({ sounds }) => sounds.includes(sound)).map(({ name }) => name);
    },
  ],
  ['the workbench', (typed) => findSoundAlikes(index, typed, 5).map(({ term }) => term.name)],
];

console.log(`${names.length} names, misspelled by rules that keep the sound`);
console.table(
  Object.fromEntries(
    ways.map(([way, find]) => {
      const { count, atOne, atFive } = measureRecall(names, find);
      return [way, { looked: count, 'first %': percent(atOne), 'first five %': percent(atFive) }];
    }),
  ),
);

const spoken = readGoldReports(new URL('../app/demo/company', import.meta.url).pathname)
  .flatMap(({ units }) => units.map(({ text }) => text))
  .join(' ')
  .split(' ');
const tails = spoken.map((_, at) => spoken.slice(Math.max(0, at - 4), at + 1).join(' '));
const offered = tails.filter((tail) => findSoundAlikes(index, tail, 1).length > 0).length;
console.log(
  `Offered after ${percent(offered / tails.length)} % of ${tails.length} words in which none of these names is said.`,
);

const many = Array.from({ length: 20 }, (_, copy) =>
  names.map((one) => ({ ...one, name: `${one.name} ${copy}` })),
).flat();
const manyIndex = indexTerms(termsOf(many));
const perLookUp = (over: typeof index) => {
  const start = performance.now();
  for (const tail of tails.slice(0, 400)) findSoundAlikes(over, tail, 6);
  return (performance.now() - start) / 400;
};
perLookUp(index);
const [few, more] = [perLookUp(index), perLookUp(manyIndex)];
console.log(
  `${many.length} names take ${(more / few).toFixed(1)} times as long as ${names.length}: ${more.toFixed(2)} ms a look-up.`,
);

function percent(share: number): number {
  return Math.round(share * 1000) / 10;
}
