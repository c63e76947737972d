import type { SignedInUser } from '../../platform/auth/signed-in-user.ts';

/**
 * Who may put another text in force: whoever wrote this one down, and supervisors and administrators, who answer for
 * it. Not the rep, who would otherwise take back what was said once others have read it, and not managers, who answer
 * and review; both mark what is wrong. Pure.
 */
export function mayCorrect(
  user: Pick<SignedInUser, 'id' | 'roles'>,
  report: { finalizedById: string | null },
): boolean {
  return (
    user.roles.some((role) => role === 'supervisor' || role === 'administrator') ||
    (report.finalizedById === user.id && user.roles.includes('transcriptionist'))
  );
}
