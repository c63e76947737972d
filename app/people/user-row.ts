import type { Prisma } from '../../prisma/generated/client/client.ts';

/** What administration shows of a person; the hashes only as whether there is one. */
export const userSelect = {
  id: true,
  email: true,
  name: true,
  roles: true,
  shortNumber: true,
  phones: { select: { number: true }, orderBy: { number: 'asc' } },
  externalId: true,
  territory: true,
  region: true,
  managerId: true,
  language: true,
  timeZone: true,
  keyMap: true,
  qualifications: true,
  active: true,
  createdAt: true,
  passwordHash: true,
  pinHash: true,
  pinMustChange: true,
} as const satisfies Prisma.UserSelect;

export type UserRow = Prisma.UserGetPayload<{ select: typeof userSelect }>;
