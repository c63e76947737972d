import { describe, expect, it } from 'vitest';
import {
  resolveDueDate,
  resolvePastDate,
} from '../../../transcription/thought-units/fields/resolve-dates.ts';

const WEDNESDAY = '2026-03-18';

describe('days to come, from Wednesday, March 18, 2026', () => {
  it.each([
    ['I will call her today', '2026-03-18'],
    ['I drive down tonight', '2026-03-18'],
    ['she sends it tomorrow', '2026-03-19'],
    ['I will phone him in the morning', '2026-03-19'],
    ['the quote goes out by Friday', '2026-03-20'],
    ['I will see them on Monday', '2026-03-23'],
    ['first thing Wednesday', '2026-03-25'],
    ['he answers next Friday', '2026-03-27'],
    ['next Tuesday at ten', '2026-03-24'],
    ['Thursday of next week', '2026-03-26'],
    ['by the end of the week', '2026-03-20'],
    ['by the end of next week', '2026-03-27'],
    ['by the end of the month', '2026-03-31'],
    ['a week from Thursday', '2026-03-26'],
    ['a week from today', '2026-03-25'],
    ['a week from tomorrow', '2026-03-26'],
    ['two weeks from tomorrow', '2026-04-02'],
    ['in two weeks', '2026-04-01'],
    ['in ten days', '2026-03-28'],
    ['by the fifteenth', '2026-04-15'],
    ['on the twentieth', '2026-03-20'],
    ['on April third', '2026-04-03'],
    ['the eighth of April', '2026-04-08'],
    ['Monday, May fourth', '2026-05-04'],
    ['Friday, the twentieth', '2026-03-20'],
    ['she looks at it Tuesday a week', '2026-03-31'],
    ['the Tuesday after Memorial Day', '2026-05-26'],
    ['his answer comes by Good Friday', '2026-04-03'],
  ])('%s', (text, date) => expect(resolveDueDate(text, WEDNESDAY)?.date).toBe(date));

  it.each([
    'I will call her soon',
    'sometime next month',
    'after the first of the year',
    'in the fall',
    'he asked about this morning',
  ])('none in: %s', (text) => expect(resolveDueDate(text, WEDNESDAY)).toBeNull());

  it('on a weekend "next" means the week that begins', () => {
    expect(resolveDueDate('next Tuesday', '2026-03-21')?.date).toBe('2026-03-24');
    expect(resolveDueDate('by the end of the week', '2026-03-21')?.date).toBe('2026-03-27');
  });
  it('crosses the year', () =>
    expect(resolveDueDate('by January tenth', '2026-12-30')?.date).toBe('2027-01-10'));
});

describe('days gone by, from Wednesday, March 18, 2026', () => {
  it.each([
    ['I met her this morning', '2026-03-18'],
    ['just hung up with Dana', '2026-03-18'],
    ['I saw them yesterday', '2026-03-17'],
    ['we talked Monday', '2026-03-16'],
    ['we talked on Friday', '2026-03-13'],
    ['I was there last Thursday', '2026-03-12'],
    ['site visit, March tenth', '2026-03-10'],
  ])('%s', (text, date) => expect(resolvePastDate(text, WEDNESDAY)?.date).toBe(date));
  it.each(['we emailed over the weekend', 'I talked to her on the phone'])('none in: %s', (text) =>
    expect(resolvePastDate(text, WEDNESDAY)).toBeNull(),
  );
});
