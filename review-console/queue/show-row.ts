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
    state: row.isMine ? 'Yours' : (STATES[row.status] ?? row.status),
    stateTone: row.isMine ? 'good' : row.status === 'waiting' ? 'waiting' : '',
    who: row.isMine ? '' : (row.claimedBy?.name ?? ''),
    note: [
      row.answerTo ? `Answer to report ${row.answerTo}: an unclear passage, said again` : '',
      row.status === 'on_hold' ? 'Until the speaker has answered' : '',
      release
        ? `Released${release.by ? ` by ${release.by}` : ''}: ${release.reason ?? 'no reason given'}`
        : '',
    ]
      .filter(Boolean)
      .join(' · '),
    reference: row.dictation.reference,
    mine: row.isMine,
    mayOpen: row.isMine || row.status === 'waiting' || row.status === 'on_hold',
  };
}

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' });

/** `language:es` as "Spanish", `clearance:citizen` as "clearance: citizen". */
export function showRequirement(requirement: string): string {
  const [kind = '', value = ''] = requirement.split(':');
  if (kind !== 'language') return [kind, value].filter(Boolean).join(': ');
  try {
    return LANGUAGES.of(value) ?? value;
  } catch {
    // Not a language that this machine has a name for.
    return value;
  }
}
