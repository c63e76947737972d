import type { ReportQuestion } from '../../flow/report/types.ts';
import type { AnswerersOf } from './answer-question.ts';

export const reportAnswers: AnswerersOf<ReportQuestion> = {
  async find_messages(client, _question, { state, deps }) {
    if (state.speakerId === null) return { kind: 'messages_found', replies: [] };
    return { kind: 'messages_found', replies: await deps.replies.repliesToHear(client, state.speakerId) };
  },
};
