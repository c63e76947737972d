import type { Database } from '../../platform/database/database.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Prisma } from '../../prisma/generated/client/client.ts';

/** People as the list shows them; hashes only as whether there is one. */
export async function loadPeople(
  { prisma }: Pick<Database, 'prisma'>,
  { q, role, showInactive }: { q: string; role: string; showInactive: boolean },
) {
  const people = await prisma.user.findMany({
    where: {
      system: false,
      ...(showInactive ? {} : { active: true }),
      ...(isRole(role) && { roles: { has: role } }),
      ...(q && {
        OR: [
          { name: { contains: q, mode: 'insensitive' } },
          { email: { contains: q, mode: 'insensitive' } },
          { region: { contains: q, mode: 'insensitive' } },
        ],
      }),
    },
    orderBy: [{ active: 'desc' }, { name: 'asc' }],
    include: { phones: { orderBy: { number: 'asc' } } },
  });
  return people.map(toPerson);
}

type UserWithPhones = Prisma.UserGetPayload<{ include: { phones: true } }>;

export function toPerson({ passwordHash, pinHash, ...user }: UserWithPhones) {
  return { ...user, mayCall: pinHash !== null, maySignIn: passwordHash !== null };
}

/** One person with the managers they may be given. @throws NotFound */
export async function loadPerson({ prisma }: Pick<Database, 'prisma'>, id: string) {
  const user = await prisma.user.findFirst({ where: { id, system: false }, include: { phones: true } });
  if (!user) throw new NotFound(`no user ${id}`);
  return toPerson(user);
}

export function loadManagers({ prisma }: Pick<Database, 'prisma'>) {
  return prisma.user.findMany({
    where: { system: false, active: true, roles: { has: 'manager' } },
    orderBy: { name: 'asc' },
    select: { id: true, name: true },
  });
}

export const ROLE_NAMES = {
  rep: 'Rep',
  transcriptionist: 'Transcriptionist',
  supervisor: 'Supervisor',
  manager: 'Manager',
  proposal_manager: 'Proposal manager',
  administrator: 'Administrator',
} as const;

function isRole(role: string): role is keyof typeof ROLE_NAMES {
  return role in ROLE_NAMES;
}
