import type pg from 'pg';
import type { Along } from '../../platform/database/in-transaction.ts';
import type { Platform } from '../../platform/platform.ts';
import { settleDictationTask } from '../../transcription/dictations/tasks.ts';
import { copyRecordingTask } from '../../transcription/ingest/tasks.ts';
import {
  discardDictation,
  dropRecording,
  expectRecording,
  markEmpty,
  markUrgent,
  openDictation,
  submitDictation,
} from '../../transcription/intake/intake.ts';
import type { Replies } from '../deps.ts';
import type { Effect } from '../flow/types.ts';

/** Whom to wake once the transaction has committed. */
export interface Wakes {
  recordingIds: Set<string>;
  dictationIds: Set<string>;
}

export function noWakes(): Wakes {
  return { recordingIds: new Set(), dictationIds: new Set() };
}

export async function wakeAll({ queues }: Pick<Platform, 'queues'>, wakes: Wakes): Promise<void> {
  await Promise.all([
    ...[...wakes.recordingIds].map((recordingId) =>
      queues.wake(copyRecordingTask, { recordingId }, { key: recordingId }),
    ),
    ...[...wakes.dictationIds].map((dictationId) =>
      queues.wake(settleDictationTask, { dictationId }, { key: dictationId }),
    ),
  ]);
}

export interface EffectContext {
  call: { id: string; lineId: string };
  speakerId: string | null;
  replies: Replies;
  now: Date;
  wakes: Wakes;
  along: Along;
}

/**
 * Does what the flow asks for, in its order, in the step's transaction. Each is one statement that nothing waits
 * for, but for discarding, which decides by what it finds.
 */
export async function performEffects(
  client: pg.ClientBase,
  effects: readonly Effect[],
  context: EffectContext,
): Promise<void> {
  for (const effect of effects) {
    const performed = perform(client, effect, context);
    if (effect.kind === 'discard_dictation') await performed;
    else context.along(performed);
  }
}

async function perform(client: pg.ClientBase, effect: Effect, context: EffectContext): Promise<void> {
  const { call, now, wakes } = context;
  switch (effect.kind) {
    case 'open_dictation': {
      const { dictationId, speakerId } = effect;
      await openDictation(client, { dictationId, lineId: call.lineId, speakerId, now });
      return;
    }
    case 'expect_recording': {
      const { dictationId, recordingId, part } = effect;
      await expectRecording(client, { recordingId, dictationId, callId: call.id, part, now });
      return;
    }
    case 'mark_empty': {
      const changed = await markEmpty(client, effect);
      if (changed) wakes.dictationIds.add(changed.dictationId);
      return;
    }
    case 'drop_recording':
      return dropRecording(client, effect);
    case 'mark_urgent':
      return markUrgent(client, effect);
    case 'submit_dictation':
      await submit(client, effect.dictationId, context);
      return;
    case 'discard_dictation':
      // A callback may know of speech that the requests of the call knew nothing of.
      if (!(await discardDictation(client, effect))) await submit(client, effect.dictationId, context);
      return;
    case 'acknowledge_reply': {
      const { speakerId: userId, replies } = context;
      if (userId !== null) await replies.acknowledgeReply(client, { replyId: effect.replyId, userId });
      return;
    }
  }
}

/** Out: the reference, which is read to the speaker. */
export async function submit(
  client: pg.ClientBase,
  dictationId: string,
  { now, wakes }: Pick<EffectContext, 'now' | 'wakes'>,
): Promise<string> {
  const submitted = await submitDictation(client, { dictationId, now });
  if (submitted === null) throw new Error(`Dictation ${dictationId} is open in its call but has no row`);
  if (submitted.isNew) wakes.dictationIds.add(dictationId);
  return submitted.reference;
}
