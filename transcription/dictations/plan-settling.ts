import type { DictationStatus, JobStatus, RecordingStatus } from '../../prisma/generated/client/enums.ts';

export interface PartState {
  id: string;
  part: number;
  status: RecordingStatus;
  dropped: boolean;
  /** Place in the dictation's audio, null when it isn't in it. */
  audioStartMs: number | null;
}

export interface SettlingState<P extends PartState = PartState> {
  status: DictationStatus;
  submittedAt: Date | null;
  hasAudio: boolean;
  /** All recordings, in order of their part. */
  parts: P[];
  job: { status: JobStatus; closeCode: string | null } | null;
  /** Says an unclear passage again: it has audio without having a job. */
  isAnswer: boolean;
}

export type SettlingPlan<P extends PartState = PartState> =
  | { kind: 'nothing' }
  /** Something is still on its way. */
  | { kind: 'wait' }
  /** Nothing was said: close the job. */
  | { kind: 'silent' }
  /** Lay these parts end to end (again). */
  | { kind: 'lay'; parts: P[] }
  /** These came after the text was final: a dictation and a job of their own. */
  | { kind: 'continue'; parts: P[] };

/**
 * A recording that the carrier was told to make may never come (the caller hung up at the tone); its callback may
 * also be hours late. So the job waits a little and then goes ahead; what comes later is not lost, see `lay` and
 * `continue`.
 */
const WAIT_FOR_EXPECTED_MS = 10 * 60_000;
/** One that is announced is known to exist: it is worth waiting for longer. */
const WAIT_FOR_ANNOUNCED_MS = 30 * 60_000;

/**
 * What has to happen to a dictation's audio now.
 *
 *     job preparing ── parts on their way ──────────▶ wait
 *                   ── all parts empty ─────────────▶ silent    (job closed; a late part opens it again)
 *                   ── all parts here ──────────────▶ lay       (job waiting)
 *     job waiting, claimed, on hold ── late part ───▶ lay       (audio built anew)
 *     job finalized, closed         ── late part ───▶ continue
 *     answer to a doubt, no job: as a job in preparation, then as one that waits
 */
export function planSettling<P extends PartState>(state: SettlingState<P>, now: Date): SettlingPlan<P> {
  const { job } = state;
  if (state.status === 'open' || state.status === 'held') return { kind: 'nothing' };
  if (!job && !state.isAnswer) return { kind: 'nothing' };
  const isPreparing = job ? job.status === 'preparing' : state.status === 'submitted' && !state.hasAudio;
  const wanted = state.parts.filter((part) => !part.dropped);
  const counting = wanted.filter((part) => part.status === 'verified');
  const late = counting.filter((part) => part.audioStartMs === null);

  if (job?.status === 'finalized' || job?.status === 'closed') {
    if (late.length === 0) return { kind: 'nothing' };
    const closedBySoftware = job.status === 'closed' && job.closeCode === 'silent' && !state.hasAudio;
    return closedBySoftware ? { kind: 'lay', parts: counting } : { kind: 'continue', parts: late };
  }
  if (isPreparing && stillComing(wanted, state.submittedAt, now, counting.length > 0)) {
    return { kind: 'wait' };
  }
  if (counting.length === 0) return { kind: isPreparing ? 'silent' : 'nothing' };
  const inAudio = state.parts.filter((part) => part.audioStartMs !== null);
  const asLaid = state.hasAudio && late.length === 0 && inAudio.length === counting.length;
  return asLaid ? { kind: 'nothing' } : { kind: 'lay', parts: counting };
}

/** A dead part is not waited for when there is something to type; alone, it keeps the job back until a person acts. */
function stillComing(wanted: PartState[], submittedAt: Date | null, now: Date, someHere: boolean): boolean {
  const waitedMs = submittedAt ? now.getTime() - submittedAt.getTime() : 0;
  return wanted.some(({ status }) => {
    if (status === 'expected') return waitedMs < WAIT_FOR_EXPECTED_MS;
    if (status === 'announced') return !someHere || waitedMs < WAIT_FOR_ANNOUNCED_MS;
    return status === 'dead' && !someHere;
  });
}
