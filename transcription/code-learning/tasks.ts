import { z } from 'zod';
import { defineTask, nothing } from '../../platform/queue/task.ts';

/** Scheduled: learns when enough was confirmed since the last time. */
export const learnCodesTask = defineTask({ name: 'learn-codes', payload: nothing });

/** A person asked for it. */
export const learnCodesNowTask = defineTask({
  name: 'learn-codes-now',
  payload: z.object({ actorId: z.uuid() }),
});

/** Scheduled: drops words from models that not enough people say any more. */
export const tendCodeModelsTask = defineTask({ name: 'tend-code-models', payload: nothing });
