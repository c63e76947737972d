/**
 * Numbers as people say and write them: "$3,800", "1.4 million", "four hundred and twelve thousand",
 * "twenty-nine fifty" (2950), "nineteen five" (19500), "one million, one ninety" (1190000), "half a million".
 */
import type { Token } from '../tokens.ts';

export interface SpokenNumber {
  value: number;
  /** Token indices, end exclusive. */
  from: number;
  to: number;
  /** Written with a dollar sign. */
  dollars: boolean;
  /** Said in the short way of prices ("four fifty"), which may also be a time of day. */
  short: boolean;
  /** Says hundred, thousand, million, or is written with a thousands separator. */
  large: boolean;
}

const list = (words: string) => words.split(' ');
const SMALL = new Map<string, number>([
  ...list(
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  ).map((word, n) => [word, n] as [string, number]),
  ...list('twenty thirty forty fifty sixty seventy eighty ninety').map(
    (word, n) => [word, (n + 2) * 10] as [string, number],
  ),
]);
const SCALES = new Map([
  ['thousand', 1e3],
  ['grand', 1e3],
  ['k', 1e3],
  ['million', 1e6],
  ['mil', 1e6],
  ['billion', 1e9],
]);

/**
 * All numbers of the tokens `from`..`to`, longest first from the left, not overlapping.
 *
 * @param more.sums whether words of money belong to a number ("fifty cents" is 0.5 dollars); for whoever asks what the
 * figures stand for. Without, fifty is a number and "cents" a word.
 */
export function readNumbers(
  tokens: readonly Token[],
  from = 0,
  to = tokens.length,
  { sums = true }: { sums?: boolean } = {},
): SpokenNumber[] {
  const found: SpokenNumber[] = [];
  for (let i = from; i < to; ) {
    const number = numberAt(tokens, i, to, sums);
    if (number) found.push(number);
    i = number ? number.to : i + 1;
  }
  return found;
}

/** With what a number can begin; looked at first, since nearly no word is one. */
const canBegin = ({ text, lower }: Token): boolean =>
  SMALL.has(lower) || /^[$.\d]/.test(text) || /^(?:an?|half|quarter)$/.test(lower);

function numberAt(tokens: readonly Token[], i: number, end: number, sums: boolean): SpokenNumber | null {
  const token = tokens[i];
  if (!token || !canBegin(token)) return null;
  return (
    written(tokens, i, end) ??
    (sums ? (cents(tokens, i, end) ?? decimal(tokens, i, end)) : null) ??
    fraction(tokens, i, end) ??
    spoken(tokens, i, end)
  );
}

