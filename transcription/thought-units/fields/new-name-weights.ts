/** What names that the vocabulary does not hold are of, with the weights that training/fit-new-names.ts makes of annotated reports. */
import type { CodeModel } from '../coding/code-model.ts';
import weights from './new-name-weights.json' with { type: 'json' };

/** Codes: `nobody`, `contact`, `competitor`. */
export const newNameWeights: CodeModel = weights;
