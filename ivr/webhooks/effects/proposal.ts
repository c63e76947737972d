import type { ProposalEffect } from '../../flow/proposal/types.ts';
import type { PerformersOf } from './perform-effects.ts';

export const proposalEffects: PerformersOf<ProposalEffect> = {};
