import { defineTask, nothing } from '../../platform/queue/task.ts';

/** Scheduled: leases that ran out. */
export const returnLostJobsTask = defineTask({ name: 'return-lost-jobs', payload: nothing });
