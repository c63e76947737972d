const OF_WHOEVER_SAID_NOTHING = 'en-US';

/** `es` of `es-US`. */
export const baseLanguage = (code: string): string => code.split('-')[0] ?? code;

/**
 * What a person meets of a job's requirements (`language:es`, `clearance:citizen`): the own language, with and
 * without its region, and what is noted as their qualifications. A job is for somebody who meets all of its
 * requirements.
 */
export function qualificationsOf(user: { language: string | null; qualifications: string[] }): string[] {
  const spoken = user.language ?? OF_WHOEVER_SAID_NOTHING;
  return [...new Set([`language:${spoken}`, `language:${baseLanguage(spoken)}`, ...user.qualifications])];
}
