/** The models of figures, with the weights that training/fit-figures.ts makes of annotated reports. */
import type { CodeModel } from '../coding/code-model.ts';
import weights from './figure-weights.json' with { type: 'json' };

export interface FigureModels {
  /** Whether a number is money. */
  money: CodeModel;
  /** What was left out of an amount when it was said. */
  scale: CodeModel;
  /** What the amounts of a report are of, as a chain. */
  kinds: CodeModel;
  /** What a percentage is of. */
  shares: CodeModel;
}

export const figureWeights: FigureModels = weights;
