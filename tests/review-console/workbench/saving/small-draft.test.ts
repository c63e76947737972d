import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LocalDraft } from '../../../../review-console/browser/workbench/saving/recovery.ts';
import { expandDraft, shrinkDraft } from '../../../../review-console/browser/workbench/saving/small-draft.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '😀'), maxLength: 20 });
const draft = fc.record<LocalDraft>({
  text,
  anchors: fc.array(fc.tuple(fc.nat(20), fc.nat(9_000)), { maxLength: 5 }),
  audioPositionMs: fc.nat(9_000),
  review: fc.constant(null),
  leaseToken: fc.constantFrom('one', 'two'),
  revision: fc.nat(9),
  baseText: text,
  unanswered: fc.array(text, { maxLength: 3 }),
  unsaved: fc.boolean(),
  savedAtMs: fc.nat(9_000),
  seq: fc.nat(99),
});

describe('a draft told by its difference', () => {
  it('is the draft again, whatever it is told from', () => {
    fc.assert(
      fc.property(draft, draft, (whole, other) => {
        const small = shrinkDraft(whole, other);
        expect(small).not.toBeNull();
        // As a storage gives it back.
        const kept = small && (JSON.parse(JSON.stringify(small)) as typeof small);
        expect(kept && expandDraft(whole, kept)).toEqual(other);
      }),
    );
  });

  it('is as small as what was typed, and told whole when that is long or the units are others', () => {
    const [sample] = fc.sample(draft, { numRuns: 1, seed: 1 });
    if (!sample) throw new Error('no sample');
    const whole = {
      ...sample,
      text: 'word '.repeat(10_000),
      baseText: 'word '.repeat(10_000),
      unanswered: [],
    };
    const typed = { ...whole, text: `${whole.text}and one`, seq: 100 };
    expect(JSON.stringify(shrinkDraft(whole, typed)).length).toBeLessThan(400);
    expect(shrinkDraft(whole, { ...whole, text: `${whole.text}${'x'.repeat(5_000)}` })).toBeNull();
    expect(shrinkDraft(whole, { ...whole, review: { units: [] } })).toBeNull();
  });
});
