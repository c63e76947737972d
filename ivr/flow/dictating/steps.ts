import type { StepHandler } from '../types.ts';
import { confirmDrop } from './confirm-drop.ts';
import { paused } from './paused.ts';
import { recording } from './recording.ts';
import { submitting } from './submitting.ts';
import type { DictatingStep } from './types.ts';

/*
 *   recording     # → submitting; * → paused; silence → paused; limit → recording; hang-up → over
 *                 nothing heard → recording again, third time over
 *   paused        1 → recording; 2 hear → paused; 3 → confirm_drop; 4 urgent → paused; # → submitting
 *                 nothing three times → over
 *   confirm_drop  9 drops, anything else keeps → paused
 *   submitting    → handed over (dictation_over)
 */
export const dictatingSteps: Readonly<Record<DictatingStep, StepHandler>> = {
  recording,
  paused,
  confirm_drop: confirmDrop,
  submitting,
};
