import type { StepHandler } from '../types.ts';
import { confirmDrop, confirmRedo } from './confirm.ts';
import { offeredHeld } from './held.ts';
import { described, helped } from './help.ts';
import { paused } from './paused.ts';
import { recording } from './recording.ts';
import { offeredResume, resumed } from './resume.ts';
import { stillThere } from './still-there.ts';
import { submitting } from './submitting.ts';
import type { DictatingStep } from './types.ts';

/*
 * Keys are those of the standard map; key-maps.ts has the others.
 *
 *   recording           # → submitting; * → paused; 0 → describing; silence → paused; hang-up → over, may be resumed
 *                       limit → recording, each second time → still_there
 *                       nothing heard → recording again, second time → handed over
 *   helped              # → submitting; * → paused; 0 → describing; else → recording
 *   still_there         # → submitting; * → paused; any key → recording; nothing twice → over
 *   paused              1 → recording; 2, 3 hear → paused; 4 → confirm_redo; 5 → confirm_drop; 6 urgent → paused
 *                       7 → on hold, handed over; 0 → describing; # → submitting; nothing three times → over
 *   confirm_drop        9 drops, anything else keeps → paused
 *   confirm_redo        9 drops → recording; anything else keeps → paused
 *   submitting          → handed over (dictation_over)
 *   describing          → helped, or paused
 *   offered_resume      1 → resuming; 2, nothing → handed over (before_dictating)
 *   offered_held        1 → resuming; 2 sends it, 3, nothing leaves it → handed over (before_dictating)
 *   resuming            open again → recording; text final → recording of a new one; gone → handed over
 */
export const dictatingSteps: Readonly<Record<DictatingStep, StepHandler>> = {
  recording,
  helped,
  still_there: stillThere,
  paused,
  confirm_drop: confirmDrop,
  confirm_redo: confirmRedo,
  offered_resume: offeredResume,
  offered_held: offeredHeld,
  submitting,
  describing: described,
  resuming: resumed,
};
