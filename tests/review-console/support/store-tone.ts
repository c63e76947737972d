import type { Platform } from '../../../platform/platform.ts';
import { storeAudio } from '../workbench/store-audio.ts';

/** Gives a report that a builder made its audio: a tone as long as its units say. */
export async function storeTone(
  { database, objects }: Pick<Platform, 'database' | 'objects'>,
  reportId: string,
): Promise<void> {
  const { dictationId, units } = await database.prisma.report.findUniqueOrThrow({
    where: { id: reportId },
    select: { dictationId: true, units: { select: { audioEndMs: true } } },
  });
  const lastMs = Math.max(...units.map((unit) => unit.audioEndMs ?? 0));
  const data = await storeAudio(objects, dictationId, Math.ceil(lastMs / 1000));
  await database.prisma.dictation.update({ where: { id: dictationId }, data });
}
