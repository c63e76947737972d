import { z } from 'zod';
import { NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { localDay } from '../../platform/time-zone.ts';
import { prepareCodebook, suggestWith } from '../thought-units/analyze.ts';
import type { SuggestedCode } from '../thought-units/types.ts';
import { loadVocabulary } from '../vocabulary/load-vocabulary.ts';
import type { DraftContent } from './draft-content.ts';
import { keepPreview, readDraft, readInForce } from './draft-store.ts';
import { joinMerges, readMerges } from './merges.ts';

/** The software is asked again about so many of the newest reports. */
export const LOOKED_AT = 200;

const code = z.object({ code: z.string(), confidence: z.number(), evidence: z.string() });
const changed = z.object({
  unitId: z.string(),
  reportId: z.string(),
  number: z.number(),
  text: z.string().default(''),
  /** What the unit has, and what the software suggests under the draft. */
  before: z.array(z.string()),
  after: z.array(code),
});
const stored = z.object({
  revision: z.number(),
  reports: z.number(),
  recoded: z.array(changed),
  shown: z.array(changed),
});

/** A unit of which the software would think otherwise. */
export type Changed = z.infer<typeof changed>;

export interface MergeEffect {
  from: string;
  /** Null: retired, what has the code keeps it. */
  into: string | null;
  units: number;
  confirmed: number;
  reports: number;
  examples: { unitId: string; reportId: string; number: number; text: string }[];
}

export interface Preview {
  revision: number;
  /** Certain: what becomes of units that have a code which is merged or retired. */
  merges: MergeEffect[];
  /** Reports that the software was asked about again. */
  reports: number;
  /** Units that nobody confirmed: applying changes exactly these. */
  recoded: Changed[];
  /** Units that a person confirmed: shown, and left as they are. */
  shown: Changed[];
}

/** What was reckoned for this revision of the draft; null: nothing yet. Words are read anew, so that none is kept. */
export function readPreview(preview: unknown, revision: number): z.infer<typeof stored> | null {
  const parsed = stored.safeParse(preview);
  return parsed.success && parsed.data.revision === revision ? parsed.data : null;
}

/**
 * What putting the draft in force would do to past units. Changes nothing of them; the part about suggestions is kept
 * with the draft, so that applying does what was seen and no more.
 * @throws NotFound there is no draft
 */
export async function previewDraft(platform: Pick<Platform, 'database'>): Promise<Preview> {
  const { database } = platform;
  const [draft, inForce] = await Promise.all([readDraft(database.prisma), readInForce(database.prisma)]);
  if (!draft || !inForce) throw new NotFound('No draft of the codebook');
  const { revision, content } = draft;
  const keys = new Set(content.codes.map(({ key }) => key));
  const becomes = joinMerges(
    readMerges(inForce.merges),
    new Map(content.merges.map(({ from, into }) => [from, into])),
    keys,
  );
  const gone = inForce.codes.filter(({ key }) => !keys.has(key)).map(({ key }) => key);
  const merges = await mergeEffects(platform, gone, becomes);
  const asked = await askAgain(platform, content, becomes);
  const preview = { revision, ...asked };
  await keepPreview(database, {
    revision,
    // The words stay where they are.
    preview: { ...preview, recoded: wordless(asked.recoded), shown: [] },
  });
  return { ...preview, merges };
}

const wordless = (changes: readonly Changed[]) => changes.map(({ text: _, ...rest }) => rest);

async function mergeEffects(
  { database }: Pick<Platform, 'database'>,
  gone: readonly string[],
  becomes: ReadonlyMap<string, string>,
): Promise<MergeEffect[]> {
  // In: codes. Out: how many units in force have each, and five of the newest. Locks nothing.
  const { rows } = await database.pool.query<Omit<MergeEffect, 'into'>>({
    name: 'codebook-merge-effects',
    text: `
      select gone.key as "from", count(unit.id)::int as units,
             count(unit.id) filter (where given.certainty = 'confirmed')::int as confirmed,
             count(distinct unit.report_id)::int as reports,
             coalesce((
               select jsonb_agg(to_jsonb(newest)) from (
                 select one.id as "unitId", one.report_id as "reportId", one.number, one.text
                 from unit_code join thought_unit as one on one.id = unit_code.unit_id and not one.retired
                 join report on report.id = one.report_id
                 where unit_code.code_key = gone.key and unit_code.certainty <> 'refused'
                 order by report.finalized_at desc, one.number limit 5) as newest), '[]') as examples
      from unnest($1::text[]) as gone(key)
      left join unit_code as given on given.code_key = gone.key and given.certainty <> 'refused'
      left join thought_unit as unit on unit.id = given.unit_id and not unit.retired
      group by gone.key order by gone.key`,
    values: [gone],
  });
  return rows.map((row) => ({ ...row, into: becomes.get(row.from) ?? null }));
}

/** Asks the software about the newest reports, once as the codebook is and once as it would be. */
async function askAgain(
  { database }: Pick<Platform, 'database'>,
  content: DraftContent,
  becomes: ReadonlyMap<string, string>,
): Promise<{ reports: number; recoded: Changed[]; shown: Changed[] }> {
  const loaded = await loadVocabulary(database);
  const next = prepareCodebook(content.codes, becomes, loaded.coder.model);
  const reports = await database.prisma.report.findMany({
    orderBy: { finalizedAt: 'desc' },
    take: LOOKED_AT,
    select: {
      id: true,
      calledAt: true,
      speaker: { select: { externalId: true, timeZone: true } },
      transcript: { select: { text: true } },
      units: {
        where: { retired: false },
        select: {
          id: true,
          number: true,
          text: true,
          codes: { orderBy: { rank: 'asc' }, select: { codeKey: true, certainty: true } },
        },
      },
    },
  });
  const recoded: Changed[] = [];
  const shown: Changed[] = [];
  for (const report of reports) {
    const suggested = suggestWith(
      {
        transcript: report.transcript.text,
        callDate: localDay(report.calledAt, report.speaker?.timeZone ?? 'UTC'),
        rep: report.speaker?.externalId ?? null,
        vocabulary: loaded.lexicon,
      },
      [loaded.coder, next],
    );
    const byWords = new Map(suggested.map((unit) => [normalize(unit.text), unit.codes]));
    for (const { id, number, text, codes } of report.units) {
      const [now = [], then = []] = byWords.get(normalize(text)) ?? [];
      if (sameKeys(mapped(now, becomes), then)) continue;
      const before = codes.filter(({ certainty }) => certainty !== 'refused').map(({ codeKey }) => codeKey);
      if (
        sameKeys(
          before.map((key) => ({ code: becomes.get(key) ?? key })),
          then,
        )
      )
        continue;
      const change = { unitId: id, reportId: report.id, number, text, before, after: then };
      // A person has said something about it, be it only that it is not this.
      if (codes.some(({ certainty }) => certainty !== 'suggested')) shown.push(change);
      else recoded.push(change);
    }
    // Reading a report takes some milliseconds; others want to be answered meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { reports: reports.length, recoded, shown };
}

const mapped = (codes: readonly SuggestedCode[], becomes: ReadonlyMap<string, string>) =>
  codes.map(({ code }) => ({ code: becomes.get(code) ?? code }));

/** The same main code and the same others. */
function sameKeys(a: readonly { code: string }[], b: readonly { code: string }[]): boolean {
  const keys = (codes: readonly { code: string }[]) => [...new Set(codes.map(({ code }) => code))];
  const [one, other] = [keys(a), keys(b)];
  return one[0] === other[0] && one.length === other.length && one.every((key) => other.includes(key));
}

function normalize(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
