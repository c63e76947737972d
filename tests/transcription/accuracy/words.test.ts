import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countErrors } from '../../../transcription/accuracy/scoring/count-errors.ts';
import { nameWords, proposeCritical } from '../../../transcription/accuracy/scoring/propose-critical.ts';
import { alignWords } from '../../../transcription/accuracy/words/align-words.ts';
import { findDifferences } from '../../../transcription/accuracy/words/find-differences.ts';
import { normalizeWords } from '../../../transcription/accuracy/words/normalize-words.ts';

const keys = (text: string) => normalizeWords(text).map(({ key }) => key);
const plain = (text: string) => text.split(' ').filter(Boolean);

describe('normalizeWords', () => {
  it.each([
    ['case and punctuation', 'We met -- Travis, at noon.', 'we met travis at noon'],
    ['figures and words', 'twenty-eight hundred dollars', '$2,800'],
    ['millions', '1.4 million dollars', '$1,400,000'],
    ['cents', 'two dollars and fifty cents', '$2.50'],
    ['percent', 'fifty percent', '50%'],
    ['ordinals', 'March third', 'March 3rd'],
    ['compound ordinals', 'the twenty-third', 'the 23rd'],
    ['time of day', 'at three thirty', 'at 3:30'],
    ['digits one by one', 'five five five', '555'],
    ['the year', 'twenty twenty-six', '2026'],
    ['contractions', "I can't, he won't, we'll, they've", 'I cannot, he will not, we will, they have'],
    ['is behind it, that', "it's fine and that's it", 'it is fine and that is it'],
    ['spoken forms', 'I am going to, want to', "I'm gonna, wanna"],
    ['hyphens', 'a follow-up by e-mail', 'a follow up by email'],
    ['fillers', 'um, we, uh, met', 'we met'],
    ['titles and initials', 'Doctor Lee of the U.S. at 9 a.m.', 'Dr. Lee of the US at 9 am'],
    ['curly apostrophes', 'Don’t', "don't"],
  ])('takes %s for the same', (_name, one, other) => {
    expect(keys(one)).toEqual(keys(other));
    expect(keys(one).length).toBeGreaterThan(0);
  });

  it.each([
    ['a possessive and a plural', "the customer's", 'the customers'],
    ['another number', 'fourteen', 'forty'],
    ['a negation', 'it does', "it doesn't"],
    ['had and would', 'I had gone', "I'd gone"],
  ])('keeps %s apart', (_name, one, other) => {
    expect(keys(one)).not.toEqual(keys(other));
  });

  it('says where each word stands', () => {
    const text = 'Sold four hundred and twelve pumps, $20 each.';
    const at = normalizeWords(text).map(({ key, start, end }) => `${key}=${text.slice(start, end)}`);
    expect(at).toEqual([
      'sold=Sold',
      '412=four hundred and twelve',
      'pumps=pumps',
      '20=$20',
      'dollars=$20',
      'each=each',
    ]);
  });
});

