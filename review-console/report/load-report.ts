import { syncStateOfReport } from '../../crm-sync/ledger/sync-state.ts';
import type { SignedInUser } from '../../platform/auth/signed-in-user.ts';
import type { Database } from '../../platform/database/database.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Prisma } from '../../prisma/generated/client/client.ts';
import { maySettleFlag } from '../../transcription/reports/flags/settle-flag.ts';
import { readTextVersions } from '../../transcription/reports/text-versions.ts';
import { loadCodeLabels } from '../codebook/code-labels.ts';
import { groupValues } from './group-values.ts';
import { toParagraphs } from './to-paragraphs.ts';

const person = { select: { id: true, name: true } } satisfies Prisma.UserDefaultArgs;

/** Everything that the letter's page shows, in one query and one for the codes' names. */
const everything = {
  account: true,
  speaker: { select: { id: true, name: true, territory: true, region: true } },
  finalizedBy: person,
  transcript: { select: { version: true, createdAt: true } },
  dictation: {
    select: {
      reference: true,
      startedAt: true,
      durationSeconds: true,
      audioKey: true,
      textDestroyedAt: true,
      redactions: { select: { places: true } },
      job: {
        select: {
          doubts: {
            where: { resolvedAt: null },
            select: { startOffset: true, endOffset: true, kind: true, askedAt: true },
          },
        },
      },
    },
  },
  contacts: { include: { contact: { select: { name: true, title: true } } } },
  units: {
    where: { retired: false },
    // As they are said: after a correction units have new, higher numbers.
    orderBy: [{ startOffset: 'asc' }, { number: 'asc' }],
    include: { codes: { orderBy: { rank: 'asc' } } },
  },
  fields: {
    orderBy: [{ field: 'asc' }, { position: 'asc' }],
    include: {
      unit: { select: { number: true } },
      confirmedBy: person,
    },
  },
  nextSteps: { orderBy: { position: 'asc' }, include: { unit: { select: { number: true } } } },
  reads: { orderBy: { readAt: 'asc' }, include: { user: person } },
  replies: {
    orderBy: { createdAt: 'asc' },
    include: { author: person, hearings: { include: { user: person }, orderBy: { acknowledgedAt: 'asc' } } },
  },
  flags: {
    where: { settledAt: null },
    orderBy: { createdAt: 'asc' },
    include: { flaggedBy: person, owner: person },
  },
} satisfies Prisma.ReportInclude;

const READ_ALL: ReadonlySet<string> = new Set(['manager', 'administrator', 'supervisor']);

/**
 * Who may read a report: managers, administrators and supervisors (who answer for its text) any, a rep their own, a
 * transcriptionist what they finalized.
 * Pure.
 */
export function mayRead(
  user: Pick<SignedInUser, 'id' | 'roles'>,
  report: { speakerId: string | null; finalizedById: string | null },
): boolean {
  if (user.roles.some((role) => READ_ALL.has(role))) return true;
  return report.speakerId === user.id || report.finalizedById === user.id;
}

/**
 * The report as its page shows it.
 * @throws NotFound when there is none, or when this user may not read it: that it exists is told to nobody else
 */
export async function loadReport(database: Database, user: SignedInUser, reportId: string) {
  const { prisma } = database;
  const report = await prisma.report.findUnique({ where: { id: reportId }, include: everything });
  if (!report || !mayRead(user, report)) throw new NotFound(`no report ${reportId} for this user`);
  const [labelOf, sync, texts] = await Promise.all([
    loadCodeLabels({ prisma }),
    syncStateOfReport({ database }, reportId),
    readTextVersions(database, reportId),
  ]);
  const hasAudio = report.dictation.audioKey !== null;
  const unclear = report.dictation.job?.doubts ?? [];
  const people = [
    ...report.contacts.flatMap(({ contact, newName }) => {
      if (contact) return [{ name: contact.name, title: contact.title, isNew: false }];
      return newName ? [{ name: newName, title: '', isNew: true }] : [];
    }),
  ];
  return {
    id: report.id,
    account: report.account,
    speaker: report.speaker,
    people,
    reference: report.dictation.reference,
    calledAt: report.calledAt,
    meetingDate: report.meetingDate,
    meetingType: report.meetingType,
    urgent: report.urgent,
    durationSeconds: report.dictation.durationSeconds,
    hasAudio,
    finalizedAt: report.finalizedAt,
    finalizedBy: report.finalizedBy,
    correctedAt: report.transcript.version > 1 ? report.transcript.createdAt : null,
    version: texts.inForce,
    versions: texts.versions,
    retired: texts.retired(),
    paragraphs: toParagraphs(report.units, labelOf, hasAudio, unclear),
    unclearCount: unclear.length,
    redactionCount: report.dictation.redactions.reduce((sum, { places }) => sum + places, 0),
    textDestroyedAt: report.dictation.textDestroyedAt,
    unitCount: report.units.length,
    /** Suggestions that nobody has decided on. */
    openCount: [...report.units.flatMap(({ codes }) => codes), ...report.fields, ...report.nextSteps].filter(
      ({ certainty }) => certainty === 'suggested',
    ).length,
    values: groupValues(report.fields, sync),
    sync: { state: sync.state, counts: sync.counts, takenBack: sync.takenBack },
    nextSteps: report.nextSteps.filter((step) => step.certainty !== 'refused'),
    reads: report.reads,
    replies: report.replies.map((reply) => ({ ...reply, mine: reply.author.id === user.id })),
    flags: report.flags.map((flag) => ({
      ...flag,
      maySettle: maySettleFlag(user, { ...flag, finalizedById: report.finalizedById }),
    })),
  };
}
