import type { SignedInUser } from '../../../platform/auth/signed-in-user.ts';

/** Who may hear a dictation: those who work with it, and the one who spoke. */
export const LISTENERS = [
  'transcriptionist',
  'supervisor',
  'manager',
  'administrator',
  'rep',
  'proposal_manager',
] as const;

const ALL_DICTATIONS: readonly string[] = ['transcriptionist', 'supervisor', 'manager', 'administrator'];

/** Whether this user may hear what `speakerId` said. A rep hears only their own. */
export function mayHearSpeaker(user: Pick<SignedInUser, 'id' | 'roles'>, speakerId: string | null): boolean {
  return user.roles.some((role) => ALL_DICTATIONS.includes(role)) || user.id === speakerId;
}

/** The same of a whole dictation; whoever runs proposals also hears what was contributed to them. */
export function mayHearDictation(
  user: Pick<SignedInUser, 'id' | 'roles'>,
  { speakerId, contributionId }: { speakerId: string | null; contributionId: string | null },
): boolean {
  return (
    mayHearSpeaker(user, speakerId) ||
    (contributionId !== null && user.roles.some((role) => role === 'proposal_manager'))
  );
}
