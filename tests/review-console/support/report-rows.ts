import type { Database } from '../../../platform/database/database.ts';
import type { Prisma } from '../../../prisma/generated/client/client.ts';
import type { GoldFields, GoldReport } from '../../../transcription/thought-units/training/gold-report.ts';
import { idOf, world } from './demo-world.ts';

const MS_PER_CHARACTER = 62;

/** What one report is in each table. */
export interface ReportRows {
  dictation: Prisma.DictationCreateManyInput;
  transcript: Prisma.TranscriptCreateManyInput;
  report: Prisma.ReportCreateManyInput;
  contacts: Prisma.ReportContactCreateManyInput[];
  reads: Prisma.ReportReadCreateManyInput[];
  units: Prisma.ThoughtUnitCreateManyInput[];
  codes: Prisma.UnitCodeCreateManyInput[];
  values: Prisma.FieldValueCreateManyInput[];
  steps: Prisma.NextStepCreateManyInput[];
}

/** Table by table instead of report by report, because nearly every test of a screen waits for it. */
export async function insertReports({ prisma }: Pick<Database, 'prisma'>, rows: ReportRows[]): Promise<void> {
  await prisma.dictation.createMany({ data: rows.map(({ dictation }) => dictation) });
  await prisma.transcript.createMany({ data: rows.map(({ transcript }) => transcript) });
  await prisma.report.createMany({ data: rows.map(({ report }) => report) });
  await prisma.reportContact.createMany({ data: rows.flatMap(({ contacts }) => contacts) });
  await prisma.reportRead.createMany({ data: rows.flatMap(({ reads }) => reads) });
  await prisma.thoughtUnit.createMany({ data: rows.flatMap(({ units }) => units) });
  await prisma.unitCode.createMany({ data: rows.flatMap(({ codes }) => codes) });
  await prisma.fieldValue.createMany({ data: rows.flatMap(({ values }) => values) });
  await prisma.nextStep.createMany({ data: rows.flatMap(({ steps }) => steps) });
}

/** What `report` is in each table, `read` by the manager or not. */
export function rowsOf(
  report: GoldReport<GoldFields>,
  { calledAt, read }: { calledAt: Date; read: boolean },
): ReportRows {
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
  const readAt = new Date(finalizedAt.getTime() + 3_600_000);
  return {
    dictation: {
      id: idOf(`${report.id}/dictation`),
      reference: String(1_000_000 + (Number.parseInt(id.slice(0, 6), 16) % 9_000_000)),
      lineId: idOf('line'),
      speakerId: idOf(report.rep),
      status: 'transcribed',
      startedAt: calledAt,
      submittedAt: new Date(calledAt.getTime() + 180_000),
      durationSeconds: (text.length * MS_PER_CHARACTER) / 1000,
    },
    transcript: {
      id: idOf(`${report.id}/text`),
      dictationId: idOf(`${report.id}/dictation`),
      version: 1,
      text,
      createdAt: finalizedAt,
    },
    report: {
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
      firstReadAt: read ? readAt : null,
    },
    contacts: gold.contacts.map((contact) => ({ reportId: id, contactId: idOf(contact) })),
    reads: read ? [{ reportId: id, userId: idOf('manager'), readAt }] : [],
    units: units.map(({ codes: _codes, ...unit }) => ({
      ...unit,
      reportId: id,
      transcriptId: idOf(`${report.id}/text`),
    })),
    codes: units.flatMap((unit) =>
      unit.codes.map((codeKey, rank) => ({
        unitId: unit.id,
        codeKey,
        rank,
        certainty: (unit.number + rank) % 3 === 0 ? ('suggested' as const) : ('confirmed' as const),
        confidence: 0.7,
        evidence: 'says so',
      })),
    ),
    values: values.map(({ field, value, display }, index) => {
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
    steps: gold.nextSteps.map((step, position) => ({
      id: idOf(`${report.id}/step/${position}`),
      reportId: id,
      unitId: units[step.unit]?.id ?? null,
      position,
      owner: step.owner,
      text: units[step.unit]?.text ?? '',
      due: day(step.due),
      certainty: 'confirmed' as const,
    })),
  };
}
