import type { SignedInUser } from '../../../platform/auth/signed-in-user.ts';

/** What of a finished report somebody may settle. */
export interface ReviewRights {
  codes: boolean;
  /** Values and next steps. */
  values: boolean;
}

const ANY_REPORT: ReadonlySet<string> = new Set(['manager', 'administrator', 'supervisor']);

/**
 * Managers, administrators and supervisors settle everything of any report, who finalized it of that report. A rep
 * knows best which product and which day was meant, so values and next steps of their own reports are theirs to settle,
 * too; codes are not: they go by the codebook's definitions, others are measured by them, and the model learns from
 * them. A rep who finds one wrong flags it. Pure.
 */
export function mayReview(
  user: Pick<SignedInUser, 'id' | 'roles'>,
  report: { speakerId: string | null; finalizedById: string | null },
): ReviewRights {
  const all = user.roles.some((role) => ANY_REPORT.has(role)) || report.finalizedById === user.id;
  return { codes: all, values: all || report.speakerId === user.id };
}
