import type { Platform } from '../../platform/platform.ts';
import { releaseAudio } from './destroy-audio.ts';
import { destroyDoomed } from './destroy-doomed.ts';
import { destroyTexts, type Forget } from './destroy-text.ts';

/** What one run destroyed of one line. */
export interface RetentionFigures {
  /** Dictations whose audio was let go. */
  audio: number;
  texts: number;
  /** Objects of the storage, audio as it was before a redaction among them. */
  objects: number;
  originals: number;
}

/**
 * Applies each line's retention: audio, texts, then every object whose time has come. What it did stands in the audit
 * log in figures, a line each; a run that finds nothing to do leaves no trace. Done twice, at once by two or killed in
 * the middle, nothing is destroyed that is not due and what is due is destroyed once.
 */
export async function applyRetention(
  platform: Pick<Platform, 'clock' | 'database' | 'log' | 'objects'>,
  { forget }: { forget: readonly Forget[] },
): Promise<Map<string, RetentionFigures>> {
  const { clock, database, log } = platform;
  const figures = new Map<string, RetentionFigures>();
  const add = (lineId: string, more: Partial<RetentionFigures>) => {
    const so = figures.get(lineId) ?? { audio: 0, texts: 0, objects: 0, originals: 0 };
    figures.set(lineId, {
      audio: so.audio + (more.audio ?? 0),
      texts: so.texts + (more.texts ?? 0),
      objects: so.objects + (more.objects ?? 0),
      originals: so.originals + (more.originals ?? 0),
    });
  };
  try {
    for (const [lineId, audio] of await releaseAudio(platform)) add(lineId, { audio });
    for (const [lineId, texts] of await destroyTexts(platform, forget)) add(lineId, { texts });
    for (const { lineId, reason, objects } of await destroyDoomed(platform))
      add(lineId, { objects, originals: reason === 'redaction' ? objects : 0 });
  } finally {
    // Also what was done before something failed.
    const at = clock.now();
    await database.prisma.auditEntry.createMany({
      data: [...figures].map(([lineId, detail]) => ({
        at,
        action: 'retention.applied',
        subjectType: 'line',
        subjectId: lineId,
        detail: { ...detail },
      })),
    });
  }
  for (const [lineId, figure] of figures) log.info({ lineId, ...figure }, 'retention applied');
  return figures;
}
