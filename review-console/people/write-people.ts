import type { Role } from '../../prisma/generated/client/client.ts';
import type { KeyMapName } from '../../transcription/intake/phone-settings.ts';

/** What an administrator says of a person; left out stays as it is. */
export interface PersonChange {
  email?: string;
  name?: string;
  roles?: Role[];
  password?: string;
  shortNumber?: string | null;
  phones?: string[];
  territory?: string | null;
  region?: string | null;
  managerId?: string | null;
  language?: string | null | undefined;
  timeZone?: string;
  /** What they meet of a job's requirements. */
  qualifications?: string[];
  /** By name; null: as the company has it. */
  keyMap?: KeyMapName | null;
  active?: boolean;
}

/**
 * How people are added and changed: one service for screens, API and command line, handed in by app. It checks,
 * hashes secrets and writes the audit; it throws InvalidInput, Conflict and NotFound with words for the person.
 */
export interface PeopleWriter {
  create(input: PersonChange & { email: string; name: string }, actorId: string): Promise<{ id: string }>;
  update(userId: string, change: PersonChange, actorId: string): Promise<unknown>;
  /** Out: a random PIN, to be shown this once. */
  issuePin(userId: string, actorId: string): Promise<string>;
}
