import { randomUUID } from 'node:crypto';
import type { Database } from '../../platform/database/database.ts';
import type { Certainty, Prisma, Role } from '../../prisma/generated/client/client.ts';

type Prismas = Pick<Database, 'prisma'>;

export interface UnitToBuild {
  text: string;
  /** The first is the main one. */
  codes?: (string | { code: string; certainty?: Certainty; confidence?: number })[];
  newParagraph?: boolean;
  audioStartMs?: number;
  audioEndMs?: number;
}

export interface FieldToBuild {
  field: string;
  value: Prisma.InputJsonValue;
  display?: string;
  /** Number of the unit that says it. */
  unit?: number;
  certainty?: Certainty;
  confidence?: number;
  confirmedById?: string;
}

export interface StepToBuild {
  text: string;
  owner?: 'rep' | 'customer' | 'colleague';
  /** YYYY-MM-DD */
  due?: string | null;
  unit?: number;
  certainty?: Certainty;
  doneAt?: Date;
}

export interface ReportToBuild {
  /** Made when absent; null: nobody. */
  speakerId?: string | null;
  lineId?: string;
  accountId?: string | null;
  region?: string | null;
  calledAt?: Date;
  finalizedAt?: Date;
  /** YYYY-MM-DD */
  meetingDate?: string | null;
  meetingType?: string | null;
  stage?: string | null;
  sentiment?: number | null;
  urgent?: boolean;
  firstReadAt?: Date | null;
  firstRepliedAt?: Date | null;
  units?: (string | UnitToBuild)[];
  fields?: FieldToBuild[];
  nextSteps?: StepToBuild[];
  contactIds?: string[];
  newContacts?: string[];
}

export interface BuiltReport {
  reportId: string;
  reference: string;
  dictationId: string;
  transcriptId: string;
  speakerId: string | null;
  accountId: string | null;
  units: { id: string; number: number }[];
}

const CALLED_AT = new Date('2026-03-02T15:00:00Z');

export async function buildUser(
  { prisma }: Prismas,
  user: { name?: string; roles?: Role[]; region?: string; timeZone?: string } = {},
): Promise<{ id: string; name: string }> {
  const unique = randomUUID();
  return prisma.user.create({
    data: { email: `${unique}@example.com`, name: `Rep ${unique.slice(0, 6)}`, roles: ['rep'], ...user },
    select: { id: true, name: true },
  });
}

export async function buildAccount(
  { prisma }: Prismas,
  account: {
    name?: string;
    externalId?: string;
    region?: string;
    ownerId?: string;
    city?: string;
    lifecycle?: string;
  } = {},
): Promise<{ id: string; externalId: string; name: string }> {
  const unique = randomUUID().slice(0, 8);
  return prisma.account.create({
    data: { externalId: `account-${unique}`, name: `Account ${unique}`, ...account },
    select: { id: true, externalId: true, name: true },
  });
}

export async function buildContact(
  { prisma }: Prismas,
  contact: { accountId: string; name?: string; title?: string; externalId?: string },
): Promise<{ id: string; externalId: string; name: string }> {
  const unique = randomUUID().slice(0, 8);
  return prisma.contact.create({
    data: { externalId: `contact-${unique}`, name: `Contact ${unique}`, ...contact },
    select: { id: true, externalId: true, name: true },
  });
}

/**
 * A finalized report with everything under it, inserted row by row and not through the code that finalizes:
 * nothing is queued, counted or delivered by this.
 */
export async function buildReport(database: Prismas, report: ReportToBuild = {}): Promise<BuiltReport> {
  const { prisma } = database;
  const calledAt = report.calledAt ?? CALLED_AT;
  const finalizedAt = report.finalizedAt ?? new Date(calledAt.getTime() + 3600_000);
  const speakerId = report.speakerId === undefined ? (await buildUser(database)).id : report.speakerId;
  const lineId = report.lineId ?? (await prisma.line.create({ data: lineData() })).id;
  const units = (report.units ?? ['They like it.']).map((unit) =>
    typeof unit === 'string' ? { text: unit } : unit,
  );
  const reference = String(Math.floor(Math.random() * 1e7)).padStart(7, '0');
  const dictation = await prisma.dictation.create({
    data: {
      reference: (await prisma.dictation.count({ where: { reference } })) === 0 ? reference : randomUUID(),
      lineId,
      speakerId,
      status: 'transcribed',
      startedAt: calledAt,
      submittedAt: calledAt,
    },
  });
  const { text, offsets } = layOut(units);
  const transcript = await prisma.transcript.create({
    data: { dictationId: dictation.id, version: 1, text, createdAt: finalizedAt },
  });
  const row = await prisma.report.create({
    data: {
      dictationId: dictation.id,
      transcriptId: transcript.id,
      speakerId,
      accountId: report.accountId ?? null,
      region: report.region ?? null,
      calledAt,
      meetingDate: day(report.meetingDate),
      meetingType: report.meetingType ?? null,
      stage: report.stage ?? null,
      sentiment: report.sentiment ?? null,
      urgent: report.urgent ?? false,
      finalizedAt,
      firstReadAt: report.firstReadAt ?? null,
      firstRepliedAt: report.firstRepliedAt ?? null,
      contacts: {
        create: [
          ...(report.contactIds ?? []).map((contactId) => ({ contactId })),
          ...(report.newContacts ?? []).map((newName) => ({ newName })),
        ],
      },
    },
  });
  const content = await addContent(database, row.id, transcript.id, {
    units,
    offsets,
    firstNumber: 1,
    report,
  });
  return {
    reportId: row.id,
    reference: dictation.reference,
    dictationId: dictation.id,
    transcriptId: transcript.id,
    speakerId,
    accountId: report.accountId ?? null,
    units: content,
  };
}