const WRITTEN = /^(\$?)((?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?)(k|m|mm|b|%)?$/i;

function written(tokens: readonly Token[], i: number, end: number): SpokenNumber | null {
  const token = tokens[i];
  const match = WRITTEN.exec((token?.text ?? '').replace(/\/.*$/, ''));
  if (!token || !match?.[2]) return null;
  if (token.tags.has('Fraction') && token.text.includes('/')) return null;
  // The digits of a model or an ordinal ("CR-400", "3-inch") belong to another word.
  if (tokens[i - 1]?.gap === '-' && !match[1]) return null;
  let value = Number(match[2].replaceAll(',', ''));
  const suffix = (match[3] ?? '').toLowerCase().replace('%', '');
  if (suffix) value *= suffix === 'k' ? 1e3 : suffix === 'b' ? 1e9 : 1e6;
  let to = i + 1;
  const scale = SCALES.get(tokens[to]?.lower ?? '');
  const scaled = !suffix && scale !== undefined && to < end && /^[ -]$/.test(token.gap);
  if (scaled) {
    value *= scale;
    to++;
  }
  value = Math.round(value * 100) / 100;
  return {
    value,
    from: i,
    to,
    dollars: match[1] === '$',
    short: false,
    large: scaled || suffix !== '' || match[2].includes(','),
  };
}

/** "half a million", "a quarter million", "two and a half million". */
function fraction(tokens: readonly Token[], i: number, end: number): SpokenNumber | null {
  const words = (n: number) => tokens.slice(i, Math.min(end, i + n)).map((token) => token.lower);
  for (const [pattern, part] of [
    [['half', 'a'], 0.5],
    [['a', 'half'], 0.5],
    [['quarter'], 0.25],
    [['quarter', 'of', 'a'], 0.25],
    [['three', 'quarters', 'of', 'a'], 0.75],
  ] as [string[], number][]) {
    const said = words(pattern.length + 1);
    const scale = SCALES.get(said[pattern.length] ?? '');
    if (scale && pattern.every((word, n) => said[n] === word))
      return {
        value: part * scale,
        from: i,
        to: i + pattern.length + 1,
        dollars: false,
        short: false,
        large: true,
      };
  }
  const half = ['half a percent', 'a half percent'].includes(words(3).join(' '));
  if (half) return { value: 0.5, from: i, to: i + 2, dollars: false, short: false, large: false };
  const whole = small(tokens, i, end) ?? (words(1)[0] === 'a' ? { value: 1, to: i + 1 } : null);
  if (!whole) return null;
  const [and, part, name] = tokens.slice(whole.to, whole.to + 3).map((token) => token.lower);
  const share = and === 'and' && whole.to + 2 < end ? PARTS.get(`${part} ${name}`) : undefined;
  if (share === undefined) return null;
  const scale = SCALES.get(tokens[whole.to + 3]?.lower ?? '');
  const to = whole.to + (scale ? 4 : 3);
  if (!scale && words(1)[0] === 'a') return null;
  return {
    value: (whole.value + share) * (scale ?? 1),
    from: i,
    to,
    dollars: false,
    short: false,
    large: scale !== undefined,
  };
}

const PARTS = new Map([
  ['a half', 0.5],
  ['a quarter', 0.25],
  ['three quarters', 0.75],
]);

/** "twenty-two cents", "a buck eighty", "two bucks fifty", "four dollars and ten cents". */
function cents(tokens: readonly Token[], i: number, end: number): SpokenNumber | null {
  const whole =
    small(tokens, i, end) ?? (/^an?$/.test(tokens[i]?.lower ?? '') ? { value: 1, to: i + 1 } : null);
  if (!whole) return null;
  const unit = tokens[whole.to]?.lower ?? '';
  const found = (value: number, to: number) => ({
    value: Math.round(value * 100) / 100,
    from: i,
    to,
    dollars: true,
    short: false,
    large: false,
  });
  if (/^cents?$/.test(unit) && whole.to < end) return found(whole.value / 100, whole.to + 1);
  if (!/^(?:bucks?|dollars?)$/.test(unit) || whole.to + 1 >= end || !space(tokens[whole.to])) return null;
  const and = tokens[whole.to + 1]?.lower === 'and' ? 1 : 0;
  const rest = small(tokens, whole.to + 1 + and, end);
  if (rest && rest.value >= 5 && rest.value < 100) {
    const said = /^cents?$/.test(tokens[rest.to]?.lower ?? '');
    // "five dollars and thirty people": only cents go on from a dollar with "and".
    if (said || (!and && /^(?:bucks?|dollar)$/.test(unit) && rest.value >= 10))
      return found(whole.value + rest.value / 100, rest.to + (said ? 1 : 0));
  }
  return unit === 'buck' ? found(whole.value, whole.to + 1) : null;
}

/** "one point eight million", "fourteen point two five". */
function decimal(tokens: readonly Token[], i: number, end: number): SpokenNumber | null {
  const whole = small(tokens, i, end);
  if (!whole || tokens[whole.to]?.lower !== 'point' || !space(tokens[whole.to - 1])) return null;
  let digits = '';
  let to = whole.to + 1;
  for (; to < end && space(tokens[to - 1]); to++) {
    const digit = /^(?:oh|o)$/.test(tokens[to]?.lower ?? '') ? 0 : SMALL.get(tokens[to]?.lower ?? '');
    // "three point twenty-five": a number of two digits ends it.
    if (digit === undefined || (digits && digit > 9)) break;
    digits += digit;
  }
  if (!digits) return null;
  const scale = to < end && space(tokens[to - 1]) ? SCALES.get(tokens[to]?.lower ?? '') : undefined;
  const value = Number(`${whole.value}.${digits}`) * (scale ?? 1);
  return {
    value: Math.round(value * 10_000) / 10_000,
    from: i,
    to: scale ? to + 1 : to,
    dollars: false,
    short: false,
    large: scale !== undefined,
  };
}

/** A number below a hundred: "five", "nineteen", "twenty-nine". */
function small(tokens: readonly Token[], i: number, end: number): { value: number; to: number } | null {
  const value = SMALL.get(tokens[i]?.lower ?? '');
  if (value === undefined || i >= end) return null;
  const unit = SMALL.get(tokens[i + 1]?.lower ?? '');
  if (
    value >= 20 &&
    unit !== undefined &&
    unit > 0 &&
    unit < 10 &&
    i + 1 < end &&
    /^[- ]$/.test(tokens[i]?.gap ?? '')
  )
    return { value: value + unit, to: i + 2 };
  return { value, to: i + 1 };
}

const space = (token: Token | undefined) => /^[- ]$/.test(token?.gap ?? '');

/** "forty-one six fifty" is 41,650, and "two nine thirty" the thousands or dollars 2,930. */
function inThree(
  tokens: readonly Token[],
  thousands: number,
  hundreds: { value: number; to: number },
  end: number,
): { value: number; to: number } | null {
  if (thousands < 1 || hundreds.value < 1 || hundreds.value > 9) return null;
  if (tokens[hundreds.to - 1]?.gap !== ' ' && tokens[hundreds.to - 1]?.gap !== '-') return null;
  const rest = small(tokens, hundreds.to, end);
  if (!rest || rest.value < 10 || SCALES.has(tokens[rest.to]?.lower ?? '')) return null;
  if (/^(?:hundred|percent|point|to|or)$/.test(tokens[rest.to]?.lower ?? '')) return null;
  return { value: thousands * 1000 + hundreds.value * 100 + rest.value, to: rest.to };
}

/** A digit that closes a number, and counts nothing itself: the hundreds of "two thirty-eight five". */
function trailing(tokens: readonly Token[], i: number, end: number): { value: number; to: number } | null {
  if (!/^ $/.test(tokens[i - 1]?.gap ?? '')) return null;
  const digit = small(tokens, i, end);
  if (!digit || digit.value < 1 || digit.value > 9) return null;
  const last = tokens[i];
  const next = last?.gap === ' ' ? tokens[digit.to] : undefined;
  const counts =
    last?.gap === '-' ||
    /^(?:hundred|percent|point|or|to|oh)$/.test(next?.lower ?? '') ||
    SCALES.has(next?.lower ?? '') ||
    ['Noun', 'Adjective', 'Value'].some((tag) => next?.tags.has(tag) && !next.tags.has('Pronoun'));
  return counts ? null : digit;
}

/** A number below a thousand, or a pair said the short way. */
function group(
  tokens: readonly Token[],
  i: number,
  end: number,
): { value: number; to: number; short: boolean; hundred: boolean } | null {
  let first = small(tokens, i, end);
  if (!first && /^an?$/.test(tokens[i]?.lower ?? '') && tokens[i + 1]?.lower === 'hundred')
    first = { value: 1, to: i + 1 };
  if (!first) return null;
  if (tokens[first.to]?.lower === 'hundred' && first.to < end && space(tokens[first.to - 1])) {
    let to = first.to + 1;
    let value = first.value * 100;
    const and = tokens[to]?.lower === 'and' && space(tokens[to - 1]) ? 1 : 0;
    const rest = space(tokens[to - 1]) ? small(tokens, to + and, end) : null;
    if (rest && !(and && !space(tokens[to]))) {
      value += rest.value;
      to = rest.to;
      const last = rest.value >= 10 ? trailing(tokens, to, end) : null;
      if (last) return { value: value * 1000 + last.value * 100, to: last.to, short: true, hundred: false };
    }
    return { value, to, short: false, hundred: true };
  }
  if (!space(tokens[first.to - 1])) return { ...first, short: false, hundred: false };
  // "one oh eight", "fourteen oh five"
  const naught = /^(?:oh|o)$/.test(tokens[first.to]?.lower ?? '') && space(tokens[first.to]);
  const ones = naught ? small(tokens, first.to + 1, end) : null;
  if (ones && ones.value > 0 && ones.value < 10 && first.value > 0)
    return { value: first.value * 100 + ones.value, to: ones.to, short: true, hundred: false };
  const second = small(tokens, first.to, end);
  if (!second) return { ...first, short: false, hundred: false };
  // "fifty-fifty", "sixty-forty": shares of a whole.
  if (first.value + second.value === 100 && tokens[first.to - 1]?.gap === '-')
    return { ...first, short: false, hundred: false };
  const three = inThree(tokens, first.value, second, end);
  if (three) return { ...three, short: true, hundred: false };
  if (second.value >= 10 && first.value > 0) {
    const value = first.value * 100 + second.value;
    // "one seventy-one five" is 171,500: a third part is of hundreds, as in "nineteen five".
    const third = first.value < 10 ? trailing(tokens, second.to, end) : null;
    if (third) return { value: value * 1000 + third.value * 100, to: third.to, short: true, hundred: false };
    return { value, to: second.to, short: true, hundred: false };
  }
  const tens = first.value >= 10 && second.value > 0 && second.value < 10;
  if (tens)
    return { value: first.value * 1000 + second.value * 100, to: second.to, short: true, hundred: false };
  return { ...first, short: false, hundred: false };
}

function spoken(tokens: readonly Token[], i: number, end: number): SpokenNumber | null {
  let at = i;
  let value = 0;
  let large = false;
  let short = false;
  let limit = Number.POSITIVE_INFINITY;
  while (at < end) {
    const article =
      at === i && /^an?$/.test(tokens[at]?.lower ?? '') && SCALES.has(tokens[at + 1]?.lower ?? '');
    const part = article ? { value: 1, to: at + 1, short: false, hundred: false } : group(tokens, at, end);
    if (!part) break;
    // "forty-odd thousand", "thirty some thousand"
    const loose =
      /^(?:odd|some|something)$/.test(tokens[part.to]?.lower ?? '') &&
      SCALES.has(tokens[part.to + 1]?.lower ?? '') &&
      part.to + 1 < end;
    if (loose) part.to++;
    const scale =
      space(tokens[part.to - 1]) && part.to < end ? SCALES.get(tokens[part.to]?.lower ?? '') : undefined;
    if (scale !== undefined && scale < limit) {
      value += part.value * scale;
      at = part.to + 1;
      limit = scale;
      large = true;
      // "one million, one ninety": what follows is thousands; "a million two": hundreds of them.
      const digit = scale === 1e6 ? trailing(tokens, at, end) : null;
      if (digit)
        return {
          value: value + digit.value * 1e5,
          from: i,
          to: digit.to,
          dollars: false,
          short: false,
          large: true,
        };
      const rest = scale === 1e6 && /^,? $/.test(tokens[at - 1]?.gap ?? '') ? group(tokens, at, end) : null;
      if (rest?.short && rest.value < 1000)
        return {
          value: value + rest.value * 1000,
          from: i,
          to: rest.to,
          dollars: false,
          short: false,
          large: true,
        };
      if (tokens[at]?.lower === 'and' && space(tokens[at - 1]) && group(tokens, at + 1, end)) at++;
      else if (!space(tokens[at - 1])) break;
      continue;
    }
    if (part.value < limit && (value === 0 || part.value < limit)) {
      value += part.value;
      at = part.to;
      large ||= part.hundred;
      short = part.short && value === part.value;
    }
    break;
  }
  if (at === i) return null;
  const last = tokens[at - 1]?.lower === 'and' ? at - 1 : at;
  return { value, from: i, to: last, dollars: false, short, large };
}
