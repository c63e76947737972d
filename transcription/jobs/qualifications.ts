import { z } from 'zod';

const preferences = z.object({ qualifications: z.array(z.string()).default([]) });

/**
 * What a person meets of a job's requirements (`language:es`, `clearance:citizen`): the own language, with and
 * without its region, and what an administrator has noted as `qualifications`. A job is for somebody who meets
 * all of its requirements.
 */
export function qualificationsOf(user: { language: string; preferences: unknown }): string[] {
  const noted = preferences.safeParse(user.preferences);
  const [language = ''] = user.language.split('-');
  return [
    `language:${user.language}`,
    `language:${language}`,
    ...(noted.success ? noted.data.qualifications : []),
  ];
}
