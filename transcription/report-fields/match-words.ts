/** Words of a cue or a choice found in a text, whatever their endings. */
import type { Token } from '../thought-units/tokens.ts';

/** "renews", "renewed", "renewing" and "renewal" are one. Words that grow too short keep their ending. */
export function stem(word: string): string {
  const bare = word.replace(/'s$|s'$|'$/, '').replace(/'(?:ll|d|re|ve|m)$/, '');
  const cut = bare.replace(/(?:ing|ied|ies|ed|es|ally|al|s|e|y)$/, '');
  return cut.length >= 3 ? cut : bare;
}

export interface Found {
  from: number;
  to: number;
}

/** Every place within the tokens `from`..`to` (exclusive) where the words stand one after the other. */
export function findWords(
  tokens: readonly Token[],
  words: readonly string[],
  from: number,
  to: number,
): Found[] {
  const wanted = words.map(stem);
  const found: Found[] = [];
  for (let i = from; i < to; i++) {
    const end = matchAt(tokens, wanted, i, to);
    if (end > i) found.push({ from: i, to: end });
  }
  return found;
}

/** Where the words end if they begin at a token, -1 when they don't. A written "twelve-month" is two words. */
function matchAt(tokens: readonly Token[], wanted: readonly string[], at: number, to: number): number {
  let i = at;
  for (let w = 0; w < wanted.length; i++) {
    const token = tokens[i];
    if (!token || i >= to) return -1;
    if (w > 0 && /[.;!?\n]/.test(tokens[i - 1]?.gap ?? '')) return -1;
    const parts = token.lower.split('-').map(stem);
    const whole = stem(token.lower);
    if (whole === wanted[w]) w++;
    else if (parts.length > 1 && parts.every((part, n) => part === wanted[w + n])) w += parts.length;
    else return -1;
  }
  return i;
}

/** "does not renew", "never expires": what follows is no value. */
export function isDenied(tokens: readonly Token[], at: number, from: number): boolean {
  for (let i = at - 1; i >= Math.max(from, at - 3); i--) {
    const token = tokens[i];
    if (!token || /[,;]/.test(token.gap)) return false;
    if (/n't$/.test(token.lower) || /^(?:not|never|no|without|nobody|nothing)$/.test(token.lower))
      return true;
  }
  return false;
}
