import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finalizeBody } from '../../../review-console/browser/workbench/review/finalize-body.ts';
import { guessName } from '../../../review-console/browser/workbench/review/new-names.ts';
import {
  acceptCurrent,
  acceptParagraph,
  addName,
  carryOver,
  countOpen,
  fieldsOf,
  mergeWithNext,
  moveTo,
  nextOpen,
  type Review,
  recode,
  setField,
  setHeading,
  splitUnit,
  stepsOf,
  togglePerson,
} from '../../../review-console/browser/workbench/review/review.ts';
import { splitPlaces } from '../../../review-console/browser/workbench/review/split-place.ts';
import { finalizeInput } from '../../../transcription/reports/finalize-schema.ts';
import { resolveUnits } from '../../../transcription/reports/resolve-units.ts';

const TEXT = 'I saw Rosa, and she wants four CR-400s. I will send a quote by Friday.';

function review(): Review {
  const unit = (words: string) => ({
    start: TEXT.indexOf(words),
    end: TEXT.indexOf(words) + words.length,
    para: false,
    codes: [{ code: 'need', certainty: 'suggested' as const, confidence: 0.6, evidence: 'says "wants"' }],
    settled: false,
  });
  const product = TEXT.indexOf('CR-400');
  return {
    version: 1,
    text: TEXT,
    heading: {
      accountId: null,
      accountName: null,
      accountEvidence: null,
      people: [],
      meetingDate: null,
      meetingType: null,
      settled: false,
    },
    units: [unit('I saw Rosa,'), unit('and she wants four CR-400s.'), unit('I will send a quote by Friday.')],
    fields: [
      {
        field: 'product',
        value: { kind: 'reference', id: 'p01' },
        display: 'CR-400 Split Case Pump',
        span: { start: product, end: product + 6 },
        certainty: 'suggested',
        confidence: 0.9,
        evidence: null,
      },
    ],
    steps: [
      {
        at: TEXT.indexOf('I will'),
        owner: 'rep',
        text: 'send a quote',
        due: '2026-02-13',
        certainty: 'suggested',
        confidence: 0.8,
        evidence: null,
      },
    ],
    current: -1,
  };
}
const wordsOf = (state: Review) => state.units.map((unit) => TEXT.slice(unit.start, unit.end));

