import type { ReportEffect } from '../../flow/report/types.ts';
import type { PerformersOf } from './perform-effects.ts';

export const reportEffects: PerformersOf<ReportEffect> = {
  acknowledge_reply: {
    async perform(client, { replyId }, { speakerId: userId, deps }) {
      if (userId !== null) await deps.replies.acknowledgeReply(client, { replyId, userId });
    },
  },
};
