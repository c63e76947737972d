import { showRequirement } from '../../transcription/jobs/show-requirement.ts';
import { dueIn, span } from '../browser/workbench/text/show-time.ts';
import type { QueueRow } from './load-queue.ts';

/** A row of the queue in the words that stand on the screen. */
export interface ShownRow {
  id: string;
  due: string;
  dueAt: Date;
  tone: 'late' | 'waiting' | '';
  age: string;
  durationSeconds: number | null;
  line: string;
  /** The section or the question; empty for reports. */
  saidFor: string;
  speaker: string;
  urgent: boolean;
  requirements: string;
  state: string;
  stateTone: 'waiting' | 'good' | '';
  who: string;
  note: string;
  reference: string;
  mine: boolean;
  /** It can be opened and typed: waiting, or one's own. */
  mayOpen: boolean;
}

const STATES: Record<string, string> = {
  preparing: 'Audio on its way',
  waiting: 'Waiting',
  claimed: 'Being typed',
  on_hold: 'On hold',
};

export function showRow(row: QueueRow, now: Date): ShownRow {
  const { text, isLate, isSoon } = dueIn(row.dueAt.getTime(), now.getTime());
  const { release } = row;
  return {
    id: row.id,
    due: text,
    dueAt: row.dueAt,
    tone: isLate ? 'late' : isSoon ? 'waiting' : '',
    age: span(Math.floor(row.ageSeconds / 60)),
    durationSeconds: row.dictation.durationSeconds,
    line: row.line.name,
    saidFor: row.saidFor ?? '',
    speaker: row.speaker?.name ?? 'Unknown',
    urgent: row.dictation.urgent,
    requirements: row.requirements.map(showRequirement).join(', '),
    state: row.isMine
      ? 'Yours'
      : row.isForMe
        ? 'For you'
        : row.pausedReason !== null && row.status !== 'claimed'
          ? 'Paused'
          : (STATES[row.status] ?? row.status),
    stateTone: row.isMine || row.isForMe ? 'good' : row.status === 'waiting' ? 'waiting' : '',
    who: row.isMine ? '' : (row.claimedBy?.name ?? ''),
    note: [
      row.answerTo ? `Answer to report ${row.answerTo}: an unclear passage, said again` : '',
      row.pausedReason === null ? '' : `Paused: ${row.pausedReason}`,
      row.status === 'on_hold' ? showHold(row, now) : '',
      row.reserved ? showReserved(row.reserved, row.isForMe) : '',
      release
        ? `Released${release.by ? ` by ${release.by}` : ''}: ${release.reason ?? 'no reason given'}`
        : '',
    ]
      .filter(Boolean)
      .join(' · '),
    reference: row.dictation.reference,
    mine: row.isMine,
    mayOpen: row.isMine || mayBeTaken(row),
  };
}

function mayBeTaken({ status, pausedReason, reserved, isForMe }: QueueRow): boolean {
  if (pausedReason !== null || (reserved !== null && !isForMe)) return false;
  return status === 'waiting' || status === 'on_hold';
}

function showHold({ heldUntil, heldReason }: QueueRow, now: Date): string {
  if (heldUntil === null) return 'Until the speaker has answered';
  const minutes = Math.max(0, Math.ceil((heldUntil.getTime() - now.getTime()) / 60_000));
  return `For ${span(minutes)} more: ${heldReason ?? 'no reason given'}`;
}

function showReserved({ forName, by, note }: NonNullable<QueueRow['reserved']>, isForMe: boolean): string {
  const from = by ? ` by ${by}` : '';
  return `Handed over${from} to ${isForMe ? 'you' : forName}${note ? `: ${note}` : ''}`;
}
