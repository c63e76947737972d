import { z } from 'zod';
import { roles } from '../../people/user-input.ts';
import type { UserRow } from '../../people/user-row.ts';
import { id, time } from '../api.ts';

export const user = z.object({
  id,
  email: z.string(),
  name: z.string(),
  roles,
  shortNumber: z.string().nullable(),
  phones: z.array(z.string()).describe('E.164'),
  externalId: z.string().nullable(),
  territory: z.string().nullable(),
  region: z.string().nullable(),
  managerId: id.nullable(),
  language: z.string().nullable(),
  timeZone: z.string(),
  keyMap: z.string().nullable().describe('Keys of the phone while dictating; null: as the company has it'),
  qualifications: z.array(z.string()).describe('What they meet of a job’s requirements'),
  active: z.boolean(),
  hasPassword: z.boolean(),
  hasPin: z.boolean(),
  pinMustChange: z.boolean().describe('Has an issued PIN and not yet chosen one'),
  createdAt: time,
});

export function toUser({ passwordHash, pinHash, ...row }: UserRow): z.infer<typeof user> {
  return {
    ...row,
    phones: row.phones.map(({ number }) => number),
    hasPassword: passwordHash !== null,
    hasPin: pinHash !== null,
    createdAt: row.createdAt.toISOString(),
  };
}
