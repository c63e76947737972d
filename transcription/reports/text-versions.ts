import type { Database } from '../../platform/database/database.ts';
import { alignWords, type PlacedWord, placeWords } from './align-words.ts';

export interface TextVersion {
  version: number;
  createdAt: Date;
  author: { id: string; name: string } | null;
}

/** A unit that is not in the version in force, and what became of it. */
export interface RetiredUnit {
  number: number;
  text: string;
  /** The last version in which it stands, and the one that took its place. */
  version: number;
  corrected: TextVersion | null;
  /** Numbers of the units that say it now; empty: it was taken out. */
  now: number[];
  hasAudio: boolean;
}

export interface UnitOfVersion {
  number: number;
  text: string;
  newParagraph: boolean;
  /** Not in force any more. */
  retired: boolean;
  hasAudio: boolean;
}

interface UnitRow {
  number: number;
  text: string;
  start: number;
  end: number;
  newParagraph: boolean;
  retired: boolean;
  firstVersion: number;
  /** The last version in which it stands. */
  version: number;
  hasAudio: boolean;
}

/**
 * Every version of a report's text and every unit that ever was in one: what links from CRMs and dashboards point to
 * stays to be found. Two statements; locks nothing.
 */
export async function readTextVersions({ prisma }: Pick<Database, 'prisma'>, reportId: string) {
  const [report, units] = await Promise.all([
    prisma.report.findUniqueOrThrow({
      where: { id: reportId },
      select: {
        transcript: { select: { version: true } },
        dictation: {
          select: {
            audioKey: true,
            transcripts: {
              orderBy: { version: 'asc' },
              select: {
                version: true,
                text: true,
                createdAt: true,
                author: { select: { id: true, name: true } },
              },
            },
          },
        },
      },
    }),
    prisma.thoughtUnit.findMany({
      where: { reportId },
      orderBy: { number: 'asc' },
      include: { transcript: { select: { version: true } } },
    }),
  ]);
  const texts = new Map(report.dictation.transcripts.map(({ version, text }) => [version, text]));
  const hasAudio = report.dictation.audioKey !== null;
  const rows = units.map(
    (unit): UnitRow => ({
      number: unit.number,
      text: unit.text,
      start: unit.startOffset,
      end: unit.endOffset,
      newParagraph: unit.newParagraph,
      retired: unit.retired,
      firstVersion: unit.firstVersion,
      version: unit.transcript.version,
      hasAudio: hasAudio && unit.audioStartMs !== null,
    }),
  );
  const versions: TextVersion[] = report.dictation.transcripts.map(({ text: _, ...version }) => version);
  const inForce = report.transcript.version;
  const place = createPlacer(texts);
  return {
    inForce,
    versions,
    retired: (): RetiredUnit[] => retiredUnits(rows, { versions, inForce, place }),
    unitsOf: (version: number): UnitOfVersion[] | null =>
      texts.has(version) ? unitsOf(rows, version, place) : null,
  };
}

type Placer = (unit: UnitRow, version: number) => { start: number; end: number };

/** Where a unit's words stand in another version: by the words that both have, each pair of texts compared once. */
function createPlacer(texts: ReadonlyMap<number, string>): Placer {
  const words = new Map<number, PlacedWord[]>();
  const wordsOf = (version: number) => {
    const known = words.get(version) ?? placeWords(texts.get(version) ?? '');
    words.set(version, known);
    return known;
  };
  const aligned = new Map<string, number[]>();
  return ({ start, end, version: from }, version) => {
    if (from === version) return { start, end };
    const key = `${from}>${version}`;
    const old = wordsOf(from);
    const now = wordsOf(version);
    const places =
      aligned.get(key) ??
      alignWords(
        old.map(({ word }) => word),
        now.map(({ word }) => word),
      );
    aligned.set(key, places);
    const own = old.flatMap((word, at) => (word.end > start && word.start < end ? [at] : []));
    const found = own.flatMap((at) => (places[at] === undefined || places[at] < 0 ? [] : [places[at]]));
    if (found.length > 0)
      return { start: now[found[0] ?? 0]?.start ?? 0, end: now[found.at(-1) ?? 0]?.end ?? 0 };
    // No word of it is left: what stands between its neighbors took its place.
    const first = own[0] ?? 0;
    const last = own.at(-1) ?? first;
    const before = places.slice(0, first).findLast((place) => place >= 0) ?? -1;
    const behind = places.slice(last + 1).find((place) => place >= 0) ?? now.length;
    if (behind - before < 2) return { start: 0, end: 0 };
    return { start: now[before + 1]?.start ?? 0, end: now[behind - 1]?.end ?? 0 };
  };
}

function retiredUnits(
  rows: readonly UnitRow[],
  { versions, inForce, place }: { versions: readonly TextVersion[]; inForce: number; place: Placer },
): RetiredUnit[] {
  const standing = rows.filter(({ retired }) => !retired).toSorted((a, b) => a.start - b.start);
  return rows
    .filter(({ retired }) => retired)
    .map((unit) => {
      const { start, end } = place(unit, inForce);
      return {
        number: unit.number,
        text: unit.text,
        version: unit.version,
        corrected: versions.find(({ version }) => version === unit.version + 1) ?? null,
        now: standing.filter((other) => other.start < end && other.end > start).map(({ number }) => number),
        hasAudio: unit.hasAudio,
      };
    });
}

function unitsOf(rows: readonly UnitRow[], version: number, place: Placer): UnitOfVersion[] {
  return rows
    .filter((unit) => unit.firstVersion <= version && (!unit.retired || unit.version >= version))
    .map((unit) => ({ unit, start: place(unit, version).start }))
    .toSorted((a, b) => a.start - b.start || a.unit.number - b.unit.number)
    .map(({ unit: { number, text, newParagraph, retired, hasAudio } }) => ({
      number,
      text,
      newParagraph,
      retired,
      hasAudio,
    }));
}
