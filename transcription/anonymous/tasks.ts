import { defineTask, nothing } from '../../platform/queue/task.ts';

/**
 * Scheduled, and never woken: copies, settles and destroys what was said to surveys. It runs at the same moments
 * whether anybody has called or not, and its payload names nothing, so the queue tells neither who nor when.
 */
export const tendAnonymousAudioTask = defineTask({ name: 'tend-anonymous-audio', payload: nothing });
