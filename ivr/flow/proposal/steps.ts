import type { StepHandler } from '../types.ts';
import type { ProposalStep } from './types.ts';

export const proposalSteps: Readonly<Record<ProposalStep, StepHandler>> = {};