/** A correction: a new transcript version whose units, values and steps take the place of the former ones. */
export async function correctReport(
  database: Prismas,
  built: BuiltReport,
  correction: Pick<
    ReportToBuild,
    'accountId' | 'stage' | 'sentiment' | 'meetingDate' | 'units' | 'fields' | 'nextSteps'
  >,
): Promise<{ version: number; units: { id: string; number: number }[] }> {
  const { prisma } = database;
  const { reportId } = built;
  const units = (correction.units ?? []).map((unit) => (typeof unit === 'string' ? { text: unit } : unit));
  const { text, offsets } = layOut(units);
  const last = await prisma.transcript.findFirstOrThrow({
    where: { dictationId: built.dictationId },
    orderBy: { version: 'desc' },
  });
  const transcript = await prisma.transcript.create({
    data: { dictationId: built.dictationId, version: last.version + 1, text },
  });
  const highest = await prisma.thoughtUnit.aggregate({ where: { reportId }, _max: { number: true } });
  await prisma.thoughtUnit.updateMany({ where: { reportId }, data: { retired: true } });
  await prisma.fieldValue.deleteMany({ where: { reportId } });
  await prisma.nextStep.deleteMany({ where: { reportId } });
  await prisma.report.update({
    where: { id: reportId },
    data: {
      transcriptId: transcript.id,
      ...(correction.accountId !== undefined && { accountId: correction.accountId }),
      ...(correction.stage !== undefined && { stage: correction.stage }),
      ...(correction.sentiment !== undefined && { sentiment: correction.sentiment }),
      ...(correction.meetingDate !== undefined && { meetingDate: day(correction.meetingDate) }),
    },
  });
  const firstNumber = (highest._max.number ?? 0) + 1;
  const content = await addContent(database, reportId, transcript.id, {
    units,
    offsets,
    firstNumber,
    report: correction,
  });
  return { version: transcript.version, units: content };
}

async function addContent(
  { prisma }: Prismas,
  reportId: string,
  transcriptId: string,
  content: {
    units: UnitToBuild[];
    offsets: { start: number; end: number }[];
    firstNumber: number;
    report: Pick<ReportToBuild, 'fields' | 'nextSteps'>;
  },
): Promise<{ id: string; number: number }[]> {
  const rows = await prisma.thoughtUnit.createManyAndReturn({
    data: content.units.map((unit, index) => ({
      reportId,
      transcriptId,
      number: content.firstNumber + index,
      text: unit.text,
      startOffset: content.offsets[index]?.start ?? 0,
      endOffset: content.offsets[index]?.end ?? 0,
      newParagraph: unit.newParagraph ?? false,
      audioStartMs: unit.audioStartMs ?? index * 4000,
      audioEndMs: unit.audioEndMs ?? (index + 1) * 4000,
    })),
    select: { id: true, number: true },
  });
  const built = rows.sort((one, other) => one.number - other.number);
  await prisma.unitCode.createMany({
    data: content.units.flatMap((unit, index) =>
      (unit.codes ?? []).map((each, rank) => {
        const code = typeof each === 'string' ? { code: each } : each;
        return {
          unitId: built[index]?.id ?? '',
          codeKey: code.code,
          rank,
          certainty: code.certainty ?? ('confirmed' as const),
          confidence: code.confidence ?? null,
        };
      }),
    ),
  });
  const unitId = (position: number | undefined) =>
    position === undefined ? null : (built[position - 1]?.id ?? null);
  const positions = new Map<string, number>();
  await prisma.fieldValue.createMany({
    data: (content.report.fields ?? []).map(({ unit, ...field }) => {
      const position = positions.get(field.field) ?? 0;
      positions.set(field.field, position + 1);
      return {
        reportId,
        unitId: unitId(unit),
        position,
        certainty: 'confirmed' as const,
        ...field,
        display: field.display ?? String(field.value),
      };
    }),
  });
  await prisma.nextStep.createMany({
    data: (content.report.nextSteps ?? []).map(({ unit, due, ...step }, position) => ({
      reportId,
      unitId: unitId(unit),
      position,
      owner: 'rep',
      due: day(due),
      certainty: 'confirmed' as const,
      ...step,
    })),
  });
  return built;
}

function layOut(units: readonly UnitToBuild[]): { text: string; offsets: { start: number; end: number }[] } {
  let text = '';
  const offsets = units.map((unit, index) => {
    if (index > 0) text += unit.newParagraph ? '\n\n' : ' ';
    const start = text.length;
    text += unit.text;
    return { start, end: text.length };
  });
  return { text, offsets };
}

function day(date: string | null | undefined): Date | null {
  return date ? new Date(`${date}T00:00:00Z`) : null;
}

function lineData() {
  const digits = Array.from({ length: 10 }, () => Math.floor(Math.random() * 10)).join('');
  return { number: `+1${digits}`, purpose: 'report' as const, name: 'Reports' };
}
