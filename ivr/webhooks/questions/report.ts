import { findAccountByNumber } from '../../../transcription/accounts/find-account.ts';
import { lastAccounts } from '../../../transcription/accounts/last-accounts.ts';
import { readBriefing } from '../../../transcription/briefing/read-briefing.ts';
import { doubtsToHear } from '../../../transcription/doubts/doubts-to-hear.ts';
import { questionToHear } from '../../../transcription/standing-questions/question-to-hear.ts';
import type { ReportQuestion } from '../../flow/report/types.ts';
import type { AnswerersOf } from './answer-question.ts';
import { unfinishedOf } from './dictating.ts';

export const reportAnswers: AnswerersOf<ReportQuestion> = {
  async find_before(client, _question, context) {
    const { deps, state } = context;
    const { speakerId } = state;
    if (speakerId === null) return { kind: 'before_found', replies: [], question: null };
    // Sent together.
    const [replies, question, doubts, unfinished] = await Promise.all([
      deps.replies.repliesToHear(client, speakerId),
      questionToHear(client, speakerId),
      doubtsToHear(client, speakerId),
      unfinishedOf(client, context),
    ]);
    return { kind: 'before_found', replies, question, doubts, unfinished };
  },

  async find_messages(client, _question, { state: { speakerId }, deps }) {
    if (speakerId === null) return { kind: 'messages_found', replies: [] };
    return { kind: 'messages_found', replies: await deps.replies.repliesToHear(client, speakerId) };
  },

  async find_last_accounts(client, _question, { state: { speakerId } }) {
    if (speakerId === null) return { kind: 'accounts_found', accounts: [] };
    return { kind: 'accounts_found', accounts: await lastAccounts(client, speakerId) };
  },

  async find_account(client, { shortNumber }) {
    return { kind: 'account_found', account: await findAccountByNumber(client, shortNumber) };
  },

  async find_briefing(client, { account }, { state: { speakerId: listenerId, language }, now }) {
    if (listenerId === null) return { kind: 'briefing_found', briefing: null };
    const briefing = await readBriefing(client, { account, listenerId, language, now });
    if (briefing === null) return { kind: 'briefing_found', briefing };
    const { sentences, account: told } = briefing;
    return {
      kind: 'briefing_found',
      briefing: { account: told, sentences: sentences.map(({ frame, quote }) => ({ frame, quote })) },
    };
  },
};
