import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hashPassword } from '../../../platform/auth/passwords.ts';
import type { Database } from '../../../platform/database/database.ts';
import type { Role } from '../../../prisma/generated/client/client.ts';
import type { Vocabulary } from '../../../transcription/thought-units/types.ts';

export const PASSWORD = 'a long enough password';

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

interface GoldReport {
  id: string;
  rep: string;
  callDate: string;
  units: { text: string; codes: string[]; para?: boolean }[];
  gold: {
    account: string | null;
    contacts: string[];
    newContacts: string[];
    meetingDate: string | null;
    meetingType: string | null;
    products: string[];
    competitors: string[];
    amounts: { value: number; currency: string; of: string }[];
    nextSteps: { unit: number; owner: string; due: string | null }[];
    sentiment: number;
    stage: string | null;
  };
}

const folder = new URL('../../../app/demo/company/', import.meta.url);
const world: Vocabulary = JSON.parse(readFileSync(new URL('world.json', folder), 'utf8'));
const goldReports: GoldReport[] = readFileSync(new URL('reports.jsonl', folder), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** The same name always gives the same id, so tests can name rows without looking them up. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

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
  const passwordHash = await hashPassword(PASSWORD);
  const emails = {} as Record<Role, string>;
  const userIds = {} as Record<Role, string>;
  const staff: [Role, string][] = [
    ['manager', 'Margaret Oyelaran-Whitcombe'],
    ['transcriptionist', 'Tess Bright'],
    ['administrator', 'Ada Lund'],
    ['supervisor', 'Sunita Rao'],
    ['proposal_manager', 'Pavel Novak'],
  ];
  for (const [role, name] of staff) {
    emails[role] = `${role.replace('_', '-')}@caprock.example`;
    userIds[role] = idOf(role);
    await prisma.user.create({
      data: {
        id: idOf(role),
        email: emails[role],
        name,
        roles: [role],
        passwordHash,
        timeZone: 'America/Chicago',
      },
    });
  }
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
  for (const [index, { report, calledAt }] of chosen.entries())
    await buildReport({ prisma }, report, { calledAt, read: index >= 12 });
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
        create: Object.entries(LABELS).map(([key, label], position) => ({
          key,
          label,
          position,
          definition: `What is said about ${label.toLowerCase()}.`,
          cues: [label.toLowerCase()],
          examples: [`A sentence about ${label.toLowerCase()}.`],
        })),
      },
    },
  });
}

const MS_PER_CHARACTER = 62;