describe('the review', () => {
  it('accepts a paragraph with one key: all of it, and nothing of the next', () => {
    const paragraphs = {
      ...review(),
      units: review().units.map((unit, at) => ({ ...unit, para: at === 2 })),
    };
    const onHeading = acceptParagraph(paragraphs);
    expect([onHeading.heading.settled, countOpen(onHeading), onHeading.current]).toEqual([true, 3, 0]);
    const first = acceptParagraph(moveTo(onHeading, 1));
    expect(first.units.map(({ settled }) => settled)).toEqual([true, true, false]);
    expect(first.current).toBe(2);
    expect(countOpen(acceptParagraph(first))).toBe(0);
  });

  it('puts a name where its unit says it, and on the whole unit where it does not', () => {
    const said = addName(review(), 0, 'new_competitor', 'rosa').fields.at(-1);
    expect(TEXT.slice(said?.span?.start, said?.span?.end)).toBe('Rosa');
    const unsaid = addName(review(), 0, 'new_competitor', 'Kestrel').fields.at(-1);
    expect(TEXT.slice(unsaid?.span?.start, unsaid?.span?.end)).toBe('I saw Rosa,');
    expect(addName(review(), -1, 'new_competitor', 'Kestrel').fields.at(-1)?.span).toBeNull();
  });

  it('guesses who is new from the capitals of the unit, but nobody who is known or named', () => {
    const guess = (names: string[], taken: string[] = []) => {
      const terms = names.map((name) => ({
        kind: 'contact' as const,
        id: name,
        externalId: name,
        accountId: null,
        aliases: [],
        note: '',
        own: false,
        name,
      }));
      return guessName(review(), 0, { terms }, new Set(taken));
    };
    expect(guess([])).toBe('Rosa');
    expect(guess(['Rosa Lind'])).toBe('');
    expect(guess([], ['Rosa'])).toBe('');
  });

  it('goes from open to open with one key and is done when all are accepted', () => {
    let state = review();
    expect(countOpen(state)).toBe(4);
    for (const current of [0, 1, 2]) {
      state = acceptCurrent(state);
      expect(state.current).toBe(current);
    }
    state = acceptCurrent(state);
    expect(countOpen(state)).toBe(0);
    expect(nextOpen(state, 0)).toBeNull();
  });

  it('confirms with a unit its codes, values and next steps, and nothing else', () => {
    const state = acceptCurrent(moveTo(review(), 1));
    expect(state.units[1]?.codes[0]?.certainty).toBe('confirmed');
    expect(state.units[0]?.codes[0]?.certainty).toBe('suggested');
    expect(fieldsOf(state, 1)[0]?.certainty).toBe('confirmed');
    expect(stepsOf(state, 2)[0]?.certainty).toBe('suggested');
  });

  it('splits where it is told, and both halves are open', () => {
    const state = splitUnit(review(), 1, TEXT.indexOf('four'));
    expect(wordsOf(state)).toEqual([
      'I saw Rosa,',
      'and she wants',
      'four CR-400s.',
      'I will send a quote by Friday.',
    ]);
    expect(fieldsOf(state, 2)).toHaveLength(1);
    expect(stepsOf(state, 3)).toHaveLength(1);
  });

  it.each([
    ['at the beginning', 12],
    ['at the end', 39],
    ['outside', 999],
  ])('does not split %s', (_name, offset) => {
    const state = review();
    expect(splitUnit(state, 1, offset)).toBe(state);
  });

  it('merges with the next one, keeping the codes of both', () => {
    const state = mergeWithNext(recode(review(), 1, ['pricing']), 0);
    expect(wordsOf(state)).toEqual([
      'I saw Rosa, and she wants four CR-400s.',
      'I will send a quote by Friday.',
    ]);
    expect(state.units[0]?.codes.map((code) => code.code)).toEqual(['need', 'pricing']);
  });

  it('recodes, but never to nothing', () => {
    const state = recode(review(), 0, ['admin', 'admin', 'need']);
    expect(state.units[0]?.codes).toEqual([
      { code: 'admin', certainty: 'confirmed', confidence: null, evidence: null },
      { code: 'need', certainty: 'confirmed', confidence: 0.6, evidence: 'says "wants"' },
    ]);
    expect(recode(state, 0, [])).toBe(state);
  });

  it('changes, adds and removes values', () => {
    const state = review();
    const old = state.fields[0] ?? null;
    expect(setField(state, old, null).fields).toEqual([]);
    expect(old && setField(state, old, { ...old, display: 'Titan' }).fields).toMatchObject([
      { display: 'Titan', certainty: 'confirmed' },
    ]);
  });

  it('opens the heading again when it is changed', () => {
    const accepted = acceptCurrent(review());
    expect(accepted.heading.settled).toBe(true);
    expect(setHeading(accepted, { accountId: 'a' }).heading.settled).toBe(false);
  });

  it('takes people in and out', () => {
    const rosa = { contactId: 'c01', newName: null, display: 'Rosa', certainty: 'suggested' as const };
    const state = togglePerson(review(), rosa);
    expect(state.heading.people).toHaveLength(1);
    expect(togglePerson(state, { ...rosa }).heading.people).toEqual([]);
  });

  it('carries over what was settled when the text was mended', () => {
    const before = acceptCurrent(moveTo(recode(review(), 2, ['next-step']), 2));
    const fresh = review();
    const shift = 'Hello. '.length;
    const moved: Review = {
      ...fresh,
      text: `Hello. ${TEXT}`,
      units: fresh.units.map((unit) => ({ ...unit, start: unit.start + shift, end: unit.end + shift })),
      fields: fresh.fields.map((field) => ({
        ...field,
        span: field.span && { start: field.span.start + shift, end: field.span.end + shift },
      })),
      steps: fresh.steps.map((step) => ({ ...step, at: step.at + shift })),
    };
    const state = carryOver(before, moved);
    expect(state.units.map((unit) => unit.settled)).toEqual([false, false, true]);
    expect(state.units[2]?.codes[0]?.code).toBe('next-step');
    expect(stepsOf(state, 2)).toMatchObject([{ certainty: 'confirmed' }]);
    expect(fieldsOf(state, 1)).toHaveLength(1);
  });

  it('holds every word in exactly one unit whatever is split and merged, as the server asks for', () => {
    const edits = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('split' as const), unit: fc.nat(8), offset: fc.nat(TEXT.length) }),
        fc.record({ kind: fc.constant('merge' as const), unit: fc.nat(8), offset: fc.constant(0) }),
        fc.record({ kind: fc.constant('accept' as const), unit: fc.nat(8), offset: fc.constant(0) }),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(edits, (script) => {
        let state = review();
        for (const { kind, unit, offset } of script) {
          if (kind === 'split') state = splitUnit(state, unit, offset);
          else if (kind === 'merge') state = mergeWithNext(state, unit);
          else state = acceptCurrent(moveTo(state, unit));
        }
        const body = finalizeInput.parse(finalizeBody(state, '0190a0a0-0000-7000-8000-000000000000', []));
        expect(resolveUnits(TEXT, body.units ?? [])).toMatchObject({ ok: true });
        expect(state.units.flatMap((_, index) => fieldsOf(state, index))).toHaveLength(1);
        expect(state.units.flatMap((_, index) => stepsOf(state, index))).toHaveLength(1);
      }),
    );
  });
});

describe('splitPlaces', () => {
  it.each([
    ['She wants four, and Bonnie decides.', 'and Bonnie decides.'],
    ['They run quiet so he walked over', 'so he walked over'],
    ['one two', 'two'],
  ])('in "%s" offers first the place before "%s"', (text, rest) => {
    const { offsets, likeliest } = splitPlaces(text);
    expect(text.slice(offsets[likeliest])).toBe(rest);
  });

  it('has none in a single word', () => {
    expect(splitPlaces('Okay.')).toEqual({ offsets: [], likeliest: -1 });
  });
});
