import { z } from 'zod';
import { defineTask, nothing } from '../../platform/queue/task.ts';

/** A speaker has said that they don't know any more. */
export const tellAnsweredTask = defineTask({
  name: 'tell-answered',
  payload: z.object({ doubtId: z.uuid() }),
});

/** Scheduled: jobs on hold whose answers are there, or whose time has come. */
export const returnHeldJobsTask = defineTask({ name: 'return-held-jobs', payload: nothing });
