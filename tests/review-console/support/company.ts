import { randomUUID } from 'node:crypto';
import { hashPassword } from '../../../platform/auth/passwords.ts';
import type { Database } from '../../../platform/database/database.ts';
import type { Role } from '../../../prisma/generated/client/client.ts';
import type { Vocabulary } from '../../../transcription/thought-units/types.ts';
import { goldReports, idOf, world } from './demo-world.ts';
import { insertReports, rowsOf } from './report-rows.ts';

export { idOf };

export const PASSWORD = 'a long enough password';

// Once for all companies of a worker, because it is made to be slow.
const PASSWORD_HASH = hashPassword(PASSWORD);

const LABELS: Record<string, string> = {
  admin: 'Administration',
  'account-background': 'Background',
  need: 'Need',
  'product-feedback': 'Product feedback',
  opportunity: 'Opportunity',
  pricing: 'Pricing',
  competitor: 'Competitor',
  'objection-risk': 'Objection or risk',
  'decision-process': 'Decision process',
  'next-step': 'Next step',
  'budget-timeline': 'Budget and timing',
  'service-delivery': 'Service and delivery',
  commitment: 'Commitment',
  'market-trend': 'Market trend',
};

export interface Company {
  /** E-mail addresses by role; all share PASSWORD. */
  emails: Record<Role, string>;
  userIds: Record<Role, string>;
  /** Newest first. */
  reportIds: string[];
}

/**
 * A company of realistic size for screens: eight reps, forty customers, `reports` finalized reports with units,
 * codes, values and next steps, the newest made shortly before `now`.
 */
export async function buildCompany(
  { prisma }: Pick<Database, 'prisma'>,
  { now, reports = 40 }: { now: Date; reports?: number },
): Promise<Company> {
  const passwordHash = await PASSWORD_HASH;
  const emails = {} as Record<Role, string>;
  const userIds = {} as Record<Role, string>;
  const staff: [Role, string][] = [
    ['manager', 'Margaret Oyelaran-Whitcombe'],
    ['transcriptionist', 'Tess Bright'],
    ['administrator', 'Ada Lund'],
    ['supervisor', 'Sunita Rao'],
    ['proposal_manager', 'Pavel Novak'],
  ];
  for (const [role] of staff) {
    emails[role] = `${role.replace('_', '-')}@caprock.example`;
    userIds[role] = idOf(role);
  }
  await prisma.user.createMany({
    data: staff.map(([role, name]) => ({
      id: idOf(role),
      email: emails[role],
      name,
      roles: [role],
      passwordHash,
      timeZone: 'America/Chicago',
    })),
  });
  emails.rep = 'r1@caprock.example';
  userIds.rep = idOf('r1');
  await prisma.user.createMany({
    data: world.reps.map((rep, index) => ({
      id: idOf(rep.id),
      externalId: rep.id,
      email: `${rep.id}@caprock.example`,
      name: rep.name,
      roles: ['rep' as const],
      territory: rep.territory,
      region: rep.region,
      managerId: idOf('manager'),
      shortNumber: String(201 + index),
      passwordHash,
      timeZone: 'America/Chicago',
    })),
  });
  await buildVocabulary({ prisma });
  await prisma.line.create({
    data: { id: idOf('line'), number: '+18005550100', purpose: 'report', name: 'Call reports' },
  });
  const chosen = goldReports
    .toSorted((a, b) => b.callDate.localeCompare(a.callDate))
    .slice(0, reports)
    .map((report, index) => ({
      report,
      calledAt: new Date(now.getTime() - calledHoursAgo(index) * 3_600_000),
    }));
  await insertReports(
    { prisma },
    chosen.map(({ report, calledAt }, index) => rowsOf(report, { calledAt, read: index >= 12 })),
  );
  return { emails, userIds, reportIds: chosen.map(({ report }) => idOf(report.id)) };
}

/** The first dozen within the last two days, the rest thinning out over a year. */
function calledHoursAgo(index: number): number {
  return index < 12 ? 1 + index * 4 : 48 + (index - 11) * 30 + (index - 11) ** 2 * 6;
}

async function buildVocabulary({ prisma }: Pick<Database, 'prisma'>): Promise<void> {
  await prisma.account.createMany({
    data: world.accounts.map(({ id, ...account }, index) => ({
      ...account,
      id: idOf(id),
      externalId: id,
      ownerId: idOf(`r${(index % 8) + 1}`),
    })),
  });
  await prisma.contact.createMany({
    data: world.contacts.map(({ id, name, title, account }) => ({
      id: idOf(id),
      externalId: id,
      name,
      title,
      accountId: idOf(account),
    })),
  });
  const terms = (list: Vocabulary['products']) =>
    list.map(({ id, name, aliases }) => ({ id: idOf(id), externalId: id, name, aliases }));
  await prisma.product.createMany({ data: terms(world.products) });
  await prisma.competitor.createMany({ data: terms(world.competitors) });
  // The migrated template may bring a codebook of its own; this one is newer and therefore in force.
  const newest = await prisma.codebook.aggregate({ _max: { version: true } });
  await prisma.codebook.create({
    data: {
      id: idOf('codebook'),
      version: (newest._max.version ?? 0) + 1,
      codes: {
        createMany: {
          data: Object.entries(LABELS).map(([key, label], position) => ({
            key,
            label,
            position,
            definition: `What is said about ${label.toLowerCase()}.`,
            cues: [label.toLowerCase()],
            examples: [`A sentence about ${label.toLowerCase()}.`],
          })),
        },
      },
    },
  });
}

/** A manager's reply, as the phone and the screens know it. */
export async function buildReply(
  { prisma }: Pick<Database, 'prisma'>,
  reply: { reportId: string; authorId: string; text: string; createdAt: Date },
): Promise<string> {
  const row = await prisma.reply.create({ data: { ...reply, requestId: randomUUID() } });
  return row.id;
}
