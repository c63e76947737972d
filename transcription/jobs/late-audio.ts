import { Conflict } from '../../platform/errors.ts';

/**
 * Audio came in while somebody was typing: they may not have heard it. Said once; the same request again goes
 * through.
 */
export class LateAudio extends Conflict {
  constructor(jobId: string) {
    super(`The audio of job ${jobId} has grown since it was claimed`, {
      userMessage:
        'Another part of this dictation has arrived while you were typing. Listen to it, then finish again.',
    });
  }
}

/** The line had broken, and the speaker goes on at this moment: the text can't be final before that is over. */
export class SpeakerIsAdding extends Conflict {
  constructor(jobId: string) {
    super(`The dictation of job ${jobId} is being gone on with`, {
      userMessage:
        'The speaker is on the phone, adding to this dictation. Your text is kept; finish when the rest is here.',
    });
  }
}

/**
 * In: a job whose row, and whose dictation's row, the caller has locked. Out: whether the audio was built anew since
 * the job was claimed and its holder has not been told. Times in one millisecond count as such: told once too often
 * is better than a part that nobody typed.
 */
export const UNHEARD_AUDIO = `
  select coalesce(
    max(at) filter (where kind = 'audio_rebuilt') >= max(at) filter (where kind in ('claimed', 'reclaimed'))
    and max(at) filter (where kind = 'audio_rebuilt')
      > coalesce(max(at) filter (where kind = 'audio_told'), '-infinity'), false) as unheard
  from job_event where job_id = $1::uuid`;
