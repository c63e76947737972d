import type { EntryView } from '../../crm-sync/ledger/sync-state.ts';

/** What became of a value at the CRM, as a word and the color of its meaning. */
export interface SyncBadge {
  word: string;
  tone: 'good' | 'waiting' | 'conflict' | 'late' | '';
  /** One sentence more, for those who ask. */
  detail: string;
}

/** The worst counts: a value that is in two of three places is not in. */
const BY_STATUS: readonly { status: string; word: string; tone: SyncBadge['tone']; detail: string }[] = [
  {
    status: 'conflict',
    word: 'conflict',
    tone: 'conflict',
    detail: 'Somebody else changed it in the CRM; an administrator settles it.',
  },
  {
    status: 'failed',
    word: 'not written',
    tone: 'late',
    detail: 'The CRM refused it; it is on the problem list.',
  },
  { status: 'waiting', word: 'on its way', tone: 'waiting', detail: 'It is being written to the CRM.' },
  { status: 'written', word: 'in the CRM', tone: 'good', detail: 'Written to the CRM.' },
  { status: 'skipped', word: 'kept out', tone: '', detail: "The CRM's settings keep it out." },
];

/** Pure. `waiting`: the report itself has not been handed over yet. */
export function syncBadge(
  entries: readonly Pick<EntryView, 'status' | 'message'>[],
  waiting: boolean,
): SyncBadge {
  const worst = BY_STATUS.find(({ status }) => entries.some((entry) => entry.status === status));
  if (worst) {
    const error = entries.find((entry) => entry.status === worst.status)?.message;
    return { word: worst.word, tone: worst.tone, detail: error || worst.detail };
  }
  if (waiting)
    return { word: 'on its way', tone: 'waiting', detail: 'The report is about to be handed to the CRM.' };
  return { word: '', tone: '', detail: 'The CRM has no place for it.' };
}
