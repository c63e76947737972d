import type pg from 'pg';
import {
  discardDictation,
  dropRecording,
  expectRecording,
  holdDictation,
  leaveDropped,
  markEmpty,
  markUrgent,
  openDictation,
  submitDictation,
  submitHeld,
} from '../../../transcription/intake/intake.ts';
import type { DictatingEffect } from '../../flow/dictating/types.ts';
import type { EffectContext, PerformersOf } from './perform-effects.ts';

export const dictatingEffects: PerformersOf<DictatingEffect> = {
  open_dictation: {
    perform: (client, { dictationId, speakerId, for: said }, { call, now }) =>
      openDictation(client, { dictationId, lineId: call.lineId, speakerId, for: said, now }),
  },
  expect_recording: {
    perform: (client, { dictationId, recordingId, part, seam }, { call, now }) =>
      expectRecording(client, {
        recordingId,
        dictationId,
        callId: call.id,
        part,
        ...(seam && { seam }),
        now,
      }),
  },
  mark_empty: {
    async perform(client, effect, { wakes }) {
      const changed = await markEmpty(client, effect);
      if (changed) wakes.dictationIds.add(changed.dictationId);
    },
  },
  drop_recording: { perform: dropRecording },
  mark_urgent: { perform: markUrgent },
  hold_dictation: {
    perform: (client, { dictationId }, { now }) => holdDictation(client, { dictationId, now }),
  },
  submit_dictation: { perform: submit },
  discard_dictation: {
    isWaitedFor: true,
    async perform(client, effect, context) {
      // A callback may know of speech that the requests of the call knew nothing of.
      if (!(await discardDictation(client, effect))) await submit(client, effect, context);
    },
  },
  send_held: {
    isWaitedFor: true,
    async perform(client, { dictationId }, { now, wakes }) {
      const isSent = await submitHeld(client, { dictationId, heldBefore: now, now });
      if (isSent) wakes.dictationIds.add(dictationId);
    },
  },
  leave_dropped: { perform: leaveDropped },
};

/** Out: the reference, which is read to the speaker. */
export async function submit(
  client: pg.ClientBase,
  {
    dictationId,
    wasCutOff = false,
    continues = null,
  }: { dictationId: string; wasCutOff?: boolean; continues?: string | null },
  { now, wakes }: Pick<EffectContext, 'now' | 'wakes'>,
): Promise<string> {
  const submitted = await submitDictation(client, { dictationId, now, wasCutOff, continues });
  if (submitted === null) throw new Error(`Dictation ${dictationId} is open in its call but has no row`);
  // A recording announced in this very step is copied first, and that wakes for its dictation.
  if (submitted.isNew && wakes.recordingIds.size === 0) wakes.dictationIds.add(dictationId);
  return submitted.reference;
}
