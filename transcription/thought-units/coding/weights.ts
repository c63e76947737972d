/** The weights that training/train-code-model.ts makes from the demo company's reports and those written for it. */

import outlook from '../fields/outlook-weights.json' with { type: 'json' };
import type { CodeModel } from './code-model.ts';
import codes from './code-weights.json' with { type: 'json' };

export const codeWeights: CodeModel = codes;
/** Sentiment and stage of a whole report; their models are chains of one. */
export const outlookWeights: { sentiment: CodeModel; stage: CodeModel } = outlook;
