import { defineTask, nothing } from '../../platform/queue/task.ts';

/** Recodes what was finalized with a merged code in the moment in which a version came into force. */
export const sweepMergedCodesTask = defineTask({ name: 'sweep-merged-codes', payload: nothing });
