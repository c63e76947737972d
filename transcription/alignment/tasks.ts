import { z } from 'zod';
import { defineTask, nothing } from '../../platform/queue/task.ts';

/** A finished report → places of its units in the audio, by listening. Wake for it when a version is in force. */
export const alignReportTask = defineTask({
  name: 'align-report',
  payload: z.object({ reportId: z.uuid() }),
});

/** Scheduled: wakes again for reports that nobody aligned. */
export const sweepAlignmentTask = defineTask({ name: 'sweep-alignment', payload: nothing });
