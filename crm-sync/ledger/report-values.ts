import type { Database } from '../../platform/database/database.ts';
import { localDay } from '../../platform/time-zone.ts';
import { markUnclear } from '../../transcription/doubts/unclear-text.ts';
import type { ReportScope } from '../mapping/choose-mappings.ts';
import { findDeal, type ReportDeal } from './report-deal.ts';

export interface ReportUnit {
  id: string;
  number: number;
  text: string;
  codes: { key: string; certain: Certain }[];
}

/** How sure a value is, for the mapping's threshold and for the CRM's "confirmed by". */
export interface Certain {
  confirmed: boolean;
  confidence: number | null;
  confirmedById: string | null;
}

export interface ReportValue {
  id: string;
  field: string;
  value: unknown;
  display: string;
  unitId: string | null;
  certain: Certain;
}

export interface ReportStep {
  id: string;
  position: number;
  owner: string;
  text: string;
  due: string | null;
  /** Day on which it was ticked off, in the speaker's time zone. */
  doneOn: string | null;
  unitId: string | null;
  certain: Certain;
}

export interface ReportPerson {
  externalId: string;
  name: string;
  title: string;
  account: { externalId: string; name: string };
}

/** Everything of a report, as it stands now, that mappings may use. What a person refused is not in it. */
export interface ReportValues {
  reportId: string;
  /** Of the transcript in force. */
  version: number;
  reference: string;
  /** Day of the meeting where it was said, else of the call in the speaker's time zone. */
  date: string;
  speaker: string;
  /** Empty when nobody is known to have said it. */
  speakerEmail: string;
  scope: ReportScope;
  lineName: string;
  sentiment: number | null;
  account: { externalId: string; name: string } | null;
  /** The deal that it is about; null when it tells of none. */
  deal: ReportDeal | null;
  contacts: ReportPerson[];
  newContacts: string[];
  units: ReportUnit[];
  values: ReportValue[];
  steps: ReportStep[];
}

const CERTAIN_COLUMNS = { certainty: true, confidence: true, confirmedById: true } as const;

/** Reads a report for planning; null when it is gone. */
export async function loadReportValues(
  prisma: Pick<Database['prisma'], 'report'>,
  reportId: string,
): Promise<ReportValues | null> {
  const report = await prisma.report.findUnique({
    where: { id: reportId },
    include: {
      transcript: { select: { version: true } },
      dictation: {
        select: {
          reference: true,
          lineId: true,
          line: { select: { name: true } },
          job: {
            select: {
              doubts: { where: { resolvedAt: null }, select: { startOffset: true, endOffset: true } },
            },
          },
        },
      },
      speaker: { select: { name: true, email: true, timeZone: true, managerId: true } },
      account: { select: { externalId: true, name: true } },
      contacts: {
        include: { contact: { include: { account: { select: { externalId: true, name: true } } } } },
      },
      units: {
        where: { retired: false },
        orderBy: { startOffset: 'asc' },
        include: {
          codes: {
            where: { certainty: { not: 'refused' } },
            orderBy: { rank: 'asc' },
            select: { codeKey: true, ...CERTAIN_COLUMNS },
          },
        },
      },
      fields: {
        where: { certainty: { not: 'refused' } },
        orderBy: [{ field: 'asc' }, { position: 'asc' }],
      },
      nextSteps: { where: { certainty: { not: 'refused' } }, orderBy: { position: 'asc' } },
    },
  });
  if (report === null) return null;
  const timeZone = report.speaker?.timeZone ?? 'UTC';
  return {
    reportId: report.id,
    version: report.transcript.version,
    reference: report.dictation.reference,
    date: isoDay(report.meetingDate) ?? localDay(report.calledAt, timeZone),
    speaker: report.speaker?.name ?? '',
    speakerEmail: report.speaker?.email ?? '',
    scope: {
      lineId: report.dictation.lineId,
      region: report.region,
      teamId: report.speaker?.managerId ?? null,
    },
    lineName: report.dictation.line.name,
    sentiment: report.sentiment,
    account: report.account,
    deal: await findDeal(prisma, report),
    contacts: report.contacts.flatMap(({ contact }) =>
      contact === null
        ? []
        : [
            {
              externalId: contact.externalId,
              name: contact.name,
              title: contact.title,
              account: contact.account,
            },
          ],
    ),
    newContacts: report.contacts.flatMap(({ newName }) => (newName === null ? [] : [newName])),
    units: report.units.map((unit) => ({
      id: unit.id,
      number: unit.number,
      // Who reads it in the CRM learns what is not sure, too.
      text: markUnclear(unit, report.dictation.job?.doubts ?? []),
      codes: unit.codes.map((code) => ({ key: code.codeKey, certain: certain(code) })),
    })),
    values: report.fields.map((field) => ({
      id: field.id,
      field: field.field,
      value: field.value,
      display: field.display,
      unitId: field.unitId,
      certain: certain(field),
    })),
    steps: report.nextSteps.map((step) => ({
      id: step.id,
      position: step.position,
      owner: step.owner,
      text: step.text,
      due: isoDay(step.due),
      doneOn: step.doneAt === null ? null : localDay(step.doneAt, timeZone),
      unitId: step.unitId,
      certain: certain(step),
    })),
  };
}

function certain(row: {
  certainty: string;
  confidence: number | null;
  confirmedById: string | null;
}): Certain {
  return {
    confirmed: row.certainty === 'confirmed',
    confidence: row.confidence,
    confirmedById: row.confirmedById,
  };
}

function isoDay(date: Date | null): string | null {
  return date === null ? null : date.toISOString().slice(0, 10);
}
