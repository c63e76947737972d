/**
 * How sure a suggestion must be before it may be written where nobody has confirmed it. A typical wrong answer is
 * worse than none: below its field's threshold a value is shown to a person and goes nowhere by itself.
 *
 * The numbers are data, set from `npm run bench eval`, which prints the precision that each of them buys and of how
 * many values that was counted. They are the default of a mapping's `minConfidence`; a company may ask for more.
 */
import thresholds from './field-thresholds.json' with { type: 'json' };

/** By the key that a value is kept under in `field_value.field`, and `next_step`. */
const FIELD_THRESHOLDS: Readonly<Record<string, number>> = thresholds;

/** For a field that nothing was measured of. */
export const USUAL_THRESHOLD = 0.8;

/** @param field a key of `field_value.field`, or `next_step`; a company's own has its number with its definition */
export function thresholdOf(field: string): number {
  return FIELD_THRESHOLDS[field] ?? USUAL_THRESHOLD;
}
