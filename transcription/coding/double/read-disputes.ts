import type { Platform } from '../../../platform/platform.ts';
import type { TwiceCoded } from './read-codings.ts';

/** A unit that both people cut out alike and coded differently. */
export interface Dispute {
  codingId: string;
  reportId: string;
  reference: string;
  start: number;
  end: number;
  text: string;
  /** Of the unit in the report now, for its audio; null when it is not in it any more. */
  number: number | null;
  hasAudio: boolean;
  finishedAt: Date;
  first: { name: string | null; codes: readonly string[] };
  second: { name: string | null; codes: readonly string[] };
  settled: { codes: string[]; inReport: boolean; note: string; by: string | null; at: Date } | null;
}

/**
 * The disputed units of these codings, newest first: all, or those in which this code is what is disputed.
 * Settled ones come after open ones. Locks nothing.
 */
export async function readDisputes(
  { database }: Pick<Platform, 'database'>,
  codings: readonly TwiceCoded[],
  code: string | null,
): Promise<Dispute[]> {
  const disputed = codings.flatMap((coding) =>
    coding.comparison.shared
      .filter(({ first, second }) => isDisputed(first, second, code))
      .map((unit) => ({ coding, unit })),
  );
  const codingIds = [...new Set(disputed.map(({ coding }) => coding.codingId))];
  const [settlements, units] = await Promise.all([
    database.prisma.codingSettlement.findMany({
      where: { codingId: { in: codingIds } },
      include: { settledBy: { select: { name: true } } },
    }),
    unitsOf({ database }, codingIds),
  ]);
  const settledAt = new Map(settlements.map((one) => [`${one.codingId} ${one.startOffset}`, one]));
  return disputed
    .map(({ coding, unit }): Dispute => {
      const text = coding.text.slice(unit.start, unit.end);
      const now = units.get(`${coding.codingId} ${normalize(text)}`);
      const settled = settledAt.get(`${coding.codingId} ${unit.start}`);
      return {
        codingId: coding.codingId,
        reportId: coding.reportId,
        reference: coding.reference,
        start: unit.start,
        end: unit.end,
        text,
        number: now?.number ?? null,
        hasAudio: now?.hasAudio ?? false,
        finishedAt: coding.finishedAt,
        first: { name: coding.firstCoder, codes: unit.first },
        second: { name: coding.secondCoder, codes: unit.second },
        settled: settled
          ? {
              codes: settled.codes,
              inReport: settled.inReport,
              note: settled.note,
              by: settled.settledBy?.name ?? null,
              at: settled.settledAt,
            }
          : null,
      };
    })
    .sort(
      (a, b) =>
        Number(a.settled !== null) - Number(b.settled !== null) ||
        b.finishedAt.getTime() - a.finishedAt.getTime() ||
        a.start - b.start,
    );
}

/** Of one code: only one of the two gave it. Of all: the main codes differ, or what else was given. */
export function isDisputed(
  first: readonly string[],
  second: readonly string[],
  code: string | null,
): boolean {
  if (code !== null) return first.includes(code) !== second.includes(code);
  return (
    first[0] !== second[0] || first.length !== second.length || first.some((given) => !second.includes(given))
  );
}

/** Spaces are no words. */
export function normalize(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Units in force of the reports behind codings, by coding and words. */
async function unitsOf(
  { database }: Pick<Platform, 'database'>,
  codingIds: readonly string[],
): Promise<Map<string, { number: number; hasAudio: boolean }>> {
  const { rows } = await database.pool.query<{
    codingId: string;
    number: number;
    text: string;
    hasAudio: boolean;
  }>({
    name: 'coding-units-in-force',
    text: `
      select coding.id as "codingId", unit.number, unit.text,
             unit.audio_start_ms is not null and dictation.audio_key is not null as "hasAudio"
      from second_coding as coding
      join report on report.id = coding.report_id
      join dictation on dictation.id = report.dictation_id
      join thought_unit as unit on unit.report_id = coding.report_id and not unit.retired
      where coding.id = any($1::uuid[])`,
    values: [codingIds],
  });
  return new Map(
    rows.map(({ codingId, number, text, hasAudio }) => [
      `${codingId} ${normalize(text)}`,
      { number, hasAudio },
    ]),
  );
}
