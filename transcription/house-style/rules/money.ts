import type { Found, HouseRule } from '../change.ts';
import { type Figure, readFigures, writeFigure } from '../read-figures.ts';

const MILLION = 1e6;

/** "$4,500", "$4.5 million": what the house writes for a sum. */
function writeSum(figure: Pick<Figure, 'value' | 'decimals'>): string {
  const millions = figure.value / MILLION;
  // As it is said and read: 4.5 million, but 1,190,000 in full.
  if (millions >= 1 && Number(millions.toFixed(2)) === millions) {
    const billions = millions / 1000;
    if (billions >= 1 && Number(billions.toFixed(2)) === billions) return `$${billions} billion`;
    return `$${millions} million`;
  }
  return `$${writeFigure(figure)}`;
}

export const dollarsRule: HouseRule = {
  key: 'money-dollars',
  title: 'Sums in figures with the dollar sign',
  section: 'money',
  examples: [
    ['We quoted 4500 dollars for it.', 'We quoted $4,500 for it.'],
    ['We quoted forty-five hundred dollars.', 'We quoted $4,500.'],
    ['They paid a hundred dollars.', 'They paid $100.'],
    ['It is 4.5 million dollars a year.', 'It is $4.5 million a year.'],
    ['It is one million two hundred thousand dollars.', 'It is $1.2 million.'],
    ['He said twelve dollars and fifty cents.', 'He said $12.50.'],
    ['It costs two point five million dollars.', 'It costs $2.5 million.'],
    ['It was four or five thousand dollars.', 'It was four or five thousand dollars.'],
    ['Just a couple hundred dollars.', 'Just a couple hundred dollars.'],
    ['It is a five dollar part.', 'It is a five dollar part.'],
  ],
  find(text) {
    const found: Found[] = [];
    const figures = readFigures(text);
    figures.forEach((figure, index) => {
      const [unit] = figure.next;
      if (unit?.gap !== ' ' || figure.paired || figure.dollars) return;
      if (unit.lower !== 'dollars' && !(unit.lower === 'dollar' && figure.value === 1)) return;
      if (/^(couple|few|several|many)$/.test(figure.previous)) return;
      const cents = centsBehind(figure, figures[index + 1]);
      const sum = cents ? { value: figure.value, decimals: String(cents.value).padStart(2, '0') } : figure;
      found.push({ start: figure.start, end: cents?.end ?? unit.end, after: writeSum(sum) });
    });
    return found;
  },
};

/** "and fifty cents" behind "twelve dollars". */
function centsBehind(figure: Figure, next: Figure | undefined): { value: number; end: number } | null {
  if (figure.decimals !== null || !next || next.decimals !== null || next.value >= 100) return null;
  const [, second, third] = figure.next;
  const cents = next.next[0];
  if (!cents || !/^cents?$/.test(cents.lower) || !second || !third) return null;
  const isNext = second.lower === 'and' ? third.end <= next.end : second.end <= next.end;
  return isNext && next.start - figure.end <= ' dollars and '.length
    ? { value: next.value, end: cents.end }
    : null;
}

const SUFFIXES: Readonly<Record<string, number>> = { k: 1e3, m: MILLION, mm: MILLION, b: 1e9 };

export const signRule: HouseRule = {
  key: 'money-sign',
  title: 'Commas in sums, no blank behind the sign, no empty cents',
  section: 'money',
  examples: [
    ['It is $4500 now.', 'It is $4,500 now.'],
    ['It is $ 4,500 now.', 'It is $4,500 now.'],
    ['It is $4,500.00 now.', 'It is $4,500 now.'],
    ['It is $5k a month.', 'It is $5,000 a month.'],
    ['It is $4.5M in all.', 'It is $4.5 million in all.'],
    ['It is $12.50 each.', 'It is $12.50 each.'],
    ['It is $4.5 million.', 'It is $4.5 million.'],
  ],
  find(text) {
    const found: Found[] = [];
    const pattern = /\$ ?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)( ?(?:mm|k|m|b)\b)?(?![\d%])/gi;
    for (const match of text.matchAll(pattern)) {
      const [all, figures = '', suffix = ''] = match;
      const end = match.index + all.length;
      const scale = SUFFIXES[suffix.trim().toLowerCase()];
      const value = Number(figures.replaceAll(',', ''));
      const cents = /\.(\d+)$/.exec(figures)?.[1] ?? null;
      const isScaled = /^\s?(million|billion|thousand)/i.test(text.slice(end));
      const after = scale
        ? writeSum({ value: Math.round(value * scale * 100) / 100, decimals: null })
        : `$${writeFigure({ value, decimals: cents === '00' && !isScaled ? null : cents })}`;
      if (after !== all) found.push({ start: match.index, end, after });
    }
    return found;
  },
};
