import { defineTask, nothing } from '../../platform/queue/task.ts';

/** Scheduled: ends calls whose end was never told, and so sends what was said. */
export const endLostCallsTask = defineTask({ name: 'end-lost-calls', payload: nothing });

/** Scheduled: deletes the audio of recorded prompts that nobody needs any more. */
export const sweepPromptAudioTask = defineTask({ name: 'sweep-prompt-audio', payload: nothing });

/** Scheduled: removes counts of wrong PINs, IDs and passwords that time has made void. */
export const forgetOldFailuresTask = defineTask({ name: 'forget-old-failures', payload: nothing });

/** Scheduled: asks the carrier for recordings that were never announced. */
export const findLostRecordingsTask = defineTask({ name: 'find-lost-recordings', payload: nothing });

/** Scheduled: ends calls to survey lines for good, and destroys their rows. */
export const settleSurveyCallsTask = defineTask({ name: 'settle-survey-calls', payload: nothing });

/** Scheduled: deletes the carrier's own records of calls to survey lines. */
export const deleteSurveyCallRecordsTask = defineTask({
  name: 'delete-survey-call-records',
  payload: nothing,
});
