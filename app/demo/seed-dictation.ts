import type { Platform } from '../../platform/platform.ts';
import type { Prisma } from '../../prisma/generated/client/client.ts';
import { settleDictation } from '../../transcription/dictations/settle-dictation.ts';
import { inspectObject } from '../../transcription/ingest/inspect-object.ts';
import { demoId, demoNumber } from './demo-id.ts';
import type { PlannedDemoReport } from './plan-reports.ts';
import { readDemoSpeech, transcriptOf } from './read-company.ts';

/** Words a second of somebody who dictates. */
const SPEAKING_RATE = 2.7;
/** How long the audio of the old reports was kept. */
const KEPT_MS = 14 * 24 * 3_600_000;

export interface DemoDictationIds {
  dictationId: string;
  jobId: string;
}

export function dictationIds({ report, calledAt }: PlannedDemoReport): DemoDictationIds {
  return {
    dictationId: demoId(`dictation ${report.id}`, calledAt),
    jobId: demoId(`job ${report.id}`, calledAt),
  };
}

type RecordingColumns = Omit<Prisma.RecordingUncheckedCreateWithoutDictationInput, 'part'>;

/** The recording's columns: of a real copy that was read back, or of one whose audio is gone. */
async function recordingOf(
  { objects }: Pick<Platform, 'objects'>,
  planned: PlannedDemoReport,
): Promise<{ durationSeconds: number; columns: RecordingColumns }> {
  const { report, kind, calledAt, finalizedAt } = planned;
  if (kind === 'silent') {
    const durationSeconds = Math.round(transcriptOf(report).text.split(/\s+/).length / SPEAKING_RATE);
    const destroyedAt = new Date((finalizedAt ?? calledAt).getTime() + KEPT_MS);
    return { durationSeconds, columns: { status: 'destroyed', durationSeconds, destroyedAt } };
  }
  const objectKey = `recordings/${demoId(`recording ${report.id}`, calledAt)}/demo.wav`;
  const contentType = 'audio/x-wav';
  await objects.put(objectKey, await readDemoSpeech(report.id), { contentType });
  const { bytes, sha256, audio } = await inspectObject(objects, objectKey);
  if (!audio) throw new Error(`The audio of demo report ${report.id} can't be read`);
  const { durationSeconds, peaks, peaksPerSecond } = audio;
  return {
    durationSeconds,
    columns: {
      status: 'verified',
      objectKey,
      contentType,
      bytes,
      sha256,
      durationSeconds,
      peaks: new Uint8Array(peaks),
      peaksPerSecond,
    },
  };
}

/**
 * The dictation of a demo report with its recording and its job, as if it had been phoned in. With audio it goes
 * through settling like any other. Done twice it changes nothing; cut short, the next time goes on.
 */
export async function seedDictation(
  platform: Pick<Platform, 'clock' | 'database' | 'events' | 'log' | 'objects' | 'queues'>,
  planned: PlannedDemoReport,
  { speakerId, lineId }: { speakerId: string; lineId: string },
): Promise<void> {
  const { prisma } = platform.database;
  const { report, kind, calledAt, dueAt } = planned;
  const { dictationId, jobId } = dictationIds(planned);
  if (!(await prisma.dictation.findUnique({ where: { id: dictationId }, select: { id: true } }))) {
    const { durationSeconds, columns } = await recordingOf(platform, planned);
    const endedAt = new Date(calledAt.getTime() + durationSeconds * 1000);
    await prisma.dictation.create({
      data: {
        id: dictationId,
        reference: String(1_000_000 + demoNumber(`reference ${report.id}`, 9_000_000)),
        lineId,
        speakerId,
        status: 'submitted',
        urgent: planned.urgent,
        startedAt: calledAt,
        submittedAt: endedAt,
        durationSeconds,
        recordings: {
          create: {
            id: demoId(`recording ${report.id}`, calledAt),
            part: 1,
            createdAt: calledAt,
            announcedAt: endedAt,
            verifiedAt: endedAt,
            ...columns,
          },
        },
        job: {
          create: {
            id: jobId,
            status: kind === 'silent' ? 'waiting' : 'preparing',
            createdAt: endedAt,
            dueAt,
          },
        },
      },
    });
  }
  if (kind !== 'silent') await settleDictation(platform, dictationId);
}
