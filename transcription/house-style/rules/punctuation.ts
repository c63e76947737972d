import { endsSentence } from '../abbreviations.ts';
import { type HouseRule, patternRule } from '../change.ts';

const SECTION = 'punctuation';

export const blanksRule: HouseRule = patternRule(
  {
    key: 'blanks',
    title: 'One blank between words, none before a comma or a stop',
    section: SECTION,
    examples: [
      ['We went  there.', 'We went there.'],
      ['We went , then', 'We went, then'],
      ['Really ?', 'Really?'],
      ['We went  , then', 'We went, then'],
    ],
  },
  /(?<=\S)(?: +([,;:?!])(?=\s|$)| {2,}(?=[^\s,;:?!]))/g,
  ([, mark]) => mark ?? ' ',
);

export const commaBlankRule: HouseRule = patternRule(
  {
    key: 'comma-blank',
    title: 'A blank behind a comma',
    section: SECTION,
    examples: [
      ['Pumps,pipes and valves', 'Pumps, pipes and valves'],
      ['It is 4,500 now', 'It is 4,500 now'],
    ],
  },
  /(?<=\p{L})([,;])(?=\p{L})/gu,
  ([, mark = '']) => `${mark} `,
);

export const twiceRule: HouseRule = patternRule(
  {
    key: 'marks-twice',
    title: 'A comma or a full stop stands once',
    section: SECTION,
    examples: [
      ['We went,, then', 'We went, then'],
      ['We went.. Then', 'We went. Then'],
      ['Wait... then', 'Wait... then'],
    ],
  },
  /(?<![.,])(?:,{2,}|\.{2})(?![.,])/g,
  ([marks]) => marks.charAt(0),
);

export const dashRule: HouseRule = patternRule(
  {
    key: 'dashes',
    title: 'A break in thought is a long dash without blanks',
    section: SECTION,
    examples: [
      ['He said -- and I agree -- no.', 'He said—and I agree—no.'],
      ['He said--no.', 'He said—no.'],
      ['He said – no.', 'He said—no.'],
      ['A well-kept follow-up.', 'A well-kept follow-up.'],
      ['Five - six', 'Five—six'],
    ],
  },
  /(?<=[\p{L}\p{N}"'.,%)]) ?(?:--|[–—]) ?(?=[\p{L}\p{N}"'$(])|(?<=\p{L}) - (?=\p{L})/gu,
  ([dash]) => (dash === '—' ? null : '—'),
);

export const quotesRule: HouseRule = patternRule(
  {
    key: 'straight-quotes',
    title: 'Straight quotation marks and apostrophes',
    section: SECTION,
    examples: [
      ['He said “no”.', 'He said "no".'],
      ['It’s fine', "It's fine"],
    ],
  },
  /[“”„‘’]/g,
  ([mark]) => (/[‘’]/.test(mark) ? "'" : '"'),
);

export const capitalsRule: HouseRule = patternRule(
  {
    key: 'sentence-capitals',
    title: 'A sentence begins with a capital',
    section: SECTION,
    examples: [
      ['We went. then we ate.', 'We went. Then we ate.'],
      ['we went', 'We went'],
      ['Use e.g. pumps', 'Use e.g. pumps'],
      ['Ask J. smith', 'Ask J. smith'],
      ['Really? yes', 'Really? Yes'],
    ],
  },
  /(?<=^|\n\s*|[.?!]["')]*\s+)(["'(]?)(\p{Ll})(?=[\p{L}\s'])(?!\.)/gu,
  (match, text) => {
    const [, mark = '', letter = ''] = match;
    const before = text.slice(Math.max(0, (match.index ?? 0) - 40), match.index);
    if (before.trim() !== '' && !/\n\s*$/.test(before) && !endsSentence(before)) return null;
    return `${mark}${letter.toUpperCase()}`;
  },
);
