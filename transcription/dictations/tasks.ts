import { z } from 'zod';
import { defineTask, nothing } from '../../platform/queue/task.ts';

/** Submitted and all parts here → one playable audio, job `waiting`. Wake for it when either may have become true. */
export const settleDictationTask = defineTask({
  name: 'settle-dictation',
  payload: z.object({ dictationId: z.uuid() }),
});

/** Scheduled: wakes again for dictations that should have been settled. */
export const sweepDictationsTask = defineTask({ name: 'sweep-dictations', payload: nothing });

/** Scheduled: sends dictations that have been on hold for longer than the company lets them be. */
export const sendHeldDictationsTask = defineTask({ name: 'send-held-dictations', payload: nothing });
