import type { Platform } from '../../../platform/platform.ts';
import { readMerges } from '../../codebook/merges.ts';
import { type Comparison, compareCodings } from '../agreement/compare-codings.ts';
import { type CodedUnit, readCodedUnits } from '../coded-unit.ts';

/** A report that was coded twice, with the two laid side by side. */
export interface TwiceCoded {
  codingId: string;
  reportId: string;
  reference: string;
  text: string;
  finishedAt: Date;
  firstCoder: string | null;
  secondCoder: string | null;
  comparison: Comparison;
}

/** So many of the newest are looked at; more would not make a figure of now. */
const NEWEST = 500;

/**
 * All reports that were coded twice, oldest first. Those whose text was redacted since are left out and counted: their
 * offsets say nothing any more. Codes that became part of others are read as those: the two may have coded under
 * different versions of the codebook. Locks nothing.
 * @param from only those finished from then on
 */
export async function readTwiceCoded(
  { database }: Pick<Platform, 'database'>,
  { from, codingId }: { from?: Date | null; codingId?: string } = {},
): Promise<{ codings: TwiceCoded[]; redacted: number }> {
  const inForce = await database.prisma.codebook.findFirst({
    orderBy: { version: 'desc' },
    select: { merges: true },
  });
  const becomes = readMerges(inForce?.merges);
  const read = (stored: unknown): CodedUnit[] =>
    readCodedUnits(stored).map((unit) => ({
      ...unit,
      codes: [...new Set(unit.codes.map((code) => becomes.get(code) ?? code))],
    }));
  const { rows } = await database.pool.query<{
    codingId: string;
    reportId: string;
    reference: string;
    text: string;
    isWhole: boolean;
    finishedAt: Date;
    firstCoder: string | null;
    secondCoder: string | null;
    firstUnits: unknown;
    secondUnits: unknown;
  }>({
    name: 'coding-twice-coded',
    text: `
      select coding.id as "codingId", coding.report_id as "reportId", dictation.reference, transcript.text,
             char_length(transcript.text) = coding.text_length as "isWhole", coding.finished_at as "finishedAt",
             one.name as "firstCoder", other.name as "secondCoder",
             coding.first_units as "firstUnits", coding.units as "secondUnits"
      from second_coding as coding
      join transcript on transcript.id = coding.transcript_id
      join dictation on dictation.id = transcript.dictation_id
      left join app_user as one on one.id = coding.first_coder_id
      left join app_user as other on other.id = coding.coder_id
      where coding.finished_at is not null and ($1::timestamptz is null or coding.finished_at >= $1)
        and ($2::uuid is null or coding.id = $2)
      order by coding.finished_at desc, coding.id desc limit ${NEWEST}`,
    values: [from ?? null, codingId ?? null],
  });
  const whole = rows.filter(({ isWhole }) => isWhole).reverse();
  return {
    redacted: rows.length - whole.length,
    codings: whole.map(({ firstUnits, secondUnits, isWhole: _, ...row }) => ({
      ...row,
      comparison: compareCodings(row.text, read(firstUnits), read(secondUnits)),
    })),
  };
}
