import { z } from 'zod';
import type { SignedInUser } from '../../../platform/auth/signed-in-user.ts';
import { TYPING_SWITCHES, type TypingSwitch } from '../../../transcription/expansions/typing-switches.ts';
import { id } from '../api.ts';

/** Who types. */
export const TYPISTS = ['transcriptionist', 'supervisor', 'administrator'] as const;

/** Who may change what is the company's. */
export function mayCompany({ roles }: Pick<SignedInUser, 'roles'>): boolean {
  return roles.some((role) => role === 'supervisor' || role === 'administrator');
}

export const expansion = z.object({
  id,
  shortForm: z.string(),
  text: z.string(),
  isCompany: z.boolean().describe("The company's; else the person's own, which goes first"),
});

export const switches = z.object(
  Object.fromEntries(TYPING_SWITCHES.map(({ key, label }) => [key, z.boolean().describe(label)])) as Record<
    TypingSwitch,
    z.ZodBoolean
  >,
);
