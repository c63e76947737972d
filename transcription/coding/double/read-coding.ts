import { NotFound } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';
import { type CodedUnit, readCodedUnits } from '../coded-unit.ts';

/** What the second coder gets: the bare text and its audio, and what they did themselves so far. */
export interface CodingWork {
  codingId: string;
  claimToken: string;
  reference: string;
  dictationId: string;
  text: string;
  /** Where in the audio words are said: found by aligning, else where the typing was. */
  places: [char: number, audioMs: number][];
  /** Null: there is no audio any more. */
  durationMs: number | null;
  revision: number;
  units: CodedUnit[];
}

/**
 * A coding as its coder sees it; nothing of the first one is in it.
 * @throws NotFound no such coding, or it is not this person's at the moment
 */
export async function readCoding(
  { database }: Pick<Platform, 'database'>,
  { codingId, userId }: { codingId: string; userId: string },
): Promise<CodingWork> {
  const coding = await database.prisma.secondCoding.findFirst({
    where: { id: codingId, coderId: userId, finishedAt: null },
    include: {
      transcript: { select: { text: true, anchors: true, places: true } },
      report: {
        select: {
          dictation: { select: { id: true, reference: true, durationSeconds: true, audioKey: true } },
        },
      },
    },
  });
  if (!coding?.claimToken) throw new NotFound(`No second coding ${codingId} of user ${userId}`);
  const { dictation } = coding.report;
  return {
    codingId,
    claimToken: coding.claimToken,
    reference: dictation.reference,
    dictationId: dictation.id,
    text: coding.transcript.text,
    places: readPlaces(coding.transcript.places ?? coding.transcript.anchors),
    durationMs: dictation.audioKey ? Math.round((dictation.durationSeconds ?? 0) * 1000) : null,
    revision: coding.revision,
    units: readCodedUnits(coding.units),
  };
}

function readPlaces(stored: unknown): [number, number][] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((anchor: unknown): [number, number][] => {
    const [char, ms] = Array.isArray(anchor) ? anchor : [];
    return typeof char === 'number' && typeof ms === 'number' ? [[char, ms]] : [];
  });
}
