import type { Faults } from './faults.ts';

export interface FaultChoice {
  id: string;
  label: string;
  faults: Faults;
}

/** What may be chosen to go wrong on a call of the phone page. */
export const FAULT_CHOICES: readonly FaultChoice[] = [
  { id: 'twice', label: 'sends each request twice', faults: { repeatRequests: true, repeatCallbacks: true } },
  { id: 'late-answers', label: 'finds some answers too late', faults: { lateAnswers: [2, 4, 7] } },
  { id: 'lost-requests', label: 'loses some requests', faults: { lostRequests: [3, 6] } },
  {
    id: 'tells-late',
    label: 'tells of recordings after the call',
    faults: { recordingCallback: 'after_end' },
  },
  { id: 'tells-never', label: 'never tells of recordings', faults: { recordingCallback: 'lost' } },
  { id: 'no-end', label: 'never tells that the call is over', faults: { loseStatus: true } },
  {
    id: 'media-late',
    label: 'has recordings ready late',
    faults: { media: { fault: 'not_ready', times: 2 } },
  },
  {
    id: 'media-cut',
    label: 'breaks off while a recording is fetched',
    faults: { media: { fault: 'cut_off', times: 1 } },
  },
  {
    id: 'api-down',
    label: 'is out of order when asked for anything',
    faults: {
      media: { fault: 'error', times: 1 },
      deletion: { fault: 'error', times: 1 },
      listing: { fault: 'error', times: 1 },
      callStatus: { fault: 'error', times: 1 },
    },
  },
];

/** All of those that were chosen; of two that contradict each other the later one. */
export function faultsOf(ids: readonly string[]): Faults {
  const chosen = FAULT_CHOICES.filter(({ id }) => ids.includes(id));
  return Object.assign({}, ...chosen.map(({ faults }) => faults));
}
