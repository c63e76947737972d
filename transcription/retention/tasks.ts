import { defineTask, nothing } from '../../platform/queue/task.ts';

/** Scheduled: destroys what is past its line's days. */
export const applyRetentionTask = defineTask({ name: 'apply-retention', payload: nothing });

/** Scheduled: destroys audio that nothing points to. */
export const sweepOrphansTask = defineTask({ name: 'sweep-orphaned-audio', payload: nothing });
