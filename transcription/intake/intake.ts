/** What the phone does to dictations and recordings, each within the caller's transaction. */
export {
  type AnnounceRecording,
  announceRecording,
  lockRecordings,
  saveAnnounced,
} from './announce-recording.ts';
export { discardDictation } from './discard-dictation.ts';
export { dropRecording } from './drop-recording.ts';
export { expectRecording } from './expect-recording.ts';
export { findUnfinished, type SpokenPart } from './find-unfinished.ts';
export { holdDictation } from './hold-dictation.ts';
export { markEmpty } from './mark-empty.ts';
export { markUrgent } from './mark-urgent.ts';
export { type DictationFor, openDictation } from './open-dictation.ts';
export { leaveDropped, resumeDictation } from './resume-dictation.ts';
export { submitDictation } from './submit-dictation.ts';
export { submitHeld } from './submit-held.ts';
