import { defineTask, nothing } from '../../platform/queue/task.ts';

/**
 * Scheduled: drawn texts get their copy and job; copies of audio go when a check is over. Nobody is woken for a check,
 * so that nothing tells from the time at which its job appears which text it belongs to.
 */
export const tendChecksTask = defineTask({ name: 'tend-checks', payload: nothing });