describe('alignWords', () => {
  // Word error rates that others have published: jiwer's documentation and tests, the examples of Morris, Maier and
  // Green (2004), wersim's manual, and system alignments of NIST's sclite (its test data, conversation 2347).
  it.each([
    ['jiwer, usage', 'hello world', 'hello duck', 1, 2],
    ['jiwer, two sentences', 'hello world i like monthy python', 'hello duck i like python', 2, 6],
    ['jiwer, nothing typed', 'this is a test', '', 4, 4],
    ['jiwer, half of it', 'this is a test', 'this test', 2, 4],
    [
      'jiwer, longer than said',
      'i am a short ground truth',
      'i am a considerably longer and very much incorrect hypothesis',
      7,
      6,
    ],
    ['jiwer, fractured', 'hello this sentence is fractured', 'this sentence', 3, 5],
    ['Morris 2004, a', 'x', 'x x y y', 3, 1],
    ['Morris 2004, b', 'x y x', 'x z', 2, 3],
    ['Morris 2004, c', 'x', 'y z', 2, 1],
    [
      'wersim',
      'the meadow is very nice and the sun shines bright',
      'the meadoww very nice and the two sun shines bright',
      3,
      10,
    ],
    ['sclite, 2347-a-003', 'now i would like i yes', 'wow i would like i guess', 2, 6],
    [
      'sclite, 2347-a-013',
      "of five thousand um are not letting that happen they are very aggressive they're uh they almost",
      'to five thousand lose are not to letting that happen uh they are very aggressive uh there uh they almost',
      6,
      17,
    ],
    [
      'sclite, 2347-a-010',
      "i'm not real sure that the young girls of today are being forced into the job market as many of them",
      "i'm not that short but the young girls that's and are being forced into the job market as many of the",
      6,
      21,
    ],
    [
      'sclite, 2347-b-001',
      "some ways i think it's um i think if anything a lot of um the",
      "some ways i think it's i think of anything a lot of fallen the",
      3,
      15,
    ],
  ])('counts the errors of %s', (_name, reference, hypothesis, errors, words) => {
    expect(alignWords(plain(reference), plain(hypothesis)).distance).toBe(errors);
    expect(plain(reference)).toHaveLength(words);
  });

  it('tells substitutions, deletions and insertions apart', () => {
    const { substitutions, deletions, insertions } = alignWords(
      plain('the meadow is very nice and the sun shines bright'),
      plain('the meadoww very nice and the two sun shines bright'),
    );
    expect({ substitutions, deletions, insertions }).toEqual({
      substitutions: 1,
      deletions: 1,
      insertions: 1,
    });
  });

  const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 60 });

  it('is the edit distance of the plain table', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(alignWords(a, b).distance).toBe(tableDistance(a, b));
      }),
    );
  });

  it('replays to the second text, step by step', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        const { edits, substitutions, deletions, insertions } = alignWords(a, b);
        const made = edits.flatMap(({ kind, first, second }) =>
          kind === 'same' ? [a[first]] : kind === 'delete' ? [] : [b[second]],
        );
        expect(made).toEqual(b);
        const read = edits.flatMap(({ kind, first }) => (kind === 'insert' ? [] : [a[first]]));
        expect(read).toEqual(a);
        expect(a.length - deletions + insertions).toBe(b.length);
        expect(edits.filter(({ kind }) => kind === 'substitute')).toHaveLength(substitutions);
      }),
    );
  });

  it('is a metric: zero for the same alone, the same both ways, never longer by a detour', () => {
    fc.assert(
      fc.property(words, words, words, (a, b, c) => {
        const distance = (x: string[], y: string[]) => alignWords(x, y).distance;
        expect(distance(a, b) === 0).toBe(a.join(' ') === b.join(' '));
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c));
      }),
    );
  });

  it('aligns ten thousand words with hundreds of errors, and texts that share nothing', () => {
    const text = Array.from({ length: 10_000 }, (_, at) => `w${(at * 7919) % 1_013}`);
    const typed = text.flatMap((word, at) => (at % 50 === 0 ? [] : at % 75 === 0 ? [word, 'x'] : [word]));
    expect(alignWords(text, typed).distance).toBe(text.length - new Set(typed).size > 0 ? 267 : -1);
    const nothing = Array.from({ length: 1_500 }, (_, at) => `n${at}`);
    expect(alignWords(nothing, text.slice(0, 1_200)).distance).toBe(1_500);
  });
});

function tableDistance(a: readonly string[], b: readonly string[]): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  for (let j = 1; j <= b.length; j++) (rows[0] as number[])[j] = j;
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const at = (x: number, y: number) => rows[x]?.[y] ?? 0;
      (rows[i] as number[])[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    }
  return rows[a.length]?.[b.length] ?? 0;
}

