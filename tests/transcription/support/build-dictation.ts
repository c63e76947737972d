import { randomInt, randomUUID } from 'node:crypto';
import type { Database } from '../../../platform/database/database.ts';
import type {
  DictationStatus,
  JobStatus,
  LinePurpose,
  RecordingStatus,
} from '../../../prisma/generated/client/client.ts';

export interface DictationToBuild {
  now: Date;
  status?: DictationStatus;
  /** Absent: none. */
  job?: { status: JobStatus; dueAt?: Date; requirements?: string[] };
  parts?: { status?: RecordingStatus; dropped?: boolean; seam?: boolean }[];
  speakerId?: string;
  purpose?: LinePurpose;
  urgent?: boolean;
  durationSeconds?: number;
  /** The passage that it says again. */
  doubtId?: string;
}

export interface BuiltDictation {
  dictationId: string;
  reference: string;
  jobId: string;
  speakerId: string;
  recordings: { id: string; mediaPath: string; carrierRecordingId: string }[];
}

/** What the phone leaves behind: a line, a rep, a dictation with its recordings, mostly with a job. */
export async function buildDictation(
  { prisma }: Database,
  { now, status = 'submitted', job, parts = [], ...rest }: DictationToBuild,
): Promise<BuiltDictation> {
  const line = await prisma.line.create({
    data: { number: `+1${randomInt(1e9, 9e9)}`, purpose: rest.purpose ?? 'report', name: 'Reports' },
  });
  const speakerId =
    rest.speakerId ??
    (
      await prisma.user.create({
        data: {
          email: `${randomUUID()}@example.com`,
          name: 'Dale Hutchins',
          roles: ['rep'],
          region: 'Southwest',
        },
      })
    ).id;
  const dictation = await prisma.dictation.create({
    data: {
      reference: String(randomInt(1_000_000, 10_000_000)),
      lineId: line.id,
      speakerId,
      status,
      urgent: rest.urgent ?? false,
      startedAt: now,
      submittedAt: status === 'open' ? null : now,
      durationSeconds: rest.durationSeconds ?? null,
      doubtId: rest.doubtId ?? null,
      ...(job && {
        job: {
          create: {
            status: job.status,
            createdAt: now,
            dueAt: job.dueAt ?? new Date(now.getTime() + 4 * 3_600_000),
            requirements: job.requirements ?? [],
          },
        },
      }),
    },
    include: { job: true },
  });
  const recordings: BuiltDictation['recordings'] = [];
  for (const [at, part] of parts.entries()) {
    const partStatus = part.status ?? 'announced';
    const carrierRecordingId = `RE${randomUUID().replaceAll('-', '')}`;
    const mediaPath = `/recordings/${carrierRecordingId}`;
    const announced = partStatus === 'expected' ? {} : { carrierRecordingId, mediaPath, announcedAt: now };
    const { id } = await prisma.recording.create({
      data: {
        dictationId: dictation.id,
        part: at + 1,
        status: partStatus,
        dropped: part.dropped ?? false,
        seam: part.seam ?? false,
        createdAt: now,
        ...announced,
      },
    });
    recordings.push({ id, mediaPath, carrierRecordingId });
  }
  const { id: dictationId, reference } = dictation;
  return { dictationId, reference, jobId: dictation.job?.id ?? '', speakerId, recordings };
}

export async function buildTranscriptionist(
  { prisma }: Database,
  user: { language?: string; qualifications?: string[] } = {},
): Promise<string> {
  const { id } = await prisma.user.create({
    data: {
      email: `${randomUUID()}@example.com`,
      name: 'June Park',
      roles: ['transcriptionist'],
      ...(user.language && { language: user.language }),
      ...(user.qualifications && { qualifications: user.qualifications }),
    },
  });
  return id;
}
