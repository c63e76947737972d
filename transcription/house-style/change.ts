/** One place of a text that is written in another way than the house does; offsets are UTF-16. */
export interface Change {
  start: number;
  end: number;
  before: string;
  after: string;
  /** Key of the rule that says so. */
  rule: string;
}

/** What a rule finds: it need not say who it is. */
export type Found = Pick<Change, 'start' | 'end' | 'after'>;

/** A rule of writing: data to be listed and switched, and a pure function that finds where it is not kept. */
export interface HouseRule {
  key: string;
  title: string;
  /** Key of the section of the style guide that gives the reasons. */
  section: string;
  /** Pairs of what is typed and what the house writes; the tests go by them. */
  examples: readonly (readonly [typed: string, written: string])[];
  find(text: string): Found[];
}

/** A rule that is one pattern: `write` says what stands in place of a match; null leaves it. */
export function patternRule(
  rule: Omit<HouseRule, 'find'>,
  pattern: RegExp,
  write: (match: RegExpMatchArray, text: string) => string | null,
): HouseRule {
  return {
    ...rule,
    find(text) {
      const found: Found[] = [];
      for (const match of text.matchAll(pattern)) {
        const after = write(match, text);
        const start = match.index;
        if (after !== null && after !== match[0]) found.push({ start, end: start + match[0].length, after });
      }
      return found;
    },
  };
}

/** Whether a sentence begins at `offset`. */
export function beginsSentence(text: string, offset: number): boolean {
  return /(?:^|[.?!]["')\]]*\s+|\n\s*)["'(]*$/.test(text.slice(Math.max(0, offset - 12), offset));
}