describe('findDifferences', () => {
  const differences = (one: string, other: string) => {
    const [a, b] = [normalizeWords(one), normalizeWords(other)];
    return findDifferences(a, b).map(({ first, second }) =>
      [a.slice(first.from, first.to), b.slice(second.from, second.to)]
        .map((side) => side.map(({ key }) => key).join(' '))
        .join(' | '),
    );
  };

  it.each([
    ['the same, written otherwise', "I'm at $20.", 'I am at twenty dollars', []],
    ['one word', 'we sold four pumps', 'we sold five pumps', ['4 | 5']],
    ['a word left out', 'we did not sell', 'we did sell', ['not | ']],
    ['a word added', 'we met', 'we met again', [' | again']],
    ['one word heard as two', 'the invoice came', 'the in voice came', ['invoice | in voice']],
    [
      'similar words side by side',
      'Koehler hydraulic pumps',
      'Kohler hydraulics pumps',
      ['koehler | kohler', 'hydraulic | hydraulics'],
    ],
    ['words of one group stay together', "I'm late", 'I was late', ['i am | i was']],
    ['money stays together', 'for $20 each', 'for 30 dollars each', ['20 dollars | 30 dollars']],
  ])('finds %s', (_name, one, other, found) => {
    expect(differences(one, other)).toEqual(found);
  });

  it('leaves nothing out: outside of the differences the texts are the same', () => {
    const text = fc
      .array(fc.constantFrom('a', "I'm", '$20', 'twenty', 'not', 'dollars', 'i', 'am'), { maxLength: 30 })
      .map((list) => list.join(' '));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [a, b] = [normalizeWords(one), normalizeWords(other)];
        const found = findDifferences(a, b);
        const without = (words: typeof a, side: 'first' | 'second') =>
          words
            .filter((_, at) => !found.some((each) => at >= each[side].from && at < each[side].to))
            .map(({ key }) => key);
        expect(without(a, 'first')).toEqual(without(b, 'second'));
        // What is written as one word is not taken apart.
        const isInside = (words: typeof a, at: number) =>
          at > 0 && at < words.length && words[at - 1]?.group === words[at]?.group;
        for (const { first, second } of found) {
          expect(isInside(a, first.from) || isInside(a, first.to)).toBe(false);
          expect(isInside(b, second.from) || isInside(b, second.to)).toBe(false);
        }
        expect(found.length === 0).toBe(keys(one).join(' ') === keys(other).join(' '));
      }),
    );
  });
});

describe('scores', () => {
  const place = (typed: string, right: string, more: object = {}) => ({
    typed,
    right,
    critical: false,
    isAcceptable: false,
    ...more,
  });

  it('takes 3 for a critical error and 1 for another', () => {
    const { score, critical, nonCritical } = countErrors([
      place('Kohler', 'Koehler', { critical: true }),
      place('pump', 'pumps'),
    ]);
    expect({ score, critical, nonCritical }).toEqual({ score: 96, critical: 1, nonCritical: 1 });
  });

  it('counts the same error again once, and as critical when it was so anywhere', () => {
    const { score, critical, nonCritical, substitutions } = countErrors([
      place('Kohler', 'Koehler'),
      place('kohler', 'Koehler', { critical: true }),
      place('Kohler,', 'Koehler'),
    ]);
    expect({ score, critical, nonCritical, substitutions }).toEqual({
      score: 97,
      critical: 1,
      nonCritical: 0,
      substitutions: 3,
    });
  });

  it('takes nothing for what is acceptable, or only written otherwise', () => {
    expect(
      countErrors([place('kind of', 'sort of', { isAcceptable: true }), place('$20', 'twenty dollars')]),
    ).toEqual({
      substitutions: 0,
      deletions: 0,
      insertions: 0,
      critical: 0,
      nonCritical: 0,
      score: 100,
    });
  });

  it('counts what was left out as deleted, what was added as inserted', () => {
    const { deletions, insertions } = countErrors([place('', 'not a'), place('really', '')]);
    expect({ deletions, insertions }).toEqual({ deletions: 2, insertions: 1 });
  });

  it('never falls below 0', () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      place(`x${'a'.repeat(at + 1)}`, 'right', { critical: true }),
    );
    expect(countErrors(many).score).toBe(0);
  });
});

describe('proposeCritical', () => {
  const names = nameWords(['Koehler Hydraulics and Supply', 'RanchMate']);
  it.each([
    ['Kohler', 'Koehler', 'name'],
    ["RanchMate's", 'ranch mates', 'name'],
    ['fourteen', 'forty', 'number'],
    ['Tuesday', 'Thursday', 'number'],
    ['$20', '30 dollars', 'number'],
    ['can', "can't", 'negation'],
    ['', 'leaking valve', 'omitted'],
    ['leaking valve', '', 'added'],
    ['', 'really', null],
    ['pump', 'pumps', null],
    ['and', 'in', null],
  ])('%s / %s: %s', (one, other, reason) => {
    const first = normalizeWords(one);
    const second = normalizeWords(other);
    expect(proposeCritical({ first, second }, names)).toBe(reason);
    const turned = reason === 'omitted' ? 'added' : reason === 'added' ? 'omitted' : reason;
    expect(proposeCritical({ first: second, second: first }, names)).toBe(turned);
  });
});
