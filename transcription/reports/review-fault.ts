import { InvalidInput } from '../../platform/errors.ts';

/** Where in a review something doesn't fit: its heading, or the unit with this index; null: all of it. */
export type FaultPlace = 'heading' | number | null;

/** What a person settled can't be written as it is; its code names the place, for whoever shows it. */
export class ReviewFault extends InvalidInput {
  override readonly code: string;

  constructor(message: string, { userMessage, at }: { userMessage: string; at: FaultPlace }) {
    super(message, { userMessage });
    this.code =
      at === null ? 'invalid_input' : at === 'heading' ? 'invalid_heading' : `invalid_unit_${at + 1}`;
  }
}
