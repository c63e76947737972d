import { createHash } from 'node:crypto';
import type { Platform } from '../../../platform/platform.ts';
import type { CompletedRecording } from './outside-carrier.ts';

type Needs = Pick<Platform, 'database' | 'objects'>;

interface RecordingRow {
  id: string;
  carrierId: string | null;
  status: string;
  dropped: boolean;
  part: number;
  sha256: string | null;
  objectKey: string | null;
  /** Where it begins in the dictation's audio; null: not in it. */
  startsAt: number | null;
  lastError: string | null;
  dictationId: string;
  dictationStatus: string;
  hasAudio: boolean;
  jobs: number;
  jobStatus: string | null;
}

export interface Findings {
  /** One sentence each; none is what there should be. */
  problems: string[];
  lost: number;
  doubled: number;
  verified: number;
}

/** Not more is said of one kind of problem. */
const MOST_PROBLEMS = 25;
const SHORTEST_SAMPLES = 8000;
const WITH_JOB = ['submitted', 'transcribed'];

/**
 * Compares what the carrier has completed with what the server has made of it: each recording in exactly one
 * dictation, in the order of speaking, with the same bytes; what was said has a job, and nothing else has.
 */
export async function findProblems(
  platform: Needs,
  ledger: readonly CompletedRecording[],
): Promise<Findings> {
  const { rows } = await platform.database.pool.query<RecordingRow>(
    `select r.id, r.carrier_recording_id as "carrierId", r.status, r.dropped, r.part, r.sha256,
       r.object_key as "objectKey", r.audio_start_ms as "startsAt", r.last_error as "lastError",
       d.id as "dictationId", d.status as "dictationStatus", d.audio_key is not null as "hasAudio",
       (select count(*)::int from job j where j.dictation_id = d.id) as jobs,
       (select j.status from job j where j.dictation_id = d.id) as "jobStatus"
     from recording r join dictation d on d.id = r.dictation_id order by d.started_at, d.id, r.part`,
  );
  const problems: string[] = [];
  const found = { lost: 0, doubled: 0, verified: 0 };
  const spokenAt = new Map<string, string>();

  for (const recording of ledger) {
    const name = recording.recordingSid.slice(0, 10);
    const those = rows.filter(
      ({ carrierId, sha256 }) => carrierId === recording.recordingSid || sha256 === recording.sha256,
    );
    const [row] = those;
    if (row === undefined) {
      found.lost += 1;
      problems.push(`${name}, ${recording.seconds} s, is in no dictation`);
      continue;
    }
    if (those.length > 1) {
      found.doubled += 1;
      problems.push(`${name} is there ${those.length} times`);
    }
    spokenAt.set(row.id, recording.startedAt);
    const problem = await problemOf(platform, row, recording);
    if (problem === null) found.verified += 1;
    else problems.push(`${name}, ${recording.samples / SHORTEST_SAMPLES} s: ${problem}`);
  }
  problems.push(...problemsOfDictations(rows, spokenAt));
  return { ...found, problems: problems.slice(0, MOST_PROBLEMS) };
}

async function problemOf(
  { objects }: Needs,
  row: RecordingRow,
  recording: CompletedRecording,
): Promise<string | null> {
  const { status, objectKey, dictationStatus, jobs } = row;
  const isSpeech = recording.isLoud && recording.samples >= SHORTEST_SAMPLES;
  if (status !== (isSpeech ? 'verified' : 'empty')) return `is ${status} (${row.lastError})`;
  if (row.sha256 !== recording.sha256) return 'has another hash in its row';
  if (objectKey === null) return 'has no object';
  const { stream } = await objects.get(objectKey);
  const hash = createHash('sha256');
  for await (const piece of stream) hash.update(piece);
  if (hash.digest('hex') !== recording.sha256) return 'is stored with other bytes';
  if (row.dropped && row.startsAt !== null) return 'was dropped and is in the audio all the same';
  if (!isSpeech || row.dropped || dictationStatus === 'held') return null;
  if (!WITH_JOB.includes(dictationStatus)) return `belongs to a dictation that is ${dictationStatus}`;
  if (jobs !== 1) return `belongs to a dictation with ${jobs} jobs`;
  if (!row.hasAudio || row.startsAt === null) return `is not in its dictation's audio (job ${row.jobStatus})`;
  return null;
}

function problemsOfDictations(
  rows: readonly RecordingRow[],
  spokenAt: ReadonlyMap<string, string>,
): string[] {
  const problems: string[] = [];
  const byDictation = new Map<string, RecordingRow[]>();
  for (const row of rows)
    byDictation.set(row.dictationId, [...(byDictation.get(row.dictationId) ?? []), row]);
  for (const [dictationId, parts] of byDictation) {
    const known = parts.filter(({ id }) => spokenAt.has(id));
    const order = known.map(({ id }) => spokenAt.get(id) ?? '');
    if (order.join() !== [...order].sort().join())
      problems.push(`${dictationId}: parts out of order ${order}`);
    const starts = parts.flatMap(({ startsAt }) => (startsAt === null ? [] : [startsAt]));
    if (starts.some((start, at) => start <= (starts[at - 1] ?? -1))) {
      problems.push(`${dictationId}: audio out of order ${starts}`);
    }
    for (const part of parts) {
      if (part.carrierId !== null && !spokenAt.has(part.id)) {
        problems.push(`${dictationId}: a recording that the carrier never made`);
      }
      if (part.status === 'expected') problems.push(`${dictationId}: waits for a part that never comes`);
    }
    const hasSpeech = parts.some(({ status, dropped }) => status === 'verified' && !dropped);
    const [first] = parts;
    if (!hasSpeech && first !== undefined && first.jobs > 0 && first.jobStatus !== 'closed') {
      problems.push(`${dictationId}: job ${first.jobStatus} without speech`);
    }
    if (first?.dictationStatus === 'open') problems.push(`${dictationId}: still open`);
  }
  return problems;
}
