export interface Phrase {
  /** As it was typed first. */
  text: string;
  times: number;
  /** In how many texts. */
  texts: number;
}

const SHORTEST = 3;
const LONGEST = 8;
/** Letters below which typing it out is no trouble. */
const FEWEST_LETTERS = 14;

export interface PhraseOptions {
  /** Seen at least so often, in at least so many texts. */
  times?: number;
  texts?: number;
  /** Texts that have a short form already. */
  known?: readonly string[];
  limit?: number;
}

interface Counted extends Phrase {
  lastText: number;
}

/**
 * Phrases that somebody types again and again, those first that cost most letters. A phrase inside a longer one that is
 * typed about as often is left out. Pure; linear in the number of words.
 */
export function findPhrases(
  texts: readonly string[],
  { times = 5, texts: inTexts = 3, known = [], limit = 5 }: PhraseOptions = {},
): Phrase[] {
  const counts = new Map<string, Counted>();
  texts.forEach((text, index) => {
    for (const part of text.split(/[.?!;:()"\n]+/)) count(part.trim().split(/\s+/), index, counts);
  });
  const often = [...counts].filter(([, each]) => each.times >= times && each.texts >= inTexts);
  const lower = known.map((text) => text.toLowerCase());
  const chosen: { key: string; phrase: Counted }[] = [];
  // The longest first: its parts are compared with it.
  for (const [key, phrase] of often.sort(([a], [b]) => b.length - a.length)) {
    if (lower.some((text) => text.includes(key) || key.includes(text))) continue;
    if (chosen.some((longer) => longer.key.includes(key) && phrase.times < longer.phrase.times * 1.5))
      continue;
    chosen.push({ key, phrase });
  }
  return chosen
    .map(({ phrase: { text, times: seen, texts: of } }) => ({ text, times: seen, texts: of }))
    .sort((a, b) => b.times * b.text.length - a.times * a.text.length || a.text.localeCompare(b.text))
    .slice(0, limit);
}

function count(words: readonly string[], index: number, counts: Map<string, Counted>): void {
  for (let start = 0; start < words.length; start += 1) {
    for (let size = SHORTEST; size <= LONGEST && start + size <= words.length; size += 1) {
      const text = words
        .slice(start, start + size)
        .join(' ')
        .replace(/^[,'-]+|[,'-]+$/g, '');
      // Figures differ from text to text.
      if (text.length < FEWEST_LETTERS || /\d/.test(text)) continue;
      const key = text.toLowerCase();
      const known = counts.get(key);
      if (!known) counts.set(key, { text, times: 1, texts: 1, lastText: index });
      else {
        known.times += 1;
        if (known.lastText !== index) known.texts += 1;
        known.lastText = index;
      }
    }
  }
}

/** A short form for a phrase from its first letters that is not taken: "per our conversation" is "poc". Pure. */
export function proposeShortForm(phrase: string, taken: (shortForm: string) => boolean): string {
  const words = phrase.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const initials = words.map((word) => word.charAt(0)).join('');
  const longer = words.map((word, index) => word.slice(0, index === 0 ? 2 : 1)).join('');
  for (const form of [initials.slice(0, 4), initials, longer])
    if (form.length >= 2 && !taken(form)) return form;
  return '';
}
