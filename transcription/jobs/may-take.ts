import { showRequirement } from './show-requirement.ts';

/*
 * Who may take what, in one place for "next job", for a job taken by name and for handing one over. Each is an
 * expression over `j` (job) and `d` (its dictation); `user` and `now` are the parameters of the statement.
 */

/** The person has all that the job asks for; `qualifications` is a parameter, too. */
export const meets = (qualifications: string) =>
  `coalesce(j.requirements, '{}') <@ ${qualifications}::text[]`;

/** Never theirs, whatever they are qualified for: they typed it before. */
export const isExcluded = (user: string) =>
  `exists (select from job_exclusion x where x.job_id = j.id and x.user_id = ${user}::uuid)`;

/** This speaker, line or account never goes to them. */
export const isInConflict = (user: string) => `exists (
  select from typing_conflict c where c.user_id = ${user}::uuid
    and (c.speaker_id = d.speaker_id or c.line_id = d.line_id or c.account_id = d.account_id))`;

/** They gave it back a while ago. Keeps it off their "next", not from their hands. */
export const isSetAside = (user: string, now: string) =>
  `exists (select from job_set_aside s where s.job_id = j.id and s.user_id = ${user}::uuid and s.until > ${now})`;

/** Nobody is offered it: it, or its line, is paused. */
export const IS_PAUSED = `(exists (select from pause p where p.job_id = j.id)
  or exists (select from pause p where p.line_id = d.line_id))`;

/** Somebody else has been handed it, and their time for it is not over. */
export const isReservedForAnother = (user: string, now: string) =>
  `coalesce(j.reserved_until > ${now} and j.reserved_for_id <> ${user}::uuid, false)`;

/** What keeps a person from a job, as `jobs-lock-named` and `handOver` read it. */
export interface Obstacles {
  requirements: string[];
  fits: boolean;
  excluded: boolean;
  conflict: boolean;
}

/** Columns of a statement: `Obstacles` without the requirements' names. */
export const OBSTACLES = (user: string, qualifications: string) => `
  coalesce(j.requirements, '{}') as requirements, ${meets(qualifications)} as fits,
  ${isExcluded(user)} as excluded, ${isInConflict(user)} as conflict`;

/** Why this person must not have the job, as told to whoever asks; null: they may. Pure. */
export function explainObstacle(
  found: Obstacles,
  qualifications: readonly string[],
  who: string,
): string | null {
  if (!found.fits) {
    const missing = found.requirements.filter((each) => !qualifications.includes(each)).map(showRequirement);
    return `This job asks for ${missing.join(' and ')}, which ${who} not listed with. An administrator can change that on People.`;
  }
  // One sentence for both: who typed something first is nobody's business, and it shows in neither.
  if (found.excluded || found.conflict)
    return `This job must not go to ${who === 'you are' ? 'you' : 'them'}. Take or choose another.`;
  return null;
}
