import type { z } from 'zod';
import type { SignedInUser } from '../../../platform/auth/signed-in-user.ts';
import { NotFound } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Prisma } from '../../../prisma/generated/client/client.ts';
import { mayRead } from '../../../review-console/report/load-report.ts';
import { dayOf, timeOf } from '../api.ts';
import { type reportDetail, rowInclude, toReportRow } from './report-schemas.ts';

const person = { select: { id: true, name: true } };
const unitNumber = { select: { number: true } };

const everything = {
  ...rowInclude,
  finalizedBy: person,
  transcript: { select: { text: true, version: true } },
  units: {
    where: { retired: false },
    // As they are said: after a correction units have new, higher numbers.
    orderBy: [{ startOffset: 'asc' }, { number: 'asc' }],
    include: { codes: { orderBy: { rank: 'asc' } } },
  },
  fields: {
    orderBy: [{ field: 'asc' }, { position: 'asc' }],
    include: { unit: unitNumber, confirmedBy: person },
  },
  contacts: { include: { contact: { select: { name: true, externalId: true } } } },
  nextSteps: { orderBy: { position: 'asc' }, include: { unit: unitNumber } },
  reads: { orderBy: { readAt: 'asc' }, include: { user: person } },
  replies: { orderBy: { createdAt: 'asc' }, include: { author: person, hearings: true } },
  flags: { orderBy: { createdAt: 'asc' } },
  ledger: {
    orderBy: [{ objectType: 'asc' }, { targetField: 'asc' }, { createdAt: 'asc' }],
    include: { connector: { select: { name: true } } },
  },
  outbox: { where: { processedAt: null }, select: { id: true } },
} satisfies Prisma.ReportInclude;

export type ReportDetail = z.infer<typeof reportDetail>;

/** A report as the API shows it. Throws NotFound for none, and for one that this user may not read. */
export async function readReport(
  { database }: Pick<Platform, 'database'>,
  user: SignedInUser,
  reportId: string,
): Promise<ReportDetail> {
  const report = await database.prisma.report.findUnique({ where: { id: reportId }, include: everything });
  if (!report || !mayRead(user, report)) throw new NotFound('no such report for this user');
  return toDetail(report);
}

/** Throws NotFound for no report, and for one that this user may not read. */
export async function refuseUnreadable(
  { database }: Pick<Platform, 'database'>,
  user: SignedInUser,
  reportId: string,
): Promise<void> {
  const report = await database.prisma.report.findUnique({
    where: { id: reportId },
    select: { speakerId: true, finalizedById: true },
  });
  if (!report || !mayRead(user, report)) throw new NotFound('no such report for this user');
}

const BATCH = 50;

/** All reports, the oldest finalized first, a few at a time: any number of them takes no more memory. */
export async function* readAllReports({
  database,
}: Pick<Platform, 'database'>): AsyncGenerator<ReportDetail> {
  let last: { finalizedAt: Date; id: string } | undefined;
  for (;;) {
    const batch = await database.prisma.report.findMany({
      where: last
        ? {
            OR: [
              { finalizedAt: { gt: last.finalizedAt } },
              { finalizedAt: last.finalizedAt, id: { gt: last.id } },
            ],
          }
        : {},
      orderBy: [{ finalizedAt: 'asc' }, { id: 'asc' }],
      take: BATCH,
      include: everything,
    });
    for (const report of batch) yield toDetail(report);
    last = batch.at(-1);
    if (batch.length < BATCH) return;
  }
}

function toDetail(report: Prisma.ReportGetPayload<{ include: typeof everything }>): ReportDetail {
  return {
    ...toReportRow(report),
    dictationId: report.dictationId,
    version: report.transcript.version,
    text: report.transcript.text,
    durationSeconds: report.dictation.durationSeconds,
    hasAudio: report.dictation.audioKey !== null,
    finalizedBy: report.finalizedBy,
    units: report.units.map((unit) => ({
      number: unit.number,
      text: unit.text,
      start: unit.startOffset,
      end: unit.endOffset,
      para: unit.newParagraph,
      audioStartMs: unit.audioStartMs,
      audioEndMs: unit.audioEndMs,
      codes: unit.codes.map(({ codeKey, ...code }) => ({ code: codeKey, ...code })),
    })),
    fields: report.fields.map((field) => ({ ...field, unit: field.unit?.number ?? null })),
    contacts: report.contacts.map(({ contact, newName }) => ({
      name: contact?.name ?? newName ?? '',
      externalId: contact?.externalId ?? null,
    })),
    nextSteps: report.nextSteps.map((step) => ({
      ...step,
      due: dayOf(step.due),
      unit: step.unit?.number ?? null,
      doneAt: timeOf(step.doneAt),
    })),
    reads: report.reads.map(({ user, readAt }) => ({ user, readAt: readAt.toISOString() })),
    replies: report.replies.map((reply) => ({
      ...reply,
      createdAt: reply.createdAt.toISOString(),
      heardAt: timeOf(reply.hearings[0]?.acknowledgedAt ?? null),
    })),
    flags: report.flags.map((flag) => ({
      ...flag,
      createdAt: flag.createdAt.toISOString(),
      settledAt: timeOf(flag.settledAt),
    })),
    sync: report.ledger.map((entry) => ({
      ...entry,
      connector: entry.connector.name,
      writtenAt: timeOf(entry.writtenAt),
    })),
    undelivered: report.outbox.length > 0,
  };
}
