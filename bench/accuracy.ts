// What it takes to compare two typings of an hour of dictation (10,000 words), at several rates of error, as a ratio to
// reading both into words alone; and next to the plain table over all pairs of words, which is what the band spares.
import { alignWords } from '../transcription/accuracy/words/align-words.ts';
import { findDifferences } from '../transcription/accuracy/words/find-differences.ts';
import { normalizeWords } from '../transcription/accuracy/words/normalize-words.ts';

const WORDS = 10_000;
const COMMON = (
  'the we they he she our customer pump order price next week meeting wants said not going to will about with for and ' +
  'twenty-eight hundred dollars percent four fifteen Koehler RanchMate delivery Monday quote competitor budget'
).split(' ');

let state = 7;
function random(): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
  return state / 0x7fffffff;
}
const word = () => COMMON[Math.floor(random() * COMMON.length)] ?? 'the';
const said = Array.from({ length: WORDS }, word);

/** Every so many words one is another, missing or added. */
function mistyped(rate: number): string[] {
  return said.flatMap((each) => {
    if (random() >= rate) return [each];
    const kind = random();
    return kind < 0.6 ? [word()] : kind < 0.8 ? [] : [each, word()];
  });
}

function medianMs(work: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const from = performance.now();
    work();
    return performance.now() - from;
  }).toSorted((a, b) => a - b);
  return times[2] ?? 0;
}

/** The edit distance by the whole table, one row at a time. */
function tableDistance(a: readonly string[], b: readonly string[]): number {
  let above = b.map((_, j) => j + 1);
  for (const [i, one] of a.entries()) {
    const row: number[] = [];
    for (const [j, other] of b.entries()) {
      const diagonal = (j > 0 ? (above[j - 1] ?? 0) : i) + (one === other ? 0 : 1);
      row.push(Math.min(diagonal, (above[j] ?? 0) + 1, (j > 0 ? (row[j - 1] ?? 0) : i + 1) + 1));
    }
    above = row;
  }
  return above.at(-1) ?? a.length;
}

const text = said.join(' ');
const readMs = medianMs(() => {
  normalizeWords(text);
  normalizeWords(text);
});
const tableMs = medianMs(() => {
  tableDistance(said, said);
});
console.log(
  `${WORDS} words: both read into words in ${readMs.toFixed(0)} ms; the plain table takes ${tableMs.toFixed(0)} ms`,
);
console.log('errors   distance   aligned   of the table   whole comparison   of reading');
for (const rate of [0, 0.005, 0.02, 0.05, 0.2]) {
  const typed = mistyped(rate);
  const { distance } = alignWords(said, typed);
  if (distance !== tableDistance(said, typed))
    throw new Error(`the band found ${distance}, the table another distance`);
  const alignMs = medianMs(() => {
    alignWords(said, typed);
  });
  const wholeMs = medianMs(() => {
    findDifferences(normalizeWords(text), normalizeWords(typed.join(' ')));
  });
  console.log(
    [
      `${(rate * 100).toFixed(1)} %`.padEnd(8),
      String(distance).padStart(8),
      `${alignMs.toFixed(1)} ms`.padStart(9),
      `${((100 * alignMs) / tableMs).toFixed(1)} %`.padStart(14),
      `${wholeMs.toFixed(0)} ms`.padStart(18),
      `${(wholeMs / readMs).toFixed(2)} ×`.padStart(12),
    ].join(' '),
  );
}
