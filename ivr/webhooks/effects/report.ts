import { acknowledgeNotice } from '../../../transcription/closing/notices.ts';
import { giveUpDoubt } from '../../../transcription/doubts/doubts-to-hear.ts';
import {
  flagByPhone,
  noteHeard,
  sayWhatIsWrong,
  unflagByPhone,
} from '../../../transcription/reports/flags/flag-by-phone.ts';
import { markQuestionHeard } from '../../../transcription/standing-questions/question-to-hear.ts';
import type { ReportEffect } from '../../flow/report/types.ts';
import type { PerformersOf } from './perform-effects.ts';

export const reportEffects: PerformersOf<ReportEffect> = {
  acknowledge_reply: {
    async perform(client, { replyId }, { speakerId: userId, deps }) {
      if (userId !== null) await deps.replies.acknowledgeReply(client, { replyId, userId });
    },
  },
  acknowledge_notice: {
    async perform(client, { noticeId }, { speakerId: userId, now }) {
      if (userId !== null) await acknowledgeNotice(client, { noticeId, userId, now });
    },
  },
  acknowledge_settled: {
    async perform(client, { flagId }, { speakerId: userId, now }) {
      if (userId !== null) await noteHeard(client, { flagId, userId, now });
    },
  },
  flag_report: {
    async perform(client, { flagId, reportId }, { speakerId, now }) {
      if (speakerId !== null) await flagByPhone(client, { flagId, reportId, speakerId, now });
    },
  },
  say_what_is_wrong: {
    async perform(client, { flagId, what }, { speakerId }) {
      if (speakerId !== null) await sayWhatIsWrong(client, { flagId, what, speakerId });
    },
  },
  unflag_report: {
    async perform(client, { flagId }, { speakerId }) {
      if (speakerId !== null) await unflagByPhone(client, { flagId, speakerId });
    },
  },
  give_up_doubt: {
    async perform(client, { doubtId }, { speakerId, now, wakes }) {
      if (speakerId === null) return;
      if (await giveUpDoubt(client, { doubtId, speakerId, now })) wakes.doubtIds.add(doubtId);
    },
  },
  question_heard: {
    async perform(client, { questionId }, { speakerId: userId, now }) {
      if (userId !== null) await markQuestionHeard(client, { questionId, userId, now });
    },
  },
};