async function buildReport(
  { prisma }: Pick<Database, 'prisma'>,
  report: GoldReport,
  { calledAt, read }: { calledAt: Date; read: boolean },
): Promise<void> {
  const { gold } = report;
  const id = idOf(report.id);
  let text = '';
  const units = report.units.map((unit, index) => {
    if (index > 0) text += unit.para ? '\n\n' : ' ';
    const startOffset = text.length;
    text += unit.text;
    return {
      id: idOf(`${report.id}/${index}`),
      number: index + 1,
      text: unit.text,
      startOffset,
      endOffset: text.length,
      newParagraph: unit.para ?? false,
      audioStartMs: startOffset * MS_PER_CHARACTER,
      audioEndMs: text.length * MS_PER_CHARACTER,
      codes: unit.codes,
    };
  });
  const finalizedAt = new Date(calledAt.getTime() + 50 * 60_000);
  const shift = calledAt.getTime() - Date.parse(`${report.callDate}T12:00:00Z`);
  const day = (iso: string | null) => (iso ? new Date(Date.parse(`${iso}T00:00:00Z`) + shift) : null);
  const rep = world.reps.find((each) => each.id === report.rep);
  const nameOf = (key: string) =>
    [...world.accounts, ...world.products, ...world.competitors].find((each) => each.id === key)?.name ?? key;

  await prisma.dictation.create({
    data: {
      id: idOf(`${report.id}/dictation`),
      reference: String(1_000_000 + (Number.parseInt(id.slice(0, 6), 16) % 9_000_000)),
      lineId: idOf('line'),
      speakerId: idOf(report.rep),
      status: 'transcribed',
      startedAt: calledAt,
      submittedAt: new Date(calledAt.getTime() + 180_000),
      durationSeconds: (text.length * MS_PER_CHARACTER) / 1000,
      transcripts: { create: { id: idOf(`${report.id}/text`), version: 1, text, createdAt: finalizedAt } },
    },
  });
  await prisma.report.create({
    data: {
      id,
      dictationId: idOf(`${report.id}/dictation`),
      transcriptId: idOf(`${report.id}/text`),
      speakerId: idOf(report.rep),
      accountId: gold.account ? idOf(gold.account) : null,
      region: rep?.region ?? null,
      calledAt,
      meetingDate: day(gold.meetingDate),
      meetingType: gold.meetingType,
      stage: gold.stage,
      sentiment: gold.sentiment,
      finalizedAt,
      firstReadAt: read ? new Date(finalizedAt.getTime() + 3_600_000) : null,
      contacts: { create: gold.contacts.map((contact) => ({ contactId: idOf(contact) })) },
      reads: read
        ? { create: { userId: idOf('manager'), readAt: new Date(finalizedAt.getTime() + 3_600_000) } }
        : undefined,
    },
  });
  await prisma.thoughtUnit.createMany({
    data: units.map(({ codes: _codes, ...unit }) => ({
      ...unit,
      reportId: id,
      transcriptId: idOf(`${report.id}/text`),
    })),
  });
  await prisma.unitCode.createMany({
    data: units.flatMap((unit) =>
      unit.codes.map((codeKey, rank) => ({
        unitId: unit.id,
        codeKey,
        rank,
        certainty: (unit.number + rank) % 3 === 0 ? ('suggested' as const) : ('confirmed' as const),
        confidence: 0.7,
        evidence: 'says so',
      })),
    ),
  });
  const values: { field: string; value: string | number | object; display: string }[] = [
    ...(gold.account ? [{ field: 'account', value: gold.account, display: nameOf(gold.account) }] : []),
    ...(gold.meetingType
      ? [{ field: 'meeting_type', value: gold.meetingType, display: gold.meetingType }]
      : []),
    ...gold.products.map((key) => ({ field: 'product', value: key, display: nameOf(key) })),
    ...gold.competitors.map((key) => ({ field: 'competitor', value: key, display: nameOf(key) })),
    ...gold.amounts.map((amount) => ({
      field: 'amount',
      value: amount,
      display: `$${amount.value.toLocaleString('en-US')} (${amount.of})`,
    })),
    ...(gold.stage ? [{ field: 'stage', value: gold.stage, display: gold.stage }] : []),
  ];
  const positions = new Map<string, number>();
  await prisma.fieldValue.createMany({
    data: values.map(({ field, value, display }, index) => {
      const position = positions.get(field) ?? 0;
      positions.set(field, position + 1);
      const word = display.split(' ')[0] ?? '';
      const unit = units.find((each) => each.text.includes(word)) ?? units[index % units.length];
      return {
        id: idOf(`${report.id}/${field}/${position}`),
        reportId: id,
        unitId: unit?.id ?? null,
        field,
        position,
        value,
        display,
        certainty: index % 3 === 1 ? ('suggested' as const) : ('confirmed' as const),
        confidence: 0.8,
        evidence: `says “${word}”`,
      };
    }),
  });
  await prisma.nextStep.createMany({
    data: gold.nextSteps.map((step, position) => ({
      id: idOf(`${report.id}/step/${position}`),
      reportId: id,
      unitId: units[step.unit]?.id ?? null,
      position,
      owner: step.owner,
      text: units[step.unit]?.text ?? '',
      due: day(step.due),
      certainty: 'confirmed' as const,
    })),
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
