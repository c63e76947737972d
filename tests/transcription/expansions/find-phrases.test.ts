import { describe, expect, it } from 'vitest';
import { findPhrases, proposeShortForm } from '../../../transcription/expansions/find-phrases.ts';

describe('phrases that somebody types again and again', () => {
  const texts = Array.from(
    { length: 7 },
    (_, n) =>
      `We met on day ${n}. As per our conversation the quote is ready. Thing ${n} of all, ${'abc'[n % 3]} it is.`,
  );

  it('are found whole, with how often and in how many texts', () => {
    expect(findPhrases(texts)).toEqual([
      { text: 'As per our conversation the quote is ready', times: 7, texts: 7 },
    ]);
  });

  it('are not those of one text, nor those that have a short form', () => {
    expect(findPhrases([texts.join(' ')])).toEqual([]);
    expect(findPhrases(texts, { known: ['as per our conversation the quote is ready'] })).toEqual([]);
  });

  it('are a part of a longer one only where they are typed far more often', () => {
    const more = [...texts, ...Array.from({ length: 9 }, () => 'We did per our conversation.')];
    expect(findPhrases(more).map(({ text, times }) => [text, times])).toContainEqual([
      'per our conversation',
      16,
    ]);
  });

  it.each([
    ['per our conversation', 'poc'],
    ['as soon as possible', 'asap'],
    ['get back to you by the end of the week', 'gbty'],
  ])('%s is %s', (phrase, shortForm) => {
    expect(proposeShortForm(phrase, () => false)).toBe(shortForm);
  });

  it('get another short form where one is taken, and none where all are', () => {
    expect(proposeShortForm('per our conversation', (form) => form === 'poc')).toBe('peoc');
    expect(proposeShortForm('per our conversation', () => true)).toBe('');
  });
});
