import type pg from 'pg';
import {
  discardDictation,
  dropRecording,
  expectRecording,
  markEmpty,
  markUrgent,
  openDictation,
  submitDictation,
} from '../../../transcription/intake/intake.ts';
import type { DictatingEffect } from '../../flow/dictating/types.ts';
import type { EffectContext, PerformersOf } from './perform-effects.ts';

export const dictatingEffects: PerformersOf<DictatingEffect> = {
  open_dictation: {
    perform: (client, { dictationId, speakerId, for: said }, { call, now }) =>
      openDictation(client, { dictationId, lineId: call.lineId, speakerId, for: said, now }),
  },
  expect_recording: {
    perform: (client, { dictationId, recordingId, part }, { call, now }) =>
      expectRecording(client, { recordingId, dictationId, callId: call.id, part, now }),
  },
  mark_empty: {
    async perform(client, effect, { wakes }) {
      const changed = await markEmpty(client, effect);
      if (changed) wakes.dictationIds.add(changed.dictationId);
    },
  },
  drop_recording: { perform: dropRecording },
  mark_urgent: { perform: markUrgent },
  submit_dictation: {
    perform: (client, { dictationId }, context) => submit(client, dictationId, context),
  },
  discard_dictation: {
    isWaitedFor: true,
    async perform(client, effect, context) {
      // A callback may know of speech that the requests of the call knew nothing of.
      if (!(await discardDictation(client, effect))) await submit(client, effect.dictationId, context);
    },
  },
};

/** Out: the reference, which is read to the speaker. */
export async function submit(
  client: pg.ClientBase,
  dictationId: string,
  { now, wakes }: Pick<EffectContext, 'now' | 'wakes'>,
): Promise<string> {
  const submitted = await submitDictation(client, { dictationId, now });
  if (submitted === null) throw new Error(`Dictation ${dictationId} is open in its call but has no row`);
  // A recording announced in this very step is copied first, and that wakes for its dictation.
  if (submitted.isNew && wakes.recordingIds.size === 0) wakes.dictationIds.add(dictationId);
  return submitted.reference;
}
