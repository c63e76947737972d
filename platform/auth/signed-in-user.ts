import type { Role } from '../../prisma/generated/client/client.ts';

/** Who is asking, as every handler may know it. */
export interface SignedInUser {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  timeZone: string;
  /** Null: they have said nothing about it. */
  language: string | null;
  preferences: unknown;
  /** How they proved it: a session cookie needs CSRF protection, a bearer token does not. */
  by: 'session' | 'token';
}

export const ALL_ROLES: readonly Role[] = [
  'rep',
  'transcriptionist',
  'manager',
  'proposal_manager',
  'administrator',
  'supervisor',
];
