/** Digits as they are spoken, English and Spanish; how many digits a word stands for. */
const DIGIT_WORDS = new Map<string, number>([
  ...['zero', 'oh', 'o', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'].map(
    (word): [string, number] => [word, 1],
  ),
  ...['cero', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve'].map(
    (word): [string, number] => [word, 1],
  ),
  ...[
    'ten',
    'eleven',
    'twelve',
    'thirteen',
    'fourteen',
    'fifteen',
    'sixteen',
    'seventeen',
    'eighteen',
    'nineteen',
  ].map((word): [string, number] => [word, 2]),
]);
/** "fifty five" are two digits, "fifty" alone as well. */
const TENS = new Set([
  'twenty',
  'thirty',
  'forty',
  'fifty',
  'sixty',
  'seventy',
  'eighty',
  'ninety',
  'veinte',
  'treinta',
  'cuarenta',
  'cincuenta',
  'sesenta',
  'setenta',
  'ochenta',
  'noventa',
]);
/** "double five", "triple zero". */
const REPEATS = new Map([
  ['double', 1],
  ['triple', 2],
]);
/** Said between groups. */
const FILLERS = new Set(['dash', 'hyphen', 'space', 'then', 'guion', 'y']);
/** What is counted, not dictated. */
const SCALES = /^(?:hundred|thousand|million|billion|percent|dollars?|cents?|cien|mil|millones|dólares|por)$/;
/** Fewer digits in a row are said in any conversation. */
const FEWEST_DIGITS = 4;
const FEWEST_WORDS = 4;

export interface SpokenNumber {
  start: number;
  end: number;
  digits: number;
}

/**
 * Numbers that are spoken digit by digit: four or more such words in a row, digits in figures among them. What is
 * followed by "hundred", "dollars" and the like is a quantity. Pure.
 */
export function findSpokenNumbers(text: string): SpokenNumber[] {
  const found: SpokenNumber[] = [];
  let run: { start: number; end: number; digits: number; words: number; extra: number } | null = null;
  const close = (isQuantity: boolean) => {
    if (run && !isQuantity && run.digits >= FEWEST_DIGITS && run.words >= FEWEST_WORDS)
      found.push({ start: run.start, end: run.end, digits: run.digits });
    run = null;
  };
  let lastEnd = 0;
  let afterTens = false;
  for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const word = match[0].toLowerCase();
    const end = match.index + match[0].length;
    const between = text.slice(lastEnd, match.index);
    lastEnd = end;
    // A sentence that ends, ends the number, too.
    if (/[.!?;:\n]/.test(between)) close(false);
    const repeat = REPEATS.get(word);
    const isTens = TENS.has(word);
    const figures = /^\d{1,4}$/.test(word) ? word.length : 0;
    const digits = DIGIT_WORDS.get(word) ?? (isTens ? 2 : figures);
    if (repeat === undefined && digits === 0) {
      if (run && FILLERS.has(word)) continue;
      close(SCALES.test(word));
      afterTens = false;
      continue;
    }
    run ??= { start: match.index, end, digits: 0, words: 0, extra: 0 };
    if (repeat !== undefined) {
      run.extra = repeat;
      continue;
    }
    // "fifty five": the five is the second digit of the fifty.
    run.digits += (afterTens && digits === 1 ? 0 : digits) + run.extra;
    run.words += 1 + run.extra;
    run.extra = 0;
    run.end = end;
    afterTens = isTens;
  }
  close(false);
  return found;
}
