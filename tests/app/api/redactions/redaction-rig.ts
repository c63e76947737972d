import path from 'node:path';
import { createFinalizeHooks } from '../../../../app/finalize-hooks.ts';
import { createOpenConnector } from '../../../../crm-sync/connectors/open-connector.ts';
import { deliverGroupOf } from '../../../../crm-sync/ledger/deliver-entry.ts';
import { createTemplates } from '../../../../crm-sync/mapping/templates.ts';
import { processOutboxEntry } from '../../../../crm-sync/outbox/process-outbox-entry.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { decodeAudio } from '../../../../transcription/audio/decode-audio.ts';
import { settleDictation } from '../../../../transcription/dictations/settle-dictation.ts';
import { copyRecording } from '../../../../transcription/ingest/copy-recording.ts';
import { claimJob } from '../../../../transcription/jobs/claim-job.ts';
import { saveDraft } from '../../../../transcription/jobs/save-draft.ts';
import { finalizeJob } from '../../../../transcription/reports/finalize-job.ts';
import { finalizeInput } from '../../../../transcription/reports/finalize-schema.ts';
import { takeDump } from '../../../surveys/anonymity/take-dump.ts';
import { buildDictation, type DictationToBuild } from '../../../transcription/support/build-dictation.ts';
import { makeWav, pcm16, tone } from '../../../transcription/support/make-wav.ts';
import { createTestCarrier } from '../../../transcription/support/test-carrier.ts';

/** What speech is in these tests: a tone of this many Hz, far from the one that masks. */
export const SPEECH_HZ = 300;

/** A dictation of so many parts of so many seconds, copied and laid end to end as in life. */
export async function dictate(
  platform: Platform,
  seconds: readonly number[],
  { hasJob = true, ...dictation }: Partial<DictationToBuild> & { hasJob?: boolean } = {},
) {
  const carrier = createTestCarrier();
  const built = await buildDictation(platform.database, {
    now: platform.clock.now(),
    ...(hasJob && { job: { status: 'preparing' } }),
    parts: seconds.map(() => ({})),
    ...dictation,
  });
  for (const [at, recording] of built.recordings.entries()) {
    const data = pcm16(tone(8000, seconds[at] ?? 1, SPEECH_HZ));
    carrier.media.set(recording.mediaPath, { body: makeWav({ sampleRate: 8000, data }) });
    await copyRecording({ platform, carrierMedia: carrier }, recording.id);
  }
  await settleDictation(platform, built.dictationId);
  return built;
}

/** Types the versions one after the other, as somebody who holds the job. */
export async function type(
  platform: Platform,
  {
    jobId,
    userId,
    versions,
    anchors = [],
  }: { jobId: string; userId: string; versions: readonly string[]; anchors?: [number, number][] },
) {
  const job = await claimJob(platform, { userId, jobId });
  const leaseToken = job?.leaseToken ?? '';
  let revision = job?.draft.revision ?? 0;
  for (const text of versions) {
    const kept = anchors.filter(([char]) => char <= text.length);
    ({ revision } = await saveDraft(platform, {
      leaseToken,
      revision,
      text,
      anchors: kept,
      audioPositionMs: kept.at(-1)?.[1] ?? 0,
      jobId,
      userId,
    }));
  }
  return { leaseToken, revision };
}

export async function finalize(
  platform: Platform,
  input: {
    jobId: string;
    userId: string;
    leaseToken: string;
    text: string;
    anchors?: [number, number][];
    newContacts?: string[];
  },
) {
  const { jobId, userId, ...settled } = input;
  const { reportId } = await finalizeJob(platform, createFinalizeHooks(platform), {
    ...finalizeInput.parse(settled),
    jobId,
    userId,
  });
  return reportId ?? '';
}

/** Plans and delivers what waits for a report's CRM. */
export async function deliver(platform: Platform, reportId: string): Promise<void> {
  const openConnector = createOpenConnector(platform);
  const planning = {
    ...platform,
    openConnector,
    templates: createTemplates(),
    publicUrl: 'http://localhost',
  };
  const entries = await platform.database.prisma.outboxEntry.findMany({
    where: { reportId, processedAt: null },
    orderBy: { createdAt: 'asc' },
  });
  for (const { id } of entries) {
    for (const syncEntryId of await processOutboxEntry(planning, id))
      await deliverGroupOf({ ...platform, openConnector }, syncEntryId);
  }
}

export async function samplesOf(platform: Platform, objectKey: string | null): Promise<Int16Array> {
  const { stream } = await platform.objects.get(objectKey ?? '');
  const decoded = await decodeAudio(stream);
  if (decoded.kind === 'unreadable') throw new Error(decoded.reason);
  const all: number[] = [];
  for await (const block of decoded.audio.samples) for (const sample of block) all.push(sample);
  return Int16Array.from(all);
}

/** Root of the mean energy at a frequency, by Goertzel's algorithm, of the samples between two times. */
export function strengthAt(samples: Int16Array, hz: number, fromMs: number, untilMs: number): number {
  const rate = 8000;
  const part = samples.subarray(Math.round((fromMs * rate) / 1000), Math.round((untilMs * rate) / 1000));
  const factor = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let before = 0;
  let last = 0;
  for (const sample of part) {
    const now = sample + factor * last - before;
    before = last;
    last = now;
  }
  const power = last * last + before * before - factor * last * before;
  return (2 * Math.sqrt(Math.max(0, power))) / part.length;
}

/** Where a word is written, in any case and with its letters joined: tables, objects by key or content. */
export async function findWord(platform: Platform, word: string): Promise<string[]> {
  const { objectStorage } = platform.config;
  const objectsFolder = objectStorage.kind === 'files' ? objectStorage.folder : path.sep;
  const dump = await takeDump(platform.database.pool, { log: '', objectsFolder });
  const wanted = word.toLowerCase();
  return [
    ...dump.rows.filter(({ text }) => text.toLowerCase().includes(wanted)).map(({ table }) => table),
    ...dump.objects
      .filter(({ key, content }) => `${key} ${content}`.toLowerCase().includes(wanted))
      .map(({ key }) => `object ${key}`),
  ];
}

/** Keys of everything in the object storage. */
export async function storedKeys(platform: Platform): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of platform.objects.list('')) keys.push(key);
  return keys;
}
