import { defineTask, nothing } from '../platform/queue/task.ts';

/** Scheduled: completes responses that nothing will be added to. */
export const finishResponsesTask = defineTask({ name: 'finish-responses', payload: nothing });

/** Scheduled: takes the order of calls out of the rows. */
export const shuffleResponsesTask = defineTask({ name: 'shuffle-responses', payload: nothing });
