import { InvalidInput, NotFound } from '../../platform/errors.ts';
import type { Doubt } from './doubt.ts';
import { changeDoubts, type DoubtPlatform } from './mark-doubt.ts';

/**
 * Sends a passage back: the speaker hears it at the next log-in on the phone and says it again. Asked already, or
 * answered, it stays as it is, unless it is asked `again` because the answer did not help.
 * @throws NotFound, LeaseLost
 * @throws InvalidInput there is nobody to ask: an unknown speaker, or one without a PIN
 */
export async function askSpeaker(
  platform: DoubtPlatform,
  {
    jobId,
    leaseToken,
    userId,
    doubtId,
    again = false,
  }: { jobId: string; leaseToken: string; userId: string; doubtId: string; again?: boolean },
): Promise<Doubt> {
  return changeDoubts(platform, { jobId, leaseToken }, async (client, now) => {
    // In: mark and job. Out: whether its speaker can log in on the phone. Locks nothing.
    const { rows } = await client.query<{ reachable: boolean }>({
      name: 'doubts-speaker',
      text: `
        select coalesce(u.active and u.pin_hash is not null and l.purpose = 'report', false) as reachable
        from doubt_mark m join job j on j.id = m.job_id join dictation d on d.id = j.dictation_id
        join line l on l.id = d.line_id left join app_user u on u.id = d.speaker_id
        where m.id = $1 and m.job_id = $2`,
      values: [doubtId, jobId],
    });
    if (!rows[0]) throw new NotFound(`No doubt ${doubtId} of job ${jobId}`);
    if (!rows[0].reachable) {
      throw new InvalidInput(`The speaker of job ${jobId} can't be asked by phone`, {
        userMessage: 'This speaker can not be asked: nobody is known to log in on the phone for them.',
      });
    }
    await client.query({
      name: 'doubts-ask',
      text: `
        update doubt_mark set asked_at = $3, asked_by_id = $4, answered_at = null, resolved_at = null
        where id = $1 and job_id = $2 and (asked_at is null or resolved_at is not null
                                           or ($5 and answered_at is not null))`,
      values: [doubtId, jobId, now, userId, again],
    });
    return doubtId;
  });
}
