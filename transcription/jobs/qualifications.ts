import { z } from 'zod';

const preferences = z.object({ qualifications: z.array(z.string()).default([]) });

const OF_WHOEVER_SAID_NOTHING = 'en-US';

/**
 * What a person meets of a job's requirements (`language:es`, `clearance:citizen`): the own language, with and
 * without its region, and what an administrator has noted as `qualifications`. A job is for somebody who meets
 * all of its requirements.
 */
export function qualificationsOf(user: { language: string | null; preferences: unknown }): string[] {
  const noted = preferences.safeParse(user.preferences);
  const spoken = user.language ?? OF_WHOEVER_SAID_NOTHING;
  const [language = ''] = spoken.split('-');
  return [`language:${spoken}`, `language:${language}`, ...(noted.success ? noted.data.qualifications : [])];
}
