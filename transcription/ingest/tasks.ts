import { z } from 'zod';
import { defineTask, nothing } from '../../platform/queue/task.ts';

const recordingPayload = z.object({ recordingId: z.uuid() });

/** Carrier → object storage, verified. Wake for it when a recording is `announced`. */
export const copyRecordingTask = defineTask({ name: 'copy-recording', payload: recordingPayload });

/** Deletes at the carrier what is verified here. */
export const deleteCarrierCopyTask = defineTask({ name: 'delete-carrier-copy', payload: recordingPayload });

/** Scheduled: wakes again for everything in this part that should have been worked on. */
export const sweepRecordingsTask = defineTask({ name: 'sweep-recordings', payload: nothing });
