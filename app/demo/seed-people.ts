import { importCustomers } from '../../crm-sync/builtin-crm/import-customers.ts';
import { TIME_ZONE_SETTING } from '../../insight/time-zone.ts';
import { hashPassword } from '../../platform/auth/passwords.ts';
import { hashPin } from '../../platform/auth/pins.ts';
import type { Platform } from '../../platform/platform.ts';
import { mergeVocabulary } from '../../transcription/vocabulary/write-vocabulary.ts';
import { DEMO_PASSWORD, DEMO_REPS, DEMO_STAFF } from './demo-people.ts';
import type { readCompany } from './read-company.ts';

type Company = Awaited<ReturnType<typeof readCompany>>;

/** Each account belongs to the rep who reports on it. */
function withOwners({ world, reports }: Company): Company['world'] {
  const ownerOf = new Map(reports.map(({ rep, gold }) => [gold.account, rep]));
  return {
    ...world,
    accounts: world.accounts.map((account) => ({ ...account, owner: ownerOf.get(account.id) })),
  };
}

/** People, phones, vocabulary and the customers in the CRM; who is there already stays as they are. Needs the basics. */
export async function seedPeople(
  platform: Pick<Platform, 'database' | 'config' | 'clock'>,
  company: Company,
): Promise<void> {
  const { prisma } = platform.database;
  await prisma.setting.createMany({
    data: [{ key: TIME_ZONE_SETTING, value: 'America/Chicago' }],
    skipDuplicates: true,
  });
  const nameOf = new Map(company.world.reps.map(({ id, name }) => [id, name]));
  const reps = DEMO_REPS.map((rep) => ({ ...rep, name: nameOf.get(rep.externalId) ?? rep.email }));
  // One hash serves all: it is one password. Hashing is slow on purpose.
  const [passwordHash, ...pinHashes] = await Promise.all([
    hashPassword(DEMO_PASSWORD),
    ...reps.map(({ pin }) => hashPin(platform.config.secret, pin)),
  ]);
  const staffRows = DEMO_STAFF.map(async ({ key: _, pin, ...person }) => ({
    ...person,
    passwordHash,
    ...(pin && { pinHash: await hashPin(platform.config.secret, pin) }),
  }));
  await prisma.user.createMany({
    data: await Promise.all(staffRows),
    skipDuplicates: true,
  });
  const staff = await prisma.user.findMany({
    where: { email: { in: DEMO_STAFF.map(({ email }) => email) } },
    select: { id: true, email: true },
  });
  const idOf = (key: string) =>
    staff.find(({ email }) => email === DEMO_STAFF.find((person) => person.key === key)?.email)?.id;
  await prisma.user.createMany({
    data: reps.map(({ externalId, name, email, timeZone, shortNumber, manager }, index) => ({
      externalId,
      name,
      email,
      timeZone,
      shortNumber,
      managerId: idOf(manager),
      roles: ['rep' as const],
      passwordHash,
      pinHash: pinHashes[index],
    })),
    skipDuplicates: true,
  });
  const users = await prisma.user.findMany({
    where: { email: { in: reps.map(({ email }) => email) } },
    select: { id: true, email: true },
  });
  await prisma.userPhone.createMany({
    data: users.flatMap(({ id, email }) =>
      reps.filter((rep) => rep.email === email).map(({ phone }) => ({ userId: id, number: phone })),
    ),
    skipDuplicates: true,
  });
  await mergeVocabulary(platform, withOwners(company));
  await importCustomers(platform);
}
