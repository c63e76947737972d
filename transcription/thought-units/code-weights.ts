/** The weights of the code model, made by training/train-code-model.ts from the demo company's reports and our own. */
import type { CodeModel } from './code-model.ts';
import weights from './code-weights.json' with { type: 'json' };

export const codeWeights: CodeModel = weights;
